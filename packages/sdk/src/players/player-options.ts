import type { Client } from "../client/client.js";
import type { DownloadOptions, MediaDownload, MediaSource } from "../download/media.js";
import { type PlayerHead, playerHead } from "../download/pass-on.js";
import { OptionError } from "../errors.js";
import { discard } from "../http/response-body.js";
import { checkObject } from "../options/call-options.js";
import { checkKnown } from "../trust/known-options.js";
import { type Refusal, refusal, refusalOf, refusalOfSource } from "./player-answer.js";

/** Options of `serveMedia` and `sendMedia`. */
export interface PlayerOptions
  extends Pick<DownloadOptions, "projectId" | "timeout" | "waitUntilReady"> {
  /**
   * Whether a browser shows the medium or saves it. What a browser would run as a page, such as SVG or
   * HTML, is always saved.
   * @default "inline"
   */
  readonly disposition?: "inline" | "attachment" | undefined;
  /**
   * Called with what went wrong, for a log: the player is told a status and a short line only. Not
   * called when the player has gone, which players do all the time.
   * @default nobody is told
   */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** What a player asks with. */
export interface Asked {
  readonly method: string;
  /** A field of its request by its name in lower case. */
  readonly field: (name: string) => string | null | undefined;
  /** Ends when the player has gone. */
  readonly signal: AbortSignal;
}

/** What it gets: a medium with the fields to send it by, or a refusal. */
export type Answer = { readonly media: MediaDownload; readonly head: PlayerHead } | Refusal;

const known = {
  projectId: true,
  timeout: true,
  waitUntilReady: true,
  disposition: true,
  onError: true,
} as const;

/**
 * Asks the platform for what a player asks for.
 *
 * @throws OptionError for an option that is malformed or unknown
 */
export async function answerTo(
  client: Client,
  source: MediaSource,
  { method, field, signal }: Asked,
  options: PlayerOptions,
): Promise<Answer> {
  const { disposition, onError, ...download } = checkOptions(client, options);
  const refuse = (error: unknown, answer: (error: unknown) => Refusal) => {
    if (!signal.aborted) onError?.(error);
    return answer(error);
  };
  if (method !== "GET" && method !== "HEAD") return refusal(405, { allow: "GET, HEAD" });
  const { projectId } = download;
  try {
    await client.media.resolve(source, projectId === undefined ? {} : { projectId });
  } catch (error) {
    return refuse(error, refusalOfSource);
  }
  let media: MediaDownload | undefined;
  try {
    media = await client.media.download(source, {
      ...download,
      signal,
      range: field("range"),
      ifRange: field("if-range"),
      ifNoneMatch: field("if-none-match"),
      ifModifiedSince: field("if-modified-since"),
    });
    const head = playerHead(media);
    const said = head.headers.get("content-disposition");
    if (said && disposition === "attachment") {
      head.headers.set("content-disposition", said.replace(/^inline/, "attachment"));
    }
    return { media, head };
  } catch (error) {
    // One that came, and cannot be passed on, would keep its connection.
    if (media) discard(media.body, error);
    return refuse(error, refusalOf);
  }
}

function checkOptions(client: Client, options: PlayerOptions): PlayerOptions {
  if (typeof client?.media?.download !== "function") {
    throw new OptionError("client", "a client made by createClient");
  }
  const { disposition = "inline", onError } = checkObject(checkKnown(options, known));
  if (disposition !== "inline" && disposition !== "attachment") {
    throw new OptionError("disposition", '"inline" or "attachment"');
  }
  if (onError !== undefined && typeof onError !== "function") {
    throw new OptionError("onError", "a function");
  }
  return options;
}
