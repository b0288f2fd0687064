/**
 * How the files host takes credentials, and where it has attachments. Its URLs are found where the
 * platform itself tells them (a fax's `media_url`, a Relay recording's `url`, the redirect of an
 * attachment), or told by the caller. Changes nothing.
 */

import type { HostedMediaRef } from "@media-protection/sdk";
import { mediaFileName } from "@media-protection/sdk/media-url";
import { CommandError, failureLine } from "../terminal/failure.js";
import { ask, basic, bearer } from "./ask.js";
import { type Finding, found, unknown } from "./finding.js";
import { firstByte, type Kind, type Looking, type Media, nothingTold } from "./looking.js";

/** How many items of a list are looked through for a URL on the files host. */
const mostItems = 20;

const switches = {
  recording: "recordings",
  messageMedia: "messageMedia",
  faxMedia: "faxMedia",
} as const satisfies Record<HostedMediaRef["kind"], Kind>;

const howToTell =
  "give a URL on the files host that a callback brought: --files-url URL, and --media-origin for a host of one's own.";

/** Looks at the files host. */
export async function lookAtFilesHost(looking: Looking, media: Media): Promise<Finding[]> {
  let known: HostedMediaRef[];
  try {
    known = await hostedMedia(looking, media);
  } catch (error) {
    looking.signal.throwIfAborted();
    return [{ mark: "✗", what: "files host", advice: failureLine(error) }];
  }
  return [await scheme(looking, known), await attachments(looking, media, known)];
}

/** Every medium on the files host that is known, and those whose place follows from it. */
async function hostedMedia(looking: Looking, media: Media): Promise<HostedMediaRef[]> {
  const known: HostedMediaRef[] = [];
  for (const url of looking.filesUrls) {
    const ref = await hostedRef(looking, url, true);
    if (ref === undefined) throw new CommandError(`--files-url: ${url} is on no files host.`);
    known.push(ref);
  }
  for (const url of [...(await listedUrls(looking)), ...(await redirects(looking, media))]) {
    const ref = await hostedRef(looking, url, false);
    if (ref !== undefined) known.push(ref);
  }
  const [{ origin, spaceId, projectId } = {}] = known;
  const recording = media.get("recordings");
  if (origin !== undefined && spaceId !== undefined && recording !== undefined) {
    const at = { origin, spaceId, projectId: projectId ?? looking.project.id };
    known.push({ kind: "recording", ...at, file: `${recording.id}.wav` });
  }
  return known;
}

/** What the client trusts as a medium on a files host; what is told by the caller must be one. */
async function hostedRef(
  { client, project }: Looking,
  url: string,
  mustBe: boolean,
): Promise<HostedMediaRef | undefined> {
  try {
    const { ref } = await client.media.resolve(url, { projectId: project.id });
    return "file" in ref ? ref : undefined;
  } catch (error) {
    if (mustBe) throw error;
    return undefined;
  }
}

async function listedUrls({ client, signal }: Looking): Promise<string[]> {
  const urls: string[] = [];
  try {
    const faxes = await client.faxes.list({ signal }).toArray({ limit: mostItems });
    for (const { raw } of faxes) if (raw.media_url) urls.push(raw.media_url);
    const recordings = client.recordings.list({ signal, source: "relay" });
    for (const { raw } of await recordings.toArray({ limit: mostItems })) {
      if ("url" in raw && typeof raw.url === "string") urls.push(raw.url);
    }
  } catch {
    // What the token may not list was said before.
    signal.throwIfAborted();
  }
  return urls;
}

async function redirects({ credentials, signal }: Looking, media: Media): Promise<string[]> {
  const url = media.get("messageMedia")?.url;
  if (url === undefined) return [];
  const answer = await ask(url, { ...firstByte, authorization: basic(credentials) }, signal);
  const location = answer?.headers.get("location");
  return location ? [new URL(location, url).href] : [];
}

/** Where a reference is; the client gives no other URL than one that it trusts. */
async function urlOf({ client, project }: Looking, ref: HostedMediaRef): Promise<string> {
  const { url } = await client.media.resolve(ref, { projectId: project.id });
  return String(url);
}

/** Whether something is answered there with each scheme, and without any. */
async function tried(looking: Looking, ref: HostedMediaRef) {
  const { credentials, signal } = looking;
  const url = await urlOf(looking, ref);
  const opens = async (headers: Record<string, string>) => {
    const answer = await ask(url, { ...firstByte, ...headers }, signal);
    return answer !== undefined && answer.status < 400;
  };
  return {
    nobody: await opens({}),
    basic: await opens({ authorization: basic(credentials) }),
    bearer: await opens({ authorization: bearer(credentials) }),
  };
}

async function scheme(looking: Looking, known: readonly HostedMediaRef[]): Promise<Finding> {
  const name = "filesHostAuth";
  if (known.length === 0) return unknown(name, nothingTold + howToTell);
  for (const ref of known) {
    if (!looking.project.switches[switches[ref.kind]]) continue;
    const opened = await tried(looking, ref);
    if (opened.nobody || !(opened.basic || opened.bearer)) continue;
    const value = !opened.bearer ? "basic" : opened.basic ? "either" : "bearer";
    const advice =
      value === "bearer"
        ? 'The files host takes the token as Bearer: --media-auth bearer, in the SDK mediaAuth: "bearer".'
        : "So the files host takes credentials.";
    return found(name, value, advice);
  }
  return unknown(name, `${nothingTold}no medium on the files host is protected, and opens.`);
}

async function attachments(
  looking: Looking,
  media: Media,
  known: readonly HostedMediaRef[],
): Promise<Finding> {
  const name = "messageMediaPath";
  const attachment = media.get("messageMedia");
  const [{ origin, spaceId } = {}] = known;
  if (attachment === undefined) return unknown(name, `${nothingTold}there is no attachment.`);
  if (origin === undefined || spaceId === undefined) return unknown(name, nothingTold + howToTell);
  const { contentType, id, ref, projectId } = attachment;
  const extension = /[^.]*$/.exec(mediaFileName(ref, { contentType }))?.[0];
  const isThere = async (one: HostedMediaRef) => {
    const { nobody, basic: byBasic, bearer: byBearer } = await tried(looking, one);
    return nobody || byBasic || byBearer;
  };
  const at = { kind: "messageMedia", origin, spaceId, projectId } as const;
  const byId = await isThere({ ...at, folder: "messages", file: `${id}.${extension}` });
  const named = known.find((one) => one.kind === "messageMedia" && one.folder === undefined);
  if (named === undefined) {
    return unknown(
      name,
      `${nothingTold}no attachment's name on the files host is known; ${howToTell}`,
    );
  }
  const byName = await isThere(named);
  if (!byId && !byName) return unknown(name, `${nothingTold}no attachment opened there.`);
  const value = byId && byName ? "either" : byId ? "messages" : "message-media";
  const where = { either: "by name and by id", messages: "by id", "message-media": "by name" };
  return found(name, value, `The files host has attachments ${where[value]}.`);
}
