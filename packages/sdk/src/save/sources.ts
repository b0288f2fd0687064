import type { MediaSource } from "../download/media.js";
import { isRecord, OptionError } from "../errors.js";
import { maskUrl } from "../trust/masking.js";

/** What `saveAll` reads; a text is none, though it can be iterated. */
export type MediaSources = (AsyncIterable<MediaSource> | Iterable<MediaSource>) & object;

/** @throws OptionError for what cannot be iterated, and for a text, whose characters are no media */
export function checkSources(sources: unknown): void {
  const isIterable =
    isRecord(sources) && (Symbol.asyncIterator in sources || Symbol.iterator in sources);
  if (isIterable && !(sources instanceof URL)) return;
  // Not shown: it may be a URL with a secret.
  throw new OptionError("sources", "a list, or another iterable, of media; for one, use saveMedia");
}

/** How many sources there are, where that is known before they are read. */
export function sizeOf(sources: MediaSources): number | undefined {
  if (Array.isArray(sources)) return sources.length;
  return sources instanceof Set ? sources.size : undefined;
}

/** A callback's item whose URL is no medium's, and so what anybody wrote. */
export function withoutSecrets(source: Exclude<MediaSource, string | URL>): MediaSource {
  const { ref, url } = { ref: undefined, url: undefined, ...source };
  return ref === undefined && typeof url === "string" ? { ...source, url: maskUrl(url) } : source;
}
