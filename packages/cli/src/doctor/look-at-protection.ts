/**
 * How protection refuses, as a stranger meets it. Changes nothing.
 */

import { listMedia } from "../media/list-media.js";
import { failureLine } from "../terminal/failure.js";
import { ask, basic } from "./ask.js";
import { type Finding, found, unknown } from "./finding.js";
import { firstByte, type Kind, type Looking, lists, type Media, nothingTold } from "./looking.js";

/** Looks what a request without credentials, or with wrong ones, is answered. */
export async function lookAtProtection(looking: Looking, media: Media): Promise<Finding[]> {
  return [
    await deniedStatus(looking, media),
    await wrongCredentials(looking, media),
    await retroactive(looking, media),
  ];
}

async function deniedStatus(
  { project, protectedSince, signal }: Looking,
  media: Media,
): Promise<Finding> {
  for (const [kind, { url, createdAt }] of media) {
    if (!project.switches[kind]) continue;
    const answer = await ask(url, firstByte, signal);
    if (answer === undefined) continue;
    const { status } = answer;
    if (status === 401 || status === 403 || status === 404) {
      return found("deniedStatus", status, "So a request without credentials is refused.");
    }
    // Of one from before, that tells another thing.
    if (protectedSince !== undefined && createdAt < protectedSince) continue;
    return {
      mark: "✗",
      what: "deniedStatus",
      advice: `${kind} are protected, and answered ${status}: run audit.`,
    };
  }
  return unknown(
    "deniedStatus",
    `${nothingTold}no kind that has media is protected. Turn one on, and run doctor again.`,
  );
}

async function wrongCredentials({ project, signal }: Looking, media: Media): Promise<Finding> {
  const name = "checkCredentialsOnPublicMedia";
  const authorization = basic({ projectId: project.id, apiToken: "PT-of-nobody" });
  for (const [kind, { url }] of media) {
    if (project.switches[kind]) continue;
    const answer = await ask(url, { ...firstByte, authorization }, signal);
    if (answer === undefined) continue;
    return found(
      name,
      answer.status >= 400,
      `Of public media, wrong credentials ${answer.status >= 400 ? "are refused" : "are not looked at"}.`,
    );
  }
  return unknown(name, `${nothingTold}no kind that has media is public, so none can tell.`);
}

/** Whether media from before the switch was turned are protected, too. */
async function retroactive(looking: Looking, media: Media): Promise<Finding> {
  const name = "retroactive";
  const { client, project, protectedSince, signal } = looking;
  if (protectedSince === undefined) {
    return unknown(
      name,
      "Say since when: --protected-since 2026-01-05 (a journal of apply knows).",
    );
  }
  for (const kind of media.keys()) {
    if (!project.switches[kind]) continue;
    try {
      const older = await firstOf(client, kind, protectedSince, signal);
      const answer = older === undefined ? older : await ask(older, firstByte, signal);
      if (answer === undefined) continue;
      const isOpen = answer.status < 400;
      const advice = isOpen
        ? "Media from before the switch was turned are open to anybody still."
        : "Media from before the switch was turned are protected, too.";
      return found(name, !isOpen, advice);
    } catch (error) {
      signal.throwIfAborted();
      return unknown(name, failureLine(error));
    }
  }
  return unknown(name, `${nothingTold}no kind that is protected has media from before.`);
}

/** The URL of the first medium of a kind that is older than a moment. */
async function firstOf(
  client: Looking["client"],
  kind: Kind,
  createdBefore: Date,
  signal: AbortSignal,
): Promise<string | undefined> {
  for await (const { url, createdAt } of listMedia(client, lists[kind], {
    createdBefore,
    signal,
  })) {
    if (createdAt < createdBefore) return url;
  }
  return undefined;
}
