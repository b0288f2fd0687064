import { createPlatform, type Platform, type PlatformOptions } from "@media-protection/mock";
import { createFetch, handlers } from "@media-protection/mock/node";
import { startMockServer } from "@media-protection/mock/server";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { validatingFetch } from "../../helpers/contract/contract.js";
import { basic, sending } from "../scene.js";

// One table of requests, asked of the same platform in three ways: they must answer the same.

const options: PlatformOptions = { now: () => Date.UTC(2026, 5, 1) };

interface Asked {
  readonly name: string;
  readonly url: (scene: Scene) => string;
  readonly init?: (scene: Scene) => RequestInit;
  /** Whether the contract has nothing about it. */
  readonly outside?: true;
}

/** A platform with media of each kind, recordings protected. */
function scene(platform: Platform) {
  platform.reset();
  const { projectId, apiToken } = platform.credentials;
  const media = {
    recording: platform.addRecording({ seconds: 10 }),
    message: platform.addMessageMedia(),
    fax: platform.addFaxMedia(),
  };
  platform.setProtection(projectId, { recordings: true });
  return {
    platform,
    projectId,
    root: basic(projectId, apiToken),
    space: platform.origins.space,
    files: platform.origins.files,
    storage: platform.origins.storage,
    account: `${platform.origins.space}/api/laml/2010-04-01/Accounts/${projectId}`,
    ...media,
  };
}
type Scene = ReturnType<typeof scene>;

const withCredentials = ({ root }: Scene): RequestInit => ({ headers: root });
const requests: readonly Asked[] = [
  {
    name: "a project",
    url: ({ space, projectId }) => `${space}/api/projects/${projectId}`,
    init: withCredentials,
  },
  {
    name: "a project without credentials",
    url: ({ space, projectId }) => `${space}/api/projects/${projectId}`,
  },
  {
    name: "projects, a page of them",
    url: ({ space }) => `${space}/api/projects?page_size=1`,
    init: withCredentials,
  },
  {
    name: "projects, wrongly",
    url: ({ space }) => `${space}/api/projects?page_size=0`,
    init: withCredentials,
  },
  {
    name: "switching",
    url: ({ space, projectId }) => `${space}/api/projects/${projectId}`,
    init: ({ root }) => sending("PATCH", root, { protect_fax_media: true }),
  },
  {
    name: "switching wrongly",
    url: ({ space, projectId }) => `${space}/api/projects/${projectId}`,
    init: ({ root }) => sending("PATCH", root, { protect_fax_media: 1 }),
  },
  {
    name: "switching with no JSON",
    url: ({ space, projectId }) => `${space}/api/projects/${projectId}`,
    init: ({ root }) => ({ method: "PATCH", headers: root, body: "{" }),
  },
  {
    name: "a new subproject",
    url: ({ space }) => `${space}/api/projects`,
    init: ({ root }) => sending("POST", root, { name: "Clinic" }),
  },
  {
    name: "deleting",
    url: ({ account, recording }) => `${account}/Recordings/${recording.recording.id}`,
    init: ({ root }) => ({ method: "DELETE", headers: root }),
  },
  {
    name: "a list",
    url: ({ account }) => `${account}/Recordings?PageSize=2`,
    init: withCredentials,
  },
  {
    name: "a filtered list",
    url: ({ account }) => `${account}/Recordings.json?DateCreated%3E=2026-01-15T10:30:00Z`,
    init: withCredentials,
  },
  { name: "metadata", url: ({ fax }) => fax.urls.metadata, init: withCredentials },
  { name: "protected bytes", url: ({ recording }) => recording.urls.space },
  {
    name: "protected bytes with credentials",
    url: ({ recording }) => recording.urls.space,
    init: withCredentials,
  },
  { name: "protected bytes on the files host", url: ({ recording }) => recording.urls.files },
  {
    name: "protected bytes on the files host with credentials",
    url: ({ recording }) => recording.urls.filesMp3,
    init: withCredentials,
  },
  { name: "public bytes", url: ({ message }) => message.urls.files },
  {
    name: "public bytes, a part",
    url: ({ fax }) => fax.urls.space,
    init: () => ({ headers: { range: "bytes=0-4" } }),
  },
  {
    name: "public bytes, two parts",
    url: ({ fax }) => fax.urls.space,
    init: () => ({ headers: { range: "bytes=0-4,10-11" } }),
  },
  {
    name: "public bytes, none of them",
    url: ({ fax }) => fax.urls.space,
    init: () => ({ headers: { range: "bytes=99999999-" } }),
  },
  {
    name: "public bytes, unchanged",
    url: ({ fax }) => fax.urls.space,
    init: ({ fax }) => ({ headers: { "if-none-match": fax.media.file.etag } }),
  },
  {
    name: "a large body",
    url: ({ recording }) => recording.urls.space,
    init: ({ root }) => ({ headers: { ...root, range: "bytes=0-150000" } }),
  },
  { name: "HEAD of bytes", url: ({ fax }) => fax.urls.files, init: () => ({ method: "HEAD" }) },
  {
    name: "HEAD of protected bytes",
    url: ({ recording }) => recording.urls.space,
    init: () => ({ method: "HEAD" }),
  },
  { name: "an unknown path", url: ({ space }) => `${space}/nothing`, outside: true },
  {
    name: "an unknown method",
    url: ({ space }) => `${space}/api/projects`,
    init: () => ({ method: "PUT" }),
    outside: true,
  },
  { name: "storage without a signature", url: ({ storage }) => `${storage}/x`, outside: true },
  { name: "the mock's switches", url: ({ space }) => `${space}/__mock/switches`, outside: true },
];

/** What an answer is, but for what only the way to ask decides: hosts, dates, and the wire's own headers. */
async function describeAnswer(response: Response, { platform }: Scene) {
  const wire = ["date", "connection", "keep-alive", "transfer-encoding"];
  const headers = Object.fromEntries(
    [...response.headers].filter(([name]) => !wire.includes(name)),
  );
  const bytes = new Uint8Array(await response.arrayBuffer());
  const type = headers["content-type"] ?? "";
  const isText = /json|xml/.test(type);
  // Of text the server counts the bytes, links and their hosts included; of media the platform does.
  if (isText) delete headers["content-length"];
  const text = Object.entries(platform.origins).reduce(
    (body, [role, origin]) => body.replaceAll(origin, `{${role}}`),
    isText ? new TextDecoder().decode(bytes) : "",
  );
  return { status: response.status, headers, body: isText ? text : bytes };
}

const inProcess = createPlatform(options);
const fetchInProcess = createFetch(inProcess);
const underMsw = createPlatform(options);
const msw = setupServer(...handlers(underMsw));
let overHttp: Awaited<ReturnType<typeof startMockServer>>;

beforeAll(async () => {
  overHttp = await startMockServer({ port: 0, platform: options });
  msw.listen({ onUnhandledRequest: "bypass" });
});
afterAll(async () => {
  msw.close();
  await overHttp.close();
});

async function ask(platform: Platform, asked: Asked, fetch: typeof globalThis.fetch) {
  const set = scene(platform);
  const init: RequestInit = { redirect: "manual", ...asked.init?.(set) };
  const ask = asked.outside ? fetch : validatingFetch(fetch);
  const answer = await describeAnswer(await ask(asked.url(set), init), set);
  const last = platform.journal.entries().at(-1);
  // Where it is reached is all that differs.
  const role = last?.originUrl === platform.origins[last?.origin ?? "space"] ? last?.origin : null;
  return { answer, entry: last && { ...last, originUrl: role } };
}

describe("in process, under MSW and over HTTP the platform answers the same", () => {
  test.each(requests)("$name", async (asked) => {
    const local = await ask(inProcess, asked, fetchInProcess);
    const intercepted = await ask(underMsw, asked, globalThis.fetch);
    const served = await ask(overHttp.platform, asked, globalThis.fetch);
    expect(local.entry?.status).toBe(local.answer.status);
    expect(intercepted).toEqual(local);
    expect(served).toEqual(local);
  });

  test("to a redirect, followed without credentials", async () => {
    const platforms = [
      [inProcess, fetchInProcess],
      [underMsw, globalThis.fetch],
      [overHttp.platform, globalThis.fetch],
    ] as const;
    for (const [platform, fetch] of platforms) {
      const { recording, root } = scene(platform);
      platform.setSwitches({ redirectToStorage: true });
      const response = await fetch(recording.urls.files, { headers: root });
      expect(response.status).toBe(200);
      expect((await response.arrayBuffer()).byteLength).toBe(recording.recording.files.wav.size);
      expect(response.redirected).toBe(true);
      const seen = platform.journal.entries().map(({ origin, authorization }) => ({
        origin,
        authorization,
      }));
      expect(seen).toEqual([
        { origin: "files", authorization: true },
        { origin: "storage", authorization: false },
      ]);
    }
  });
});
