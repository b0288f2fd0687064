import type { MediaKind } from "@media-protection/contract";
import { AddMedia } from "../parts/add-media.js";
import { MediaCard } from "../parts/media-card.js";
import { Empty, Failure } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { listMedia } from "../state/media-items.js";
import { hrefOf } from "../state/route.js";
import type { Session } from "../state/session.js";
import { useBatches } from "../state/use-batches.js";
import { useLoaded } from "../state/use-loaded.js";

/** How many media of a kind are shown at a time. */
const batch = 12;

const sections: readonly {
  readonly kind: MediaKind;
  readonly title: string;
  readonly empty: string;
}[] = [
  {
    kind: "recording",
    title: "Recordings",
    empty: "No recordings yet. Drop a WAV or an MP3 above.",
  },
  {
    kind: "messageMedia",
    title: "Message attachments",
    empty: "No attachments yet. Drop a picture above.",
  },
  { kind: "faxMedia", title: "Faxes", empty: "No faxes yet. Drop a PDF above." },
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
      <AddMedia projectId={projectId} />
      {sections.map(({ kind, title, empty }) => (
        <MediaSection
          key={kind}
          session={session}
          projectId={projectId}
          kind={kind}
          title={title}
          empty={empty}
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
  empty,
}: MediaPageProps & { readonly kind: MediaKind; readonly title: string; readonly empty: string }) {
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
      {state === "end" && items.length === 0 && <Empty>{empty}</Empty>}
      {state === "failed" && <Failure error={error} />}
      {state === "more" && (
        <button type="button" class="button" onClick={more}>
          Show more {title.toLowerCase()}
        </button>
      )}
    </section>
  );
}
