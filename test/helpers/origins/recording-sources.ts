import type { ServerResponse } from "node:http";
import { createClient } from "@media-protection/sdk";
import { onTestFinished } from "vitest";
import { startOrigin } from "./origin.js";

export const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
export const otherProject = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6b";
export const compatibilityPath = `/api/laml/2010-04-01/Accounts/${projectId}/Recordings`;
export const relayPath = "/api/relay/rest/recordings";
export const idOf = (index: number) => `0b7e0c1a-93a4-4a54-8a6e-${String(index).padStart(12, "0")}`;
export const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => idOf(from + index));

/** What each source lists: ids, cut in pages of 20; or what it answers instead. */
export interface Sources {
  compatibility: string[] | number;
  relay: string[] | number;
  /** @default the client's */
  relayProject?: string;
  /** @default a file of the files host */
  relayUrl?: (id: string) => unknown;
}

const size = 20;

/** Starts an origin of those sources, which ends with the test, and a client of it. */
export async function startSources(sources: Sources) {
  const origin = await startOrigin((request, response) => {
    const url = new URL(request.url ?? "", "http://origin.invalid");
    const isRelay = url.pathname.startsWith(relayPath);
    const source = isRelay ? sources.relay : sources.compatibility;
    if (typeof source === "number") return answer(response, source, { error: "Refused" });
    const one = source.find((id) => url.pathname.includes(id));
    const describe = isRelay ? relayRecording : compatibilityRecording;
    if (request.method === "DELETE") return answer(response, one === undefined ? 404 : 204);
    if (one !== undefined) return answer(response, 200, describe(one, sources));
    if (url.pathname !== relayPath && url.pathname !== compatibilityPath) {
      return answer(response, 404, {});
    }
    // Under names of their own, since nobody documents those of the Relay REST list.
    const at = Number(url.searchParams.get(isRelay ? "after" : "Page") ?? 0);
    const items = source.slice(at * size, (at + 1) * size).map((id) => describe(id, sources));
    const more = (at + 1) * size < source.length;
    if (isRelay) {
      const next = more && { next: `https://evil.example${relayPath}?after=${at + 1}&x=%26` };
      return answer(response, 200, { links: { self: "", first: "", ...next }, data: items });
    }
    const next_page_uri = more ? `https://evil.example/?Page=${at + 1}&PageToken=PA${at}` : null;
    return answer(response, 200, { first_page_uri: "/?Page=0", next_page_uri, recordings: items });
  });
  onTestFinished(() => origin[Symbol.asyncDispose]());
  const client = createClient({ space: origin.origin, projectId, apiToken: "PT-synthetic" });
  return { client, origin };
}

function answer(response: ServerResponse, status: number, body?: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body && JSON.stringify(body));
}

const compatibilityRecording = (id: string) => ({
  sid: id,
  call_sid: null,
  conference_sid: null,
  channels: "1",
  date_created: "Tue, 10 Mar 2026 12:00:00 +0000",
  duration: 3,
  status: "completed",
});

export const hostedFile = (id: string) =>
  `https://files.signalwire.com/space-1/${projectId}/recordings/${id}.mp4`;

const relayRecording = (id: string, { relayProject, relayUrl = hostedFile }: Sources) => ({
  id,
  project_id: relayProject ?? projectId,
  created_at: "2026-03-10T12:00:00Z",
  duration_in_seconds: 3,
  stereo: true,
  status: "completed",
  url: relayUrl(id),
});
