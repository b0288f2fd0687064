/**
 * What nobody knows about a platform, found out on a medium of each kind. Changes nothing.
 */

import type { ListedMedium } from "../media/list-media.js";
import { listMedia } from "../media/list-media.js";
import { failureLine } from "../terminal/failure.js";
import { ask, basic } from "./ask.js";
import { type Finding, found, unknown } from "./finding.js";
import { lookAtFilesHost } from "./look-at-files-host.js";
import { lookAtProtection } from "./look-at-protection.js";
import { lookAtServing } from "./look-at-serving.js";
import { firstByte, type Kind, type Looking, lists, type Media, nothingTold } from "./looking.js";

/** Looks at a medium of each kind that there is. */
export async function lookAtMedia(looking: Looking): Promise<Finding[]> {
  const { findings, media } = await findMedia(looking);
  const authorization = basic(looking.credentials);
  const { recordings } = Object.fromEntries(media);
  return [
    ...findings,
    ...(await lookAtProtection(looking, media)),
    ...(await lookAtServing(looking, media)),
    ...(await throughCredentials(looking, media, authorization)),
    ...(await ofRecording(looking, recordings, authorization)),
    ...(await lookAtFilesHost(looking, media)),
    await atTheRoot(looking, authorization),
    await subprojects(looking),
  ];
}

async function findMedia({ client, signal }: Looking) {
  const media = new Map<Kind, ListedMedium>();
  const findings: Finding[] = [];
  for (const [kind, listed] of Object.entries(lists)) {
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
      ? unknown("supportsRange", `${nothingTold}no bytes came without a redirect.`)
      : found(
          "supportsRange",
          range === 206,
          range === 206 ? "Players can seek." : "Players cannot seek.",
        ),
    storage === undefined
      ? unknown("redirectToStorage", `${nothingTold}no medium opened.`)
      : found(
          "redirectToStorage",
          storage,
          storage ? `To ${where}.` : "Bytes come from the space itself.",
        ),
    files === undefined
      ? unknown("redirectToFiles", `${nothingTold}no attachment opened.`)
      : found(
          "redirectToFiles",
          files,
          files ? `To ${where}.` : "Attachments come from the space itself.",
        ),
    cors === undefined
      ? unknown("cors", `${nothingTold}no medium opened.`)
      : found(
          "cors",
          cors,
          cors
            ? "Pages of any origin may read the answers."
            : "Pages of other origins may not read them.",
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
    return names.map((name) => unknown(name, `${nothingTold}there is no recording.`));
  }
  const accept = { accept: "application/json" };
  const asked = {
    jsonByAccept: await ask(recording.url, { authorization, ...accept }, signal),
    jsonByCredentials: await ask(recording.url, { authorization, accept: "*/*" }, signal),
  };
  return names.map((name) => {
    const answer = asked[name];
    if (answer === undefined || answer.status >= 400) {
      return unknown(name, `${nothingTold}the recording did not open.`);
    }
    // By credentials alone already: then the field tells nothing.
    const isJson = ({ headers }: { headers: Headers }) =>
      /json/i.test(headers.get("content-type") ?? "");
    if (name === "jsonByAccept" && asked.jsonByCredentials && isJson(asked.jsonByCredentials)) {
      return unknown(name, `${nothingTold}credentials alone get JSON.`);
    }
    return found(
      name,
      isJson(answer),
      `A recording's URL without extension answers ${isJson(answer) ? "metadata" : "its bytes"} to ${name === "jsonByAccept" ? "Accept: application/json" : "credentials"}.`,
    );
  });
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
    return unknown("compatAtRoot", `${nothingTold}the list of recordings did not open.`);
  }
  return found(
    "compatAtRoot",
    answer.status < 400,
    `The compatibility API is ${answer.status < 400 ? "" : "not "}at /2010-04-01 without /api/laml.`,
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
    return unknown(name, `${nothingTold}there is no subproject.`);
  } catch (error) {
    signal.throwIfAborted();
    return unknown(name, failureLine(error));
  }
}
