import type { MediaKind } from "@media-protection/contract";
import type { AddedMedium } from "@media-protection/mock";
import type { MediaRef } from "@media-protection/sdk";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { answerToStrangers } from "../state/answers.js";
import { control } from "../state/control.js";
import type { MediaItem } from "../state/media-items.js";
import { hrefOf } from "../state/route.js";
import type { Session } from "../state/session.js";
import { useLoaded } from "../state/use-loaded.js";
import { CopyButton } from "./copy-button.js";
import { Lock } from "./icons.js";
import { Show } from "./notice.js";
import { Preview } from "./preview.js";
import { Moment } from "./time.js";
import { Said, UrlAnswers } from "./url-answers.js";

const nouns: Readonly<Record<MediaKind, string>> = {
  recording: "Recording",
  messageMedia: "Attachment",
  faxMedia: "Fax",
};

/** One medium: to hear or see, its URLs, and what a stranger is answered there. */
export function MediaCard({
  session,
  item,
}: {
  readonly session: Session;
  readonly item: MediaItem;
}) {
  const id = useId();
  const name = `${nouns[item.kind]} ${item.id.slice(0, 8)}`;
  const [isOpen, setOpen] = useState(false);
  const [medium] = useLoaded((signal) => control.medium(item.id, signal), [item.id]);
  return (
    <li class="card media" aria-labelledby={id}>
      <div class="media-head">
        <h3 id={id}>{name}</h3>
        <p class="muted">
          {item.detail}
          <br />
          <Moment at={item.createdAt} />
        </p>
        <CopyButton text={item.id} what={`ID of ${name}`} label="Copy ID" />
      </div>
      <Show loaded={medium}>
        {(found) => (
          <>
            <Preview session={session} item={item} source={heard(item, found)} name={name} />
            <div class="media-url">
              {isMp3Alone(found) && (
                <p class="muted">
                  Given as an MP3, which is heard here. At URLs without .mp3 is a WAV that is made
                  up.
                </p>
              )}
              <p class="url">
                <code>{found.urls.space}</code>
                <CopyButton text={found.urls.space} what={`the URL of ${name}`} />
              </p>
              <Stranger url={found.urls.space} />
              <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
                <summary>
                  All URLs<span class="unseen"> of {name}</span>, with and without credentials
                </summary>
                {isOpen && <UrlAnswers session={session} medium={found} name={name} />}
              </details>
              <p class="buttons">
                <a class="button small" href={hrefOf({ page: "callbacks", media: item.id })}>
                  Send a callback<span class="unseen"> of {name}</span>
                </a>
                <a class="button small" href={hrefOf({ page: "faults", media: item.id })}>
                  Break it<span class="unseen">: {name}</span>
                </a>
              </p>
            </div>
          </>
        )}
      </Show>
    </li>
  );
}

/** A recording that was given as an MP3 alone is heard as that: its WAV is made up. */
function heard({ ref }: MediaItem, medium: AddedMedium): MediaRef {
  return ref.kind === "recording" && isMp3Alone(medium) ? { ...ref, format: "mp3" } : ref;
}

function isMp3Alone(medium: AddedMedium): boolean {
  return medium.given?.join() === "mp3";
}

/** What somebody without credentials is answered now, asked while it can be seen. */
function Stranger({ url }: { readonly url: string }) {
  const box = useRef<HTMLParagraphElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (box.current === null) return;
    const observer = new IntersectionObserver((entries) => {
      setSeen(entries.some(({ isIntersecting }) => isIntersecting));
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return (
    <p class="stranger" ref={box}>
      <span class="muted">Without credentials</span> {isSeen && <StrangersAnswer url={url} />}
    </p>
  );
}

function StrangersAnswer({ url }: { readonly url: string }) {
  const [answer] = useLoaded((signal) => answerToStrangers(url, signal), [url]);
  if (answer.state !== "ready") return <span class="muted">…</span>;
  return (
    <>
      <span class={answer.value.ok ? "badge public" : "badge protected"}>
        <Lock closed={!answer.value.ok} />
        {answer.value.ok ? "open to anybody" : "closed"}
      </span>{" "}
      <Said answer={answer.value} />
    </>
  );
}
