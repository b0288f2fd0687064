import type { Project } from "@media-protection/sdk";
import { Failure } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { ProtectionBadges } from "../parts/protection-badges.js";
import { hrefOf } from "../state/route.js";
import type { Session } from "../state/session.js";
import { useBatches } from "../state/use-batches.js";

/** How many projects are shown at a time. */
const batch = 50;

/** The projects that the credentials open. */
export function ProjectsPage({ session }: { readonly session: Session }) {
  const [{ items, state, error }, more] = useBatches<Project>(
    (signal) => session.client.projects.list({ signal }),
    batch,
    [session],
  );
  return (
    <>
      <PageHeading title="Projects" />
      <ul class="cards">
        {items.map((project) => (
          <li key={project.id} class="card project">
            <div>
              <h2>
                <a href={hrefOf({ page: "project", projectId: project.id })}>{project.name}</a>
              </h2>
              <p class="muted">
                {project.subproject ? "Subproject" : "Root project"} · <code>{project.id}</code>
              </p>
            </div>
            <ProtectionBadges project={project} />
          </li>
        ))}
      </ul>
      {state === "loading" && <p class="muted">Loading…</p>}
      {state === "failed" && <Failure error={error} />}
      {state === "more" && (
        <button type="button" class="button" onClick={more}>
          Show more
        </button>
      )}
    </>
  );
}
