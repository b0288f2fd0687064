import type { MediaDownload, MediaRef } from "@media-protection/sdk";
import { useEffect, useRef, useState } from "preact/hooks";
import type { MediaItem } from "../state/media-items.js";
import type { Session } from "../state/session.js";
import { bytesInWords } from "../state/words.js";
import { Failure } from "./notice.js";
import { Pdf } from "./pdf.js";

/** The most bytes that are fetched without being asked: a medium can be gigabytes. */
const fetchedUnasked = 16_000_000;

type State =
  | { readonly state: "waiting" | "loading" }
  | { readonly state: "large"; readonly size: number | undefined }
  | { readonly state: "ready"; readonly url: string; readonly type: string; readonly blob: Blob }
  | { readonly state: "failed"; readonly error: unknown };

/**
 * A medium to hear or to see, fetched with the session's credentials when it scrolls into view. Its
 * blob is let go of when it leaves the page.
 */
export function Preview({
  session,
  item,
  source,
  name,
}: {
  readonly session: Session;
  readonly item: MediaItem;
  /** What to fetch: the medium, in the format in which it was given. */
  readonly source: MediaRef;
  readonly name: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<State>({ state: "waiting" });
  const [wanted, setWanted] = useState<"no" | "if-small" | "whatever-size">("no");

  useEffect(() => {
    if (box.current === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      setWanted("if-small");
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (wanted === "no") return;
    const controller = new AbortController();
    const { signal } = controller;
    let url: string | undefined;
    const load = async () => {
      setShown({ state: "loading" });
      const { projectId } = item;
      const media = await session.client.media.download(source, { projectId, signal });
      if (wanted === "if-small" && !isSmall(media)) {
        await media.body.cancel();
        return setShown({ state: "large", size: media.contentLength });
      }
      const blob = await media.blob();
      if (signal.aborted) return;
      const type = media.contentType ?? "";
      // Opened in a tab of its own, a document would run on this page's origin.
      url = URL.createObjectURL(
        isShown(type) ? blob : new Blob([blob], { type: "application/octet-stream" }),
      );
      setShown({ state: "ready", url, type, blob });
    };
    load().catch((error: unknown) => {
      if (!signal.aborted) setShown({ state: "failed", error });
    });
    return () => {
      controller.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [session, item.id, wanted]);

  return (
    <div class="preview" ref={box}>
      {(shown.state === "waiting" || shown.state === "loading") && <p class="muted">Loading…</p>}
      {shown.state === "failed" && <Failure error={shown.error} />}
      {shown.state === "large" && (
        <button type="button" class="button" onClick={() => setWanted("whatever-size")}>
          Load {shown.size === undefined ? "a medium of unknown size" : bytesInWords(shown.size)}
        </button>
      )}
      {shown.state === "ready" && <Medium {...shown} name={name} />}
    </div>
  );
}

function isSmall({ contentLength }: MediaDownload): boolean {
  return contentLength !== undefined && contentLength <= fetchedUnasked;
}

/** Whether a type is shown in the page: what browsers play or draw, and run nothing of. */
function isShown(type: string): boolean {
  return /^(audio|video)\/|^image\/(?!svg|tiff)|^application\/pdf$/.test(type);
}

function Medium({
  url,
  type,
  name,
  blob,
}: {
  readonly url: string;
  readonly type: string;
  readonly name: string;
  readonly blob: Blob;
}) {
  if (type.startsWith("audio/")) {
    // biome-ignore lint/a11y/useMediaCaption: what is said in a test recording is nowhere written
    return <audio controls src={url} aria-label={name} />;
  }
  if (type.startsWith("video/")) {
    // biome-ignore lint/a11y/useMediaCaption: as above
    return <video controls src={url} aria-label={name} />;
  }
  if (type.startsWith("image/") && isShown(type)) return <img src={url} alt={name} />;
  const isPdf = type === "application/pdf";
  return (
    <>
      {isPdf && <Pdf blob={blob} name={name} />}
      <a href={url} download={isPdf ? `${name}.pdf` : name}>
        Download the {isPdf ? "PDF" : type || "file"}
      </a>
    </>
  );
}
