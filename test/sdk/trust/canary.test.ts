import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as sdk from "@media-protection/sdk";
import { type ClientOptions, createClient } from "@media-protection/sdk";
import * as node from "@media-protection/sdk/node";
import { saveAll, saveMedia } from "@media-protection/sdk/node";
import * as webhooks from "@media-protection/sdk/webhooks";
import { verifyWebhook } from "@media-protection/sdk/webhooks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  careless,
  cut,
  echoes,
  mediumOf,
  talkative,
} from "../../helpers/origins/careless-server.js";
import { projectId, recording, recordingUrl } from "../../helpers/origins/scripted-client.js";
import { type Step, scriptedFetch, silence } from "../../helpers/origins/scripted-fetch.js";
import { basic, canary, expectNoCanary, expectNoCanaryIn } from "../../helpers/secrets/canary.js";

let folder: string;
/** What went to the console or a standard stream. */
let printed: unknown[];
/** The names of the errors that were seen. */
const seen = new Set<string>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "canary-"));
  printed = [];
  for (const method of ["debug", "log", "info", "warn", "error", "trace"] as const) {
    vi.spyOn(console, method).mockImplementation((...args) => void printed.push(args));
  }
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      printed.push(text);
      return true;
    });
  }
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

type Client = ReturnType<typeof createClient>;

interface Failing {
  readonly error: string;
  readonly steps: readonly Step[];
  readonly call: (client: Client) => Promise<unknown>;
  readonly options?: Partial<ClientOptions>;
}

const download = (client: Client) => client.media.download(recording);
const read = async (client: Client) => (await download(client)).bytes();
const target = () => join(folder, "call.wav");
const save = (client: Client) => saveMedia(client, recording, target(), { resume: true });

const failures: Record<string, Failing> = {
  "401 for media": { error: "AuthenticationError", steps: [careless(401)], call: download },
  "401 for metadata": {
    error: "AuthenticationError",
    steps: [careless(401)],
    call: (client) => client.projects.get(),
  },
  "403": { error: "PermissionError", steps: [careless(403)], call: download },
  "404": { error: "NotFoundError", steps: [careless(404)], call: download },
  "404 for too long": {
    error: "MediaNotReadyError",
    steps: [careless(404)],
    call: (client) => client.media.download(recording, { waitUntilReady: 5 }),
  },
  "410": { error: "ResponseError", steps: [careless(410)], call: download },
  "422": {
    error: "ValidationError",
    steps: [careless(422)],
    call: (client) => client.protection.enable("all"),
  },
  "429 again and again": {
    error: "RateLimitError",
    steps: [careless(429, { "retry-after": "0" })],
    call: download,
  },
  "503 again and again": { error: "ServerError", steps: [careless(503)], call: download },
  "an error body that is no JSON": {
    error: "ServerError",
    steps: [async () => new Response(`${canary} Basic ${basic}`, { status: 500, headers: echoes })],
    call: (client) => client.recordings.delete(recording.recordingId),
  },
  "no connection": { error: "ConnectionError", steps: [talkative], call: download },
  "no connection for metadata": {
    error: "ConnectionError",
    steps: [talkative],
    call: (client) => client.protection.get(),
  },
  "no answer in time": {
    error: "TimeoutError",
    steps: [silence],
    call: download,
    options: { timeout: 20, attemptTimeout: 5 },
  },
  "a redirect to where there is userinfo": {
    error: "RedirectError",
    steps: [careless(302, { location: `https://p:${canary.slice(0, 24)}@h.example/x` })],
    call: download,
  },
  "a redirect to a host that is named like the token": {
    error: "RedirectError",
    steps: [careless(302, { location: `https://h.example/${basic}?${canary}` })],
    call: download,
    options: { redirectOrigins: [] },
  },
  "a redirect that cannot be read": {
    error: "RedirectError",
    steps: [careless(302, { location: `https://[${canary}` })],
    call: download,
  },
  "a redirect of metadata": {
    error: "RedirectError",
    steps: [careless(307, { location: `https://h.example/${basic}` })],
    call: (client) => client.projects.get(),
  },
  "a failure after a redirect": {
    error: "PermissionError",
    steps: [careless(302, { location: `https://h.example/${basic}` }), careless(403)],
    call: download,
  },
  "a body cut, whose error repeats the token": {
    error: "IntegrityError",
    steps: [
      async () => {
        const body = new ReadableStream({
          pull: (controller) => controller.error(new TypeError(`terminated: Basic ${basic}`)),
        });
        return new Response(body, { headers: { "content-type": "audio/wav", ...echoes } });
      },
    ],
    call: read,
  },
  "a type that repeats the token": {
    error: "IntegrityError",
    steps: [mediumOf("x", { "content-type": `text/${basic}; a=${canary}` })],
    call: read,
  },
  "a coding that repeats the token": {
    error: "IntegrityError",
    steps: [mediumOf("x", { "content-encoding": canary })],
    call: read,
  },
  "an error page in place of media": {
    error: "IntegrityError",
    steps: [mediumOf(`<html>${canary} ${basic}`)],
    call: read,
  },
  "JSON that is none": {
    error: "UnexpectedAnswerError",
    steps: [mediumOf(`{${canary} ${basic}`, { "content-type": "application/json" })],
    call: (client) => client.projects.get(),
  },
  "a page in place of metadata": {
    error: "UnexpectedAnswerError",
    steps: [mediumOf(`<html>${canary} ${basic}`, { "content-type": "text/html" })],
    call: (client) => client.projects.get(),
  },
  "a switch that was not set": {
    error: "UnexpectedAnswerError",
    steps: [mediumOf(JSON.stringify({ [canary]: basic }), { "content-type": "application/json" })],
    call: (client) => client.protection.enable("all"),
  },
  "a URL with the token as userinfo": {
    error: "UntrustedUrlError",
    steps: [careless(500)],
    call: (client) => client.media.download(recordingUrl.replace("//", `//p:${canary}@`)),
  },
  "a URL with the token in its query, at another origin": {
    error: "UntrustedUrlError",
    steps: [careless(500)],
    call: (client) => client.media.download(`https://h.example/?api_token=${canary}`),
  },
  "a token that cannot be sent": {
    error: "OptionError",
    steps: [careless(500)],
    call: download,
    options: { apiToken: async () => `${canary}\n` },
  },
  "the token where another option belongs": {
    error: "OptionError",
    steps: [careless(500)],
    call: (client) => client.projects.get(canary),
  },
  "a save whose body is cut, with its partial": {
    error: "IntegrityError",
    steps: [cut],
    call: save,
    options: { retry: { retries: 0 } },
  },
  "a save that cannot be resumed": {
    error: "PermissionError",
    steps: [cut, careless(403)],
    call: save,
  },
  "a save over a file": {
    error: "FileExistsError",
    steps: [cut],
    call: async (client) => {
      await writeFile(target(), "");
      return save(client);
    },
  },
  "a save where there is no folder": {
    error: "DiskError",
    steps: [cut],
    call: async (client) => {
      await writeFile(join(folder, "file"), "");
      return saveMedia(client, recording, join(folder, "file", "call.wav"));
    },
  },
  "a save of many, with its manifest": {
    error: "SaveAllError",
    steps: [mediumOf("RIFF", { etag: '"v1"', "content-length": "4" }), careless(404)],
    call: async (client) => {
      await mkdir(join(folder, "all"));
      const second = { ...recording, recordingId: projectId };
      return saveAll(client, [recording, second], join(folder, "all"), { concurrency: 1 });
    },
  },
  "a save of many, one of them by a URL with the token in it": {
    error: "SaveAllError",
    steps: [careless(500)],
    call: (client) => saveAll(client, [recordingUrl.replace("//", `//p:${canary}@`)], folder),
  },
  "a webhook of another key": {
    error: "WebhookError",
    steps: [careless(500)],
    call: () => {
      const headers = { "x-signalwire-sha256-signature": "0".repeat(64) };
      const url = `https://p:${canary}@hooks.example/?token=${canary}`;
      return verifyWebhook({ url, body: "{}", headers }, { signingKey: canary.replace("/", "_") });
    },
  },
};

test.each(Object.entries(failures))("%s tells nobody the token", async (_, failing) => {
  const { error: name, steps, call, options } = failing;
  const told: unknown[] = [];
  const hook = (event: unknown) => void told.push(event);
  const script = scriptedFetch(...steps);
  const client = createClient({
    space: "example",
    projectId,
    apiToken: canary,
    fetch: script.fetch,
    retry: { minDelay: 0, retries: 2 },
    onRequest: hook,
    onResponse: hook,
    onRetry: hook,
    ...options,
  });
  const error = await call(client).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  const output = printed.splice(0);
  vi.restoreAllMocks();
  expect(error).toMatchObject({ name });
  seen.add(name);
  expectNoCanary(error, "the error");
  expectNoCanary(told, "what hooks were told");
  expectNoCanary(client, "the client");
  expect(output, "what was printed").toEqual([]);
  await expectNoCanaryIn(folder);
  // The hooks were told of whatever was sent, so their silence means something.
  expect(told.length >= script.requests.length).toBe(true);
});

test("an interrupted save leaves files behind, which were looked at", async () => {
  const { fetch } = scriptedFetch(cut);
  const retry = { retries: 0 };
  const client = createClient({ space: "example", projectId, apiToken: canary, fetch, retry });
  await expect(save(client)).rejects.toMatchObject({ name: "IntegrityError" });
  expect(await expectNoCanaryIn(folder)).toBe(2);
});

test("every class of errors was among them", () => {
  const names = Object.keys({ ...sdk, ...node, ...webhooks });
  const classes = names.filter((name) => /^[A-Z]\w+Error$/.test(name));
  const root = "MediaProtectionError";
  expect([...seen].sort()).toEqual(classes.filter((name) => name !== root).sort());
});
