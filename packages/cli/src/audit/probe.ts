/**
 * One URL asked twice: as anybody would, and with the credentials. One byte each, and never more.
 */

import type { Client, MediaRef } from "@media-protection/sdk";
import { failureLine } from "../terminal/failure.js";
import type { Answer } from "./verdict.js";

/** How long an answer may take, in ms. */
const patience = 20_000;

const refusals: ReadonlySet<number> = new Set([401, 403, 404, 410]);
/** Types that no medium has, where the platform answers an error as if it were one. */
const textual = /^(?:application\/(?:[\w.+-]*\+)?json|text\/(?:html|plain)|application\/xml)\b/i;

/** How the SDK calls an answer that is not the medium. */
const unlike: ReadonlySet<string> = new Set(["UnexpectedAnswerError", "IntegrityError"]);

/** Asks without credentials, following redirects as a browser would. */
export async function askAnonymously(
  url: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      headers: { range: "bytes=0-0" },
      credentials: "omit",
      redirect: "follow",
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    await response.body?.cancel();
    const { status } = response;
    if (refusals.has(status)) return { type: "refused", status };
    if (!response.ok) return { type: "unclear", status, why: "neither served nor refused" };
    const type = response.headers.get("content-type") ?? "";
    return textual.test(type)
      ? { type: "unclear", status, why: `${type.split(";")[0]} where a medium should be` }
      : { type: "served", status };
  } catch (error) {
    signal.throwIfAborted();
    return { type: "unclear", status: null, why: reasonOf(error) };
  }
}

/** Asks with the client's credentials. */
export async function askWithCredentials(
  client: Client,
  ref: MediaRef,
  projectId: string,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const range = "bytes=0-0";
    const media = await client.media.download(ref, { projectId, range, signal });
    await media.body.cancel();
    return { type: "served", status: 200 };
  } catch (error) {
    signal.throwIfAborted();
    const said = error instanceof Error && "status" in error ? error.status : undefined;
    const status = typeof said === "number" ? said : null;
    if (status !== null && refusals.has(status)) return { type: "refused", status };
    // A text where the medium should be is not its bytes; a body that breaks off would be, too.
    const isNone = error instanceof Error && unlike.has(error.name);
    return { type: "unclear", status: isNone ? 200 : status, why: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const line = failureLine(error);
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
