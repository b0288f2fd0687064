import { createHash, createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { startOrigin } from "../helpers/origins/origin.js";
import { faultySha256, startFaultyOrigin } from "./faulty-origin.js";
import type { RuntimeReport, World, WorldMedium } from "./world.js";

/** Serves one runtime: the page, the world, and the place to report to. */
export interface Host extends AsyncDisposable {
  readonly origin: string;
  /** Resolves when the runtime reports. */
  readonly report: Promise<RuntimeReport>;
}

/** Starts a host with a mock of its own. @param pages the folder of what a page loads */
export async function startHost(pages: string): Promise<Host> {
  const mock = await startMockServer({ port: 0 });
  const faulty = await startFaultyOrigin();
  const world = await describeWorld(mock, faulty.origin);
  let resolve: (report: RuntimeReport) => void = () => {};
  const promise = new Promise<RuntimeReport>((settle) => {
    resolve = settle;
  });
  const host = await startOrigin(async (request, response) => {
    if (request.url === "/world") response.end(JSON.stringify(world));
    else if (request.url === "/report") {
      const chunks = await request.toArray();
      resolve(JSON.parse(Buffer.concat(chunks).toString()));
      response.end();
    } else if (request.url === "/") {
      response.setHeader("content-type", "text/html");
      response.end('<!doctype html><script type="module" src="/entry-page.js"></script>');
    } else if (/^\/[\w.-]+\.js$/.test(request.url ?? "")) {
      response.setHeader("content-type", "text/javascript");
      response.end(await readFile(join(pages, request.url ?? "")));
    } else response.writeHead(404).end();
  });
  return {
    origin: host.origin,
    report: promise,
    async [Symbol.asyncDispose]() {
      await Promise.all([host, faulty, mock].map((one) => one[Symbol.asyncDispose]()));
    },
  };
}

async function describeWorld(mock: MockServer, faultyOrigin: string): Promise<World> {
  const { platform, origins } = mock;
  const added = {
    recording: platform.addRecording({ seconds: 30 }).urls,
    messageMedia: platform.addMessageMedia({ contentType: "image/png" }).urls,
    faxMedia: platform.addFaxMedia({ pages: 2 }).urls,
  };
  const media = await Promise.all(
    // The keys of an object literal are the keys that it was written with.
    (Object.keys(added) as (keyof typeof added)[]).map(async (kind): Promise<WorldMedium> => {
      const { space, files } = added[kind];
      const bytes = Buffer.from(await (await fetch(space)).arrayBuffer());
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { kind, space, files, sha256, size: bytes.length };
    }),
  );
  const account = `/api/laml/2010-04-01/Accounts/${platform.credentials.projectId}`;
  return {
    origins,
    ...platform.credentials,
    projectIds: idsIn(await read(mock, "/api/projects?page_size=1000"), "data", "id"),
    recordingIds: idsIn(
      await read(mock, `${account}/Recordings.json?PageSize=1000`),
      "recordings",
      "sid",
    ),
    media,
    callback: signedCallback(added.recording.space),
    deadOrigin: await deadOrigin(),
    faultyOrigin,
    faultySha256,
  };
}

/** The platform's own answer, read without the SDK. */
async function read({ url, platform }: MockServer, path: string): Promise<unknown> {
  const { projectId, apiToken } = platform.credentials;
  const authorization = `Basic ${Buffer.from(`${projectId}:${apiToken}`).toString("base64")}`;
  return (await fetch(url + path, { headers: { authorization } })).json();
}

function idsIn(answer: unknown, list: string, id: string): string[] {
  // The mock's own answer: an object with a list of objects under that name.
  const items = (answer as Record<string, Record<string, string>[]>)[list] ?? [];
  return items.map((item) => item[id] ?? "");
}

/** A form callback, signed here with Node's own cryptography. */
function signedCallback(recordingUrl: string): World["callback"] {
  const url = "https://hooks.example.com/recordings";
  const signingKey = "PSKsynthetic";
  const fields = { RecordingSid: recordingUrl.split("/").at(-1) ?? "", RecordingUrl: recordingUrl };
  const signed = `${url}${Object.entries(fields).flat().join("")}`;
  const signature = createHmac("sha256", signingKey).update(signed).digest("base64");
  return { url, body: new URLSearchParams(fields).toString(), signingKey, signature };
}

/** An origin where a port was free a moment ago. */
async function deadOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new TypeError("No TCP port.");
  return `http://127.0.0.1:${address.port}`;
}
