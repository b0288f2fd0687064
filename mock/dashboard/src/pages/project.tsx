import { CopyButton } from "../parts/copy-button.js";
import { MenuButton } from "../parts/menu.js";
import { Show } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { ProtectionBadges } from "../parts/protection-badges.js";
import { hrefOf } from "../state/route.js";
import type { Session } from "../state/session.js";
import { useLoaded } from "../state/use-loaded.js";
import { ProjectSettings } from "./project-settings.js";

/** One project; its name opens the menu. */
export function ProjectPage({
  session,
  projectId,
}: {
  readonly session: Session;
  readonly projectId: string;
}) {
  const [project] = useLoaded(
    (signal) => session.client.projects.get(projectId, { signal }),
    [session, projectId],
  );
  const configuration = hrefOf({ page: "configuration", projectId, tab: "details" });
  const media = hrefOf({ page: "media", projectId });
  const access = hrefOf({ page: "access", projectId });
  return (
    <Show loaded={project} title="Project">
      {(found) => (
        <>
          <PageHeading
            title={found.name}
            crumbs={[{ text: "Projects", href: hrefOf({ page: "projects" }) }]}
          >
            <MenuButton
              text={found.name}
              items={[
                { text: "Project Configuration", href: configuration },
                { text: "Media", href: media },
                { text: "API tokens and signing keys", href: access },
              ]}
            />
          </PageHeading>
          <div class="card">
            <dl class="facts">
              <dt>Project ID</dt>
              <dd class="url">
                <code>{found.id}</code>
                <CopyButton text={found.id} what="the project ID" />
              </dd>
              <dt>Media URLs</dt>
              <dd>
                <ProtectionBadges project={found} />
              </dd>
            </dl>
          </div>
          <ProjectSettings session={session} projectId={projectId} />
          <p class="buttons">
            <a class="button primary" href={media}>
              Show the media of this project
            </a>
            <a class="button" href={access}>
              API tokens and signing keys
            </a>
          </p>
        </>
      )}
    </Show>
  );
}
