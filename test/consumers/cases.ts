import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** What a stranger does in a fresh folder. */
export interface Case {
  readonly name: string;
  /** Which of the managers installs. @default "npm" */
  readonly manager?: "npm" | "pnpm" | "yarn" | "bun";
  /** Whether ours are installed from their tarballs, as `npm run pack` says. @default from a registry */
  readonly fromTarballs?: boolean;
  /** What is installed, besides the SDK and the mock. */
  readonly install?: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** Fields of its package.json. */
  readonly manifest?: object;
  /** What is run then; each must end with status 0. */
  readonly run: readonly (readonly string[])[];
  /** What the last of them prints. */
  readonly says: RegExp;
}

const root = resolve(import.meta.dirname, "../../..");
const example = (path: string) => readFileSync(join(root, "examples", path), "utf8");

/** The first block of a language under a heading of the mock's README. */
function readmeBlock(heading: string, language: "ts" | "json"): string {
  const readme = readFileSync(join(root, "mock/README.md"), "utf8");
  const [, section = ""] = readme.split(`\n### ${heading}\n`);
  const [, block] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(section) ?? [];
  if (block === undefined)
    throw new TypeError(`mock/README.md has no ${language} under ${heading}.`);
  return block;
}

/** A protected recording is played and saved, from a mock of its own. */
const app = `
import { createClient } from "@media-protection/sdk";
import { saveMedia } from "@media-protection/sdk/node";
import { verifyWebhook } from "@media-protection/sdk/webhooks";
import { startMockServer } from "@media-protection/mock/server";
const mock = await startMockServer({ port: 0 });
const client = createClient({ space: mock.url, ...mock.platform.credentials });
await client.protection.enable("all");
const { urls } = mock.platform.addRecording({ seconds: 1 });
const denied = (await fetch(urls.space)).status;
const { size } = await saveMedia(client, urls.space, "saved/");
await mock.close();
console.log("denied", denied, "saved", size > 1000, typeof verifyWebhook);
process.exit();
`;
const played = /^denied 401 saved true function$/m;
const version = /^\d+\.\d+\.\d+$/m;

/** Asks a server of an example for a protected recording, and ends it. */
const asking = (start: string) => `
import { startMockServer } from "@media-protection/mock/server";
const mock = await startMockServer({ port: 0 });
const { projectId, apiToken } = mock.platform.credentials;
process.env.SIGNALWIRE_SPACE = mock.url;
process.env.SIGNALWIRE_PROJECT_ID = projectId;
process.env.SIGNALWIRE_API_TOKEN = apiToken;
mock.platform.setProtection(projectId, { recordings: true });
const { recording } = mock.platform.addRecording({ seconds: 1 });
${start}
const headers = { range: "bytes=0-99", cookie: "session=x" };
const answer = await fetch(base + "/recordings/" + recording.id, { headers });
const { length } = new Uint8Array(await answer.arrayBuffer());
console.log("answered", answer.status, answer.headers.get("content-type"), length);
process.exit();
`;
const answered = /^answered 206 audio\/mpeg 100$/m;

const listen = `
import { createServer } from "node:http";
const server = createServer(handler);
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = "http://127.0.0.1:" + server.address().port;
`;

const suite = (imports: string) => `
${imports}
import { setupMock } from "@media-protection/mock/node";
import { createClient } from "@media-protection/sdk";
const mock = setupMock();
beforeAll(() => mock.listen());
afterAll(() => mock.close());
test("a protected recording opens with credentials only", async () => {
  const client = createClient({ space: "example", ...mock.platform.credentials });
  const { urls } = mock.platform.addRecording({ seconds: 1 });
  await client.protection.enable(["recordings"]);
  expect((await fetch(urls.space)).status).toBe(401);
  const media = await client.media.download(urls.space);
  expect((await media.bytes()).length).toBeGreaterThan(1000);
});
`;

/** What apps write in TypeScript, on frameworks whose types are their own. */
const typedApp: Readonly<Record<string, string>> = {
  "express.ts": `
import { clientFromEnv, sendMedia } from "@media-protection/sdk/node";
import { createMediaReceiver } from "@media-protection/sdk/webhooks";
import express from "express";
const client = clientFromEnv();
const receive = createMediaReceiver({ signingKey: "x", publicUrl: "https://hooks.example.com", onMedia() {} });
export const app = express();
app.get("/recordings/:id", (req, res) =>
  sendMedia(client, { kind: "recording", recordingId: req.params.id }, req, res));
app.post("/hooks", async (req, res) => { res.sendStatus((await receive(req)).status); });`,
  "http.ts": `
import { createServer } from "node:http";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { clientFromEnv, saveMedia, sendMedia } from "@media-protection/sdk/node";
import { startMockServer } from "@media-protection/mock/server";
const client = clientFromEnv();
const mock = await startMockServer({ port: 0, platform: undefined, https: undefined });
createServer((req, res) => void sendMedia(client, { kind: "recording", recordingId: "x" }, req, res));
const { path }: { path: string } = await saveMedia(client, mock.url, "x/", { resume: undefined, onProgress: undefined });
const media = await client.media.download(path, { signal: undefined });
for await (const chunk of media.body) chunk.byteLength;
export const sink = (out: NodeJS.WritableStream, bytes: Uint8Array) => pipeline(Readable.from([bytes]), out);`,
  "hono.ts": `
import { clientFromEnv } from "@media-protection/sdk/node";
import { serveMedia } from "@media-protection/sdk/players";
import { Hono } from "hono";
const client = clientFromEnv();
export const app = new Hono();
app.get("/recordings/:id", (c) =>
  serveMedia(client, { kind: "recording", recordingId: c.req.param("id") }, c.req.raw));`,
  "route.ts": `
import { clientFromEnv } from "@media-protection/sdk/node";
import { serveMedia } from "@media-protection/sdk/players";
import { createMediaReceiver } from "@media-protection/sdk/webhooks";
import type { NextRequest } from "next/server.js";
const client = clientFromEnv();
interface Context { readonly params: Promise<{ id: string }> }
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  return serveMedia(client, { kind: "recording", recordingId: (await params).id }, request);
}
export const POST: (request: NextRequest) => Promise<Response> =
  createMediaReceiver({ signingKey: "x", publicUrl: "https://hooks.example.com", onMedia() {} });`,
};

const typedConfig = (exact: boolean) =>
  JSON.stringify({
    compilerOptions: {
      ...{ target: "es2022", module: "nodenext", strict: true, noEmit: true, types: ["node"] },
      // The frameworks' own types are theirs; ours are checked by `npm run test:compilers`.
      ...{
        skipLibCheck: true,
        exactOptionalPropertyTypes: exact,
        lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
      },
    },
    files: Object.keys(typedApp),
  });

/** Apps in TypeScript, under the types of each Node. */
const typed: readonly Case[] = ["20.19.43", "22.20.5", "24.19.2", "25.9.9", "26.6.6"].map(
  (node) => ({
    name: `Types of Express 5, Hono and Next.js with @types/node ${node.split(".")[0]}`,
    install: [
      ...["typescript@5.9.3", `@types/node@${node}`, "express@5.3.0", "@types/express@5.0.6"],
      ...["hono@4.13.19", "next@15.5.29", "react@19.1.10", "react-dom@19.1.10", "msw@2.15.0"],
    ],
    files: {
      ...typedApp,
      "tsconfig.json": typedConfig(false),
      "exact.json": typedConfig(true),
      "done.js": 'console.log("compiled");',
    },
    run: [
      ["node", "node_modules/typescript/bin/tsc", "-p", "tsconfig.json"],
      ["node", "node_modules/typescript/bin/tsc", "-p", "exact.json"],
      ["node", "done.js"],
    ],
    says: /^compiled$/m,
  }),
);

export const cases: readonly Case[] = [
  ...typed,
  ...(["npm", "pnpm", "yarn", "bun"] as const).flatMap((manager) =>
    [false, true].map((fromTarballs) => ({
      name: `${manager} installs ${fromTarballs ? "tarballs" : "from a registry"}, and a recording is saved`,
      ...{ manager, fromTarballs },
      files: { "app.js": app },
      run: [["node", "app.js"]],
      says: played,
    })),
  ),
  {
    name: "the mock's command is npx's",
    files: {},
    run: [
      ["npx", "--no", "@media-protection/mock", "--version"],
      ["npx", "--no", "media-protection-mock", "--version"],
    ],
    says: version,
  },
  {
    name: "CommonJS requires it",
    manifest: { type: "commonjs" },
    files: {
      "app.js": `
        const { createClient } = require("@media-protection/sdk");
        const { saveMedia } = require("@media-protection/sdk/node");
        console.log(typeof createClient, typeof saveMedia);`,
    },
    run: [["node", "app.js"]],
    says: /^function function$/m,
  },
  {
    name: "Vitest",
    install: ["vitest@4.1.12", "msw@2.15.0"],
    files: {
      "media.test.js": suite('import { afterAll, beforeAll, expect, test } from "vitest";'),
    },
    run: [["npx", "--no", "vitest", "run"]],
    says: /1 passed/,
  },
  {
    name: "Jest",
    install: ["jest@30.5.2", "msw@2.15.0"],
    manifest: { jest: { transform: {} } },
    files: {
      "media.test.js": suite(`
import "@media-protection/mock/jest";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
afterEach(() => expect(mock.platform.journal).toHaveNoCredentialsOutside(["space"]));`),
    },
    run: [["node", "--experimental-vm-modules", "node_modules/jest/bin/jest.js"]],
    says: /1 passed/,
  },
  {
    name: "the command",
    install: ["@media-protection/cli"],
    files: {
      "all.js": `
import "@media-protection/gateway"; import "@media-protection/gateway/links"; import "@media-protection/gateway/node";
import "@media-protection/export"; import "@media-protection/export/view"; import "@media-protection/export/command";`,
    },
    run: [
      ["node", "all.js"],
      ["npx", "--no", "media-protection", "--version"],
    ],
    says: version,
  },
  {
    name: "Jest in TypeScript, by the README's recipe",
    install: [
      "jest@30.5.2",
      "msw@2.15.0",
      "ts-jest@29.4.15",
      "typescript@5.9.3",
      "@types/node@22.20.5",
    ],
    manifest: JSON.parse(readmeBlock("Jest", "json")),
    files: {
      "media.test.ts": readmeBlock("Jest", "ts"),
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          ...{ target: "es2022", module: "nodenext", strict: true, skipLibCheck: true },
          ...{ lib: ["es2023", "dom", "dom.iterable"], types: ["node"], isolatedModules: false },
        },
      }),
    },
    // What the matchers' types do not say does not compile, and the test fails for it.
    run: [["node", "--experimental-vm-modules", "node_modules/jest/bin/jest.js"]],
    says: /1 passed/,
  },
  {
    name: "node:test",
    install: ["msw@2.15.0"],
    files: {
      "media.test.js": suite(`
import { after as afterAll, before as beforeAll, test } from "node:test";
import assert from "node:assert/strict";
const expect = (value) => ({
  toBe: (other) => assert.equal(value, other),
  toBeGreaterThan: (other) => assert.ok(value > other),
});`),
    },
    run: [["node", "--test"]],
    says: /pass 1$/m,
  },
  {
    name: "Playwright",
    install: ["@playwright/test@1.65.1"],
    files: {
      "media.spec.js": `
import { expect, test } from "@playwright/test";
import { startMockServer } from "@media-protection/mock/server";
test("a protected recording is denied", async ({ request }) => {
  const mock = await startMockServer({ port: 0 });
  const { platform } = mock;
  platform.setProtection(platform.credentials.projectId, { recordings: true });
  const { urls } = platform.addRecording({ seconds: 1 });
  expect((await request.get(urls.space)).status()).toBe(401);
  await mock.close();
});`,
    },
    run: [["npx", "--no", "playwright", "test"]],
    says: /1 passed/,
  },
  {
    name: "Express",
    install: ["express@5.3.0"],
    files: {
      "server.js": example("express/server.js"),
      "ask.js": asking(`const { app: handler } = await import("./server.js");${listen}`),
    },
    run: [["node", "ask.js"]],
    says: answered,
  },
  {
    name: "Fastify",
    install: ["fastify@5.12.8"],
    files: {
      "server.js": example("fastify/server.js"),
      "ask.js": asking(`
const { app } = await import("./server.js");
const base = await app.listen({ port: 0, host: "127.0.0.1" });`),
    },
    run: [["node", "ask.js"]],
    says: answered,
  },
  {
    name: "Hono",
    install: ["hono@4.13.19", "@hono/node-server@2.1.9"],
    files: {
      "server.js": example("hono/server.js"),
      "ask.js": asking(`
const { app } = await import("./server.js");
const base = "http://127.0.0.1";
const fetch = (url, init) => app.request(url, init);`),
    },
    run: [["node", "ask.js"]],
    says: answered,
  },
  {
    name: "Next.js",
    install: ["next@15.5.29", "react@19.1.10", "react-dom@19.1.10"],
    files: {
      "app/layout.js":
        "export default ({ children }) => <html lang='en'><body>{children}</body></html>;",
      "app/recordings/[id]/route.js": example("nextjs/app/recordings/[id]/route.js"),
      "ask.js": asking(`
import { spawn } from "node:child_process";
import { createServer } from "node:net";
const probe = createServer();
await new Promise((ready) => probe.listen(0, "127.0.0.1", ready));
const { port } = probe.address();
await new Promise((closed) => probe.close(closed));
const next = spawn("npx", ["--no", "next", "start", "-p", port, "-H", "127.0.0.1"], { detached: true });
process.on("exit", () => process.kill(-next.pid));
for await (const chunk of next.stdout) if (/Ready/.test(chunk)) break;
const base = "http://127.0.0.1:" + port;`),
    },
    run: [
      ["npx", "--no", "next", "build"],
      ["node", "ask.js"],
    ],
    says: answered,
  },
  {
    name: "Vite",
    install: ["vite@7.1.12"],
    files: {
      "index.html": '<script type="module" src="/main.js"></script>',
      "main.js": `
import { createClient } from "@media-protection/sdk";
const client = createClient({ space: "example", projectId: "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a", apiToken: async () => (await fetch("/token")).text() });
client.protection.get().then(console.log);`,
      "look.js": `
import { readdirSync, readFileSync } from "node:fs";
const code = readdirSync("dist/assets").map((file) => readFileSync("dist/assets/" + file, "utf8")).join("");
console.log("node modules", code.match(/["'](?:node:)?(?:https?|fs|crypto|net)["']/g));`,
    },
    run: [
      ["npx", "--no", "vite", "build"],
      ["node", "look.js"],
    ],
    says: /^node modules null$/m,
  },
];
