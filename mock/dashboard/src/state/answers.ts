/**
 * What is answered at a URL: to somebody without credentials, and to the session.
 */

import type { AddedMedium } from "@media-protection/mock";
import { isMediaProtectionError } from "@media-protection/sdk";
import { ask, explain } from "./explain.js";
import type { Session } from "./session.js";
import { bytesInWords } from "./words.js";

/** The head of an answer, in words. */
export interface Answer {
  readonly ok: boolean;
  /** Such as `401 Unauthorized`. */
  readonly status: string;
  /** Why, in the platform's words, or what was served. */
  readonly reason: string;
}

/** Asks for a URL as a stranger would: no credentials, no cookies, no cached copy. */
export async function answerToStrangers(url: string, signal?: AbortSignal): Promise<Answer> {
  try {
    const response = await ask(url, {
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      ...(signal && { signal }),
    });
    const { ok } = response;
    const status = `${response.status} ${response.statusText}`.trim();
    if (!ok) return { ok, status, reason: reasonIn(await response.text()) };
    // The head says it all; the body may be gigabytes.
    await response.body?.cancel();
    const size = response.headers.get("content-length");
    const moved = response.redirected ? `, by a redirect to ${new URL(response.url).host}` : "";
    const type = response.headers.get("content-type");
    return { ok, status, reason: served(type, size === null ? undefined : Number(size)) + moved };
  } catch (error) {
    return { ok: false, status: "No answer", reason: explain(error) };
  }
}

/** Asks for the bytes or, at its own URL, the metadata of a medium, with the session's credentials. */
export async function answerToSession(
  { client }: Session,
  medium: AddedMedium,
  url: string,
  signal: AbortSignal,
): Promise<Answer> {
  const { kind, id, parentId = "", projectId, urls } = medium;
  const call = { projectId, signal };
  try {
    if (url === urls.metadata) {
      if (kind === "recording") await client.recordings.get(id, call);
      else if (kind === "messageMedia") await client.messageMedia.get(parentId, id, call);
      else await client.faxMedia.get(parentId, id, call);
      return { ok: true, status: "200 OK", reason: "Served: metadata" };
    }
    const media = await client.media.download(url, call);
    await media.body.cancel();
    return { ok: true, status: "200 OK", reason: served(media.contentType, media.contentLength) };
  } catch (error) {
    const said = isMediaProtectionError(error) && "status" in error ? error.status : undefined;
    const status = typeof said === "number" ? String(said) : "No answer";
    return { ok: false, status, reason: explain(error) };
  }
}

function served(type: string | null | undefined, size: number | undefined): string {
  return `Served: ${type || "no media type"}${size === undefined ? "" : `, ${bytesInWords(size)}`}`;
}

/** The message in any of the platform's error bodies. */
function reasonIn(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null) {
      if ("message" in body && typeof body.message === "string") return body.message;
      if ("error" in body && typeof body.error === "string") return body.error;
    }
  } catch {
    // No JSON: shown as it is.
  }
  return text.slice(0, 200) || "No reason was given.";
}
