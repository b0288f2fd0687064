/**
 * What nobody knows about a platform, found out on a medium of each kind. Changes nothing.
 */

import type { Client } from "@media-protection/sdk";
import type { ProjectState } from "../estate/switches.js";
import { type ListedMedium, listMedia } from "../media/list-media.js";
import { failureLine } from "../terminal/failure.js";
import { ask, basic, type Credentials } from "./ask.js";
import { type Finding, found, unknown } from "./finding.js";

const kinds = {
  recordings: "recordings",
  messageMedia: "messages",
  faxMedia: "faxes",
} as const;

type Kind = keyof typeof kinds;
type Media = ReadonlyMap<Kind, ListedMedium>;

const firstByte = { range: "bytes=0-0" };
const nobody = "Nothing told: ";

/** What the doctor looks with. */
export interface Looking {
  readonly client: Client;
  readonly credentials: Credentials;
  /** The project of the credentials. */
  readonly project: ProjectState;
  /** The origins of files hosts. */
  readonly filesOrigins: readonly string[];
  readonly signal: AbortSignal;
}

/** Looks at a medium of each kind that there is. */
export async function lookAtMedia(looking: Looking): Promise<Finding[]> {
  const { findings, media } = await findMedia(looking);
  const authorization = basic(looking.credentials);
  const { recordings } = Object.fromEntries(media);
  return [
    ...findings,
    await deniedStatus(looking, media),
    ...(await throughCredentials(looking, media, authorization)),
    ...(await ofRecording(looking, recordings, authorization)),
    await wrongCredentials(looking, media),
    await atTheRoot(looking, authorization),
    await subprojects(looking),
    ...["filesHostAuth", "messageMediaPath", "retroactive"].map((name) =>
      unknown(
        name,
        "Not found out from here: it needs a URL of a callback, or a switch that is turned.",
      ),
    ),
  ];
}

async function findMedia({ client, signal }: Looking) {
  const media = new Map<Kind, ListedMedium>();
  const findings: Finding[] = [];
  for (const [kind, listed] of Object.entries(kinds)) {
    try {
      for await (const one of listMedia(client, listed, { signal })) {
        // The keys of a const object are exactly its literal names.
        media.set(kind as Kind, one);
        break;
      }
      const there = media.has(kind as Kind);
      findings.push({
        mark: there ? "✓" : "?",
        what: kind,
        advice: there ? "There is one to look at." : "There is none to look at.",
      });
    } catch (error) {
      signal.throwIfAborted();
      findings.push({ mark: "✗", what: kind, advice: failureLine(error) });
    }
  }
  return { media, findings };
}

async function deniedStatus({ project, signal }: Looking, media: Media): Promise<Finding> {
  for (const [kind, { url }] of media) {
    if (!project.switches[kind]) continue;
    const answer = await ask(url, firstByte, signal);
    if (answer === undefined) continue;
    const { status } = answer;
    if (status === 401 || status === 403 || status === 404) {
      return found("deniedStatus", status, "So a request without credentials is refused.");
    }
    return {
      mark: "✗",
      what: "deniedStatus",
      advice: `${kind} are protected, and answered ${status}: run audit.`,
    };
  }
  return unknown("deniedStatus", `${nobody}no kind that has media is protected.`);
}

/** Ranges, redirects and CORS, as whoever has credentials sees them. */
async function throughCredentials(
  { filesOrigins, signal }: Looking,
  media: Media,
  authorization: string,
): Promise<Finding[]> {
  let range: number | undefined;
  let storage: boolean | undefined;
  let files: boolean | undefined;
  let cors: boolean | undefined;
  const hosts = new Set<string>();
  for (const [kind, { url }] of media) {
    const headers = { ...firstByte, authorization, origin: "https://app.example" };
    const answer = await ask(url, headers, signal);
    if (answer === undefined || answer.status >= 400) continue;
    const { status } = answer;
    cors = answer.headers.has("access-control-allow-origin");
    const location = answer.headers.get("location");
    const to = location === null ? undefined : new URL(location, url).origin;
    if (to !== undefined) hosts.add(to);
    const isFiles = to !== undefined && filesOrigins.includes(to);
    if (kind === "messageMedia") files = isFiles;
    if (!isFiles) storage = to !== undefined;
    if (to === undefined) range = status;
  }
  const where = [...hosts].join(", ");
  return [
    range === undefined
      ? unknown("supportsRange", `${nobody}no bytes came without a redirect.`)
      : found("supportsRange", range === 206, "Players that seek need it."),
    storage === undefined
      ? unknown("redirectToStorage", `${nobody}no medium opened.`)
      : found(
          "redirectToStorage",
          storage,
          storage ? `To ${where}.` : "Bytes come from the space itself.",
        ),
    files === undefined
      ? unknown("redirectToFiles", `${nobody}no attachment opened.`)
      : found(
          "redirectToFiles",
          files,
          files ? `To ${where}.` : "Attachments come from the space itself.",
        ),
    cors === undefined
      ? unknown("cors", `${nobody}no medium opened.`)
      : found(
          "cors",
          cors,
          cors ? "Pages may read the answers." : "Pages may not read the answers.",
        ),
  ];
}

/** What a recording's URL without an extension is answered. */
async function ofRecording(
  { signal }: Looking,
  recording: ListedMedium | undefined,
  authorization: string,
): Promise<Finding[]> {
  const names = ["jsonByAccept", "jsonByCredentials"] as const;
  if (recording === undefined) {
    return names.map((name) => unknown(name, `${nobody}there is no recording.`));
  }
  const accept = { accept: "application/json" };
  const asked = {
    jsonByAccept: await ask(recording.url, { authorization, ...accept }, signal),
    jsonByCredentials: await ask(recording.url, { authorization, accept: "*/*" }, signal),
  };
  return names.map((name) => {
    const answer = asked[name];
    if (answer === undefined || answer.status >= 400) {
      return unknown(name, `${nobody}the recording did not open.`);
    }
    // By credentials alone already: then the field tells nothing.
    const isJson = ({ headers }: { headers: Headers }) =>
      /json/i.test(headers.get("content-type") ?? "");
    if (name === "jsonByAccept" && asked.jsonByCredentials && isJson(asked.jsonByCredentials)) {
      return unknown(name, `${nobody}credentials alone get JSON.`);
    }
    return found(name, isJson(answer), "A recording's URL without an extension.");
  });
}

async function wrongCredentials({ project, signal }: Looking, media: Media): Promise<Finding> {
  const name = "checkCredentialsOnPublicMedia";
  const authorization = basic({ projectId: project.id, apiToken: "PT-of-nobody" });
  for (const [kind, { url }] of media) {
    if (project.switches[kind]) continue;
    const answer = await ask(url, { ...firstByte, authorization }, signal);
    if (answer === undefined) continue;
    return found(name, answer.status >= 400, "Wrong credentials where anybody is served.");
  }
  return unknown(name, `${nobody}no kind that has media is public.`);
}

async function atTheRoot(
  { client, project, signal }: Looking,
  authorization: string,
): Promise<Finding> {
  const ref = { kind: "recording", recordingId: project.id } as const;
  // Only for the space's origin, as the client knows it.
  const { url } = await client.media.resolve(ref);
  const { origin } = new URL(String(url));
  const list = `${origin}/2010-04-01/Accounts/${project.id}/Recordings.json?PageSize=1`;
  const answer = await ask(list, { authorization }, signal);
  if (answer === undefined || (answer.status >= 400 && answer.status !== 404)) {
    return unknown("compatAtRoot", `${nobody}the list of recordings did not open.`);
  }
  return found(
    "compatAtRoot",
    answer.status < 400,
    "The compatibility API at /2010-04-01, without /api/laml.",
  );
}

async function subprojects({ client, project, signal }: Looking): Promise<Finding> {
  const name = "rootOpensSubprojects";
  try {
    for await (const one of client.projects.list({ signal })) {
      if (one.id === project.id || !one.subproject) continue;
      try {
        await client.recordings
          .list({ projectId: one.id, source: "compatibility", signal })
          .toArray({ limit: 1 });
        return found(name, true, "A root project's credentials open its subprojects' media.");
      } catch (error) {
        signal.throwIfAborted();
        const status = error instanceof Error && "status" in error ? error.status : undefined;
        if (typeof status !== "number" || status >= 500) return unknown(name, failureLine(error));
        return found(name, false, "Each subproject needs credentials of its own.");
      }
    }
    return unknown(name, `${nobody}there is no subproject.`);
  } catch (error) {
    signal.throwIfAborted();
    return unknown(name, failureLine(error));
  }
}
