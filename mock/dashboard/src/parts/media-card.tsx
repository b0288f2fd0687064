import type { MediaKind } from "@media-protection/contract";
import { useId, useState } from "preact/hooks";
import { type AnonymousAnswer, askWithoutCredentials } from "../state/anonymous-answer.js";
import { explain } from "../state/explain.js";
import type { MediaItem } from "../state/media-items.js";
import type { Session } from "../state/session.js";
import { useLoaded } from "../state/use-loaded.js";
import { CopyButton } from "./copy-button.js";
import { Show } from "./notice.js";
import { Preview } from "./preview.js";
import { Moment } from "./time.js";

const nouns: Readonly<Record<MediaKind, string>> = {
  recording: "Recording",
  messageMedia: "Attachment",
  faxMedia: "Fax",
};

/** One medium: to hear or see, its URL, and what a stranger is answered there. */
export function MediaCard({
  session,
  item,
}: {
  readonly session: Session;
  readonly item: MediaItem;
}) {
  const id = useId();
  const name = `${nouns[item.kind]} ${item.id.slice(0, 8)}`;
  const [url] = useLoaded(async () => {
    const { projectId } = item;
    return String((await session.client.media.resolve(item, { projectId })).url);
  }, [session, item]);
  return (
    <li class="card media" aria-labelledby={id}>
      <div class="media-head">
        <h3 id={id}>{name}</h3>
        <p class="muted">
          {item.detail}
          <br />
          <Moment at={item.createdAt} />
        </p>
      </div>
      <Preview session={session} item={item} name={name} />
      <Show loaded={url}>
        {(text) => (
          <div class="media-url">
            <p class="url">
              <code>{text}</code>
              <CopyButton text={text} what={`the URL of ${name}`} />
            </p>
            <Anonymous url={text} name={name} />
          </div>
        )}
      </Show>
    </li>
  );
}

/** Opens a URL without credentials, and says what came. */
function Anonymous({ url, name }: { readonly url: string; readonly name: string }) {
  const [answer, setAnswer] = useState<AnonymousAnswer>();
  const [asking, setAsking] = useState(false);
  const ask = () => {
    if (asking) return;
    setAsking(true);
    askWithoutCredentials(url)
      .then(setAnswer, (error: unknown) =>
        setAnswer({ ok: false, status: "No answer", reason: explain(error) }),
      )
      .finally(() => setAsking(false));
  };
  return (
    <div class="anonymous">
      <button
        type="button"
        class="button"
        aria-label={`Open without credentials: ${name}`}
        aria-busy={asking}
        onClick={ask}
      >
        Open without credentials
      </button>
      <p role="status">
        {answer && (
          <>
            <strong class={answer.ok ? "status served" : "status denied"}>{answer.status}</strong>{" "}
            {answer.reason}
          </>
        )}
      </p>
    </div>
  );
}
