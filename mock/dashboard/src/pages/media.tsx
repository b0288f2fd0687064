import type { MediaKind } from "@media-protection/contract";
import { MediaCard } from "../parts/media-card.js";
import { Failure } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { listMedia } from "../state/media-items.js";
import { hrefOf } from "../state/route.js";
import type { Session } from "../state/session.js";
import { useBatches } from "../state/use-batches.js";
import { useLoaded } from "../state/use-loaded.js";

/** How many media of a kind are shown at a time. */
const batch = 12;

const sections: readonly { readonly kind: MediaKind; readonly title: string }[] = [
  { kind: "recording", title: "Recordings" },
  { kind: "messageMedia", title: "Message attachments" },
  { kind: "faxMedia", title: "Faxes" },
];

interface MediaPageProps {
  readonly session: Session;
  readonly projectId: string;
}

/** Every recording, attachment and fax of a project. */
export function MediaPage({ session, projectId }: MediaPageProps) {
  const [project] = useLoaded(
    (signal) => session.client.projects.get(projectId, { signal }),
    [session, projectId],
  );
  const name = project.state === "ready" ? project.value.name : "Project";
  return (
    <>
      <PageHeading
        title="Media"
        crumbs={[
          { text: "Projects", href: hrefOf({ page: "projects" }) },
          { text: name, href: hrefOf({ page: "project", projectId }) },
        ]}
      />
      {sections.map(({ kind, title }) => (
        <MediaSection
          key={kind}
          session={session}
          projectId={projectId}
          kind={kind}
          title={title}
        />
      ))}
    </>
  );
}

function MediaSection({
  session,
  projectId,
  kind,
  title,
}: MediaPageProps & { readonly kind: MediaKind; readonly title: string }) {
  const [{ items, state, error }, more] = useBatches(
    (signal) => listMedia(session, kind, projectId, signal),
    batch,
    [session, projectId, kind],
  );
  return (
    <section aria-labelledby={`media-${kind}`}>
      <h2 id={`media-${kind}`}>{title}</h2>
      <ul class="cards media-cards">
        {items.map((item) => (
          <MediaCard key={item.id} session={session} item={item} />
        ))}
      </ul>
      {state === "loading" && <p class="muted">Loading…</p>}
      {state === "end" && items.length === 0 && <p class="muted">None.</p>}
      {state === "failed" && <Failure error={error} />}
      {state === "more" && (
        <button type="button" class="button" onClick={more}>
          Show more {title.toLowerCase()}
        </button>
      )}
    </section>
  );
}
