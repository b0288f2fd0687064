import { execFile } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer as createPort } from "node:net";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { matchers } from "@media-protection/mock/matchers";
import { chromium } from "playwright-core";
import { createServer } from "vite";
import { describe, expect, test } from "vitest";
import { findChromium } from "../helpers/packages/chromium.js";
import {
  readMarkdown,
  type Snippet,
  snippetsOf,
  typeErrors,
  Workbench,
} from "../helpers/readme/readme.js";

// The recipes of mock/README.md, each run as it stands by the tool that it is for.

const root = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);
const snippets = snippetsOf(await readMarkdown("mock/README.md"));

function snippet(heading: string): Snippet {
  const found = snippets.find((one) => one.heading === heading);
  if (found === undefined) throw new TypeError(`The README has no example under ${heading}.`);
  return found;
}

/** Runs a tool, whatever test runner this process itself belongs to. */
async function runTool(folder: string, ...args: string[]): Promise<string> {
  const { NODE_TEST_CONTEXT: _, VITEST: __, NODE_OPTIONS: ___, ...env } = process.env;
  const options = { cwd: folder, env: { ...env, NO_COLOR: "1", CI: "1" } };
  return (await run(process.execPath, args, options)).stdout;
}

const modules = join(root, "node_modules");

/** The most that a recipe may do, so that it takes no longer than a unit test on any machine. */
const most = { msWaited: 20, bytesMade: 200_000 };

/**
 * Before a recipe: counts what it does, whatever the clock says. Timers count when they have fired, for
 * as long as they were set; bytes as they come out of the maker of sound.
 */
const counted = (whenDone: string) => `
import { writeFileSync as writeWork } from "node:fs";
const work = { msWaited: 0, bytesMade: 0 };
const { setTimeout: setRealTimeout } = globalThis;
globalThis.setTimeout = Object.assign(
  (act, ms = 0, ...rest) => setRealTimeout((...all) => { work.msWaited += ms; act(...all); }, ms, ...rest),
  setRealTimeout,
);
const fillReal = Uint8Array.prototype.set;
Uint8Array.prototype.set = function (from, at) {
  work.bytesMade += from.length;
  return fillReal.call(this, from, at);
};
const saveWork = () => writeWork(new URL("work.json", import.meta.url), JSON.stringify(work));
${whenDone}
`;

async function workOf(folder: string): Promise<typeof most> {
  return JSON.parse(await readFile(join(folder, "work.json"), "utf8"));
}

function expectQuick(work: typeof most): void {
  expect(work.bytesMade).toBeGreaterThan(0);
  expect(work.bytesMade).toBeLessThan(most.bytesMade);
  expect(work.msWaited).toBeLessThan(most.msWaited);
}

describe("the recipes of the mock's README", () => {
  test("vitest", async () => {
    await using bench = await Workbench.open();
    // A worker of Vitest's ends without telling.
    const countedByVitest = counted(
      'import { afterAll as afterWork } from "vitest"; afterWork(saveWork);',
    );
    await writeFile(join(bench.folder, "recipe.test.ts"), countedByVitest + snippet("vitest").code);
    await writeFile(join(bench.folder, "vitest.config.mjs"), "export default {};\n");
    const tool = join(modules, "vitest/vitest.mjs");
    const told = await runTool(
      bench.folder,
      tool,
      "run",
      "--root",
      bench.folder,
      "--reporter=json",
    );
    expect(JSON.parse(told)).toMatchObject({ numPassedTests: 1, numFailedTests: 0 });
    expectQuick(await workOf(bench.folder));
  });

  test("node:test, as a process of its own", async () => {
    await using bench = await Workbench.open();
    const code = counted('process.once("exit", saveWork);') + snippet("node:test").code;
    await writeFile(join(bench.folder, "recipe.test.mjs"), code);
    const told = await runTool(bench.folder, "--test", "--test-reporter=tap", "recipe.test.mjs");
    expect(told).toMatch(/^# pass 1$/m);
    expect(told).toMatch(/^# fail 0$/m);
    expectQuick(await workOf(bench.folder));
  });

  // Installed by nobody here: `npm run test:consumers` runs it, in a fresh folder.
  test("Jest: the matchers that it uses are there", () => {
    const { code } = snippet("Jest");
    expect(code).toContain('import "@media-protection/mock/jest";');
    const used = [...code.matchAll(/\.(to[A-Z]\w+)\(/g)].map(([, name = ""]) => name);
    const known = [...Object.keys(matchers), "toBe"];
    expect(used.filter((name) => !known.includes(name))).toEqual([]);
  });

  test("Playwright", async () => {
    await using bench = await Workbench.open();
    await writeFile(join(bench.folder, "recipe.spec.mts"), snippet("Playwright").code);
    const use = { launchOptions: await findChromium() };
    const config = { testMatch: "*.mts", outputDir: join(bench.folder, "results"), use };
    await writeFile(
      join(bench.folder, "playwright.config.mjs"),
      `export default ${JSON.stringify(config)};\n`,
    );
    const tool = join(modules, "@playwright/test/cli.js");
    const told = await runTool(bench.folder, tool, "test", "--reporter=json");
    expect(JSON.parse(told).stats).toMatchObject({ expected: 1, unexpected: 0, flaky: 0 });
  });

  test("a Vite app", async () => {
    await using bench = await Workbench.open();
    const { folder } = bench;
    await mkdir(join(folder, "public"));
    const worker = "mockServiceWorker.js";
    await copyFile(join(root, "test/browser/public", worker), join(folder, "public", worker));
    await writeFile(join(folder, "main.ts"), snippet("A Vite app").code);
    const page = '<!doctype html><script type="module" src="/main.ts"></script>';
    await writeFile(join(folder, "index.html"), page);
    const server = await createServer({
      configFile: false,
      root: folder,
      cacheDir: join(folder, ".vite"),
      logLevel: "error",
      server: { host: "127.0.0.1", port: 0 },
    });
    try {
      await server.listen();
      await using elsewhere = await countConnections();
      const { args, ...found } = await findChromium();
      // Every host but the page's own is on a port of ours.
      const rules = `MAP * 127.0.0.1:${elsewhere.port}, EXCLUDE 127.0.0.1`;
      const browser = await chromium.launch({
        ...found,
        args: [...args, `--host-resolver-rules=${rules}`],
      });
      try {
        const tab = await browser.newPage();
        await tab.goto(server.resolvedUrls?.local[0] ?? "");
        await tab.waitForFunction(() => "mock" in globalThis);
        // biome-ignore lint/complexity/useArrowFunction: runs in the page, where names are its own
        const statuses = await tab.evaluate(async function () {
          const { platform } = (globalThis as unknown as { mock: { platform: Platform } }).mock;
          const open = await fetch(platform.addMessageMedia().urls.space);
          const denied = await fetch(platform.addRecording().urls.space);
          return [open.status, denied.status];
        });
        expect(statuses).toEqual([200, 401]);
        // The page's own route plays what is protected.
        // biome-ignore lint/complexity/useArrowFunction: runs in the page, where names are its own
        const duration = await tab.evaluate(async function () {
          const { platform } = (globalThis as unknown as { mock: { platform: Platform } }).mock;
          const { id } = platform.addRecording().recording;
          const audio = new Audio(`/recordings/${id}`);
          await new Promise((loaded, failed) => {
            audio.onloadedmetadata = loaded;
            audio.onerror = failed;
          });
          return audio.duration;
        });
        expect(duration).toBeGreaterThan(1);
        // Nothing leaves for the platform itself, whatever its host; the count is that of connections.
        const left = async (url: string) => {
          const before = elsewhere.connections;
          const answered = await tab.evaluate(
            (to) =>
              fetch(to, { headers: { authorization: "Basic synthetic" } }).then(
                () => true,
                () => false,
              ),
            url,
          );
          return { answered, connections: elsewhere.connections - before };
        };
        for (const host of [
          "files.signalwire.com.",
          "other.signalwire.com",
          "api.signalwire.com:8443",
        ]) {
          for (const scheme of ["https", "http"]) {
            const nothing = { answered: false, connections: 0 };
            expect(await left(`${scheme}://${host}/x`), `${scheme}://${host}`).toEqual(nothing);
          }
        }
        // So that none would be counted.
        expect((await left("http://elsewhere.example:8443/x")).connections).toBeGreaterThan(0);
      } finally {
        await browser.close();
      }
    } finally {
      await server.close();
    }
  });

  test("faults", async () => {
    await using bench = await Workbench.open();
    const { code } = snippet("Faults on command");
    const { stdout } = await bench.run(
      `${code.replace("platform.faults.clear", "console.log(platform.faults.size);\n$&")}
       console.log(platform.faults.size);`,
    );
    expect(stdout).toBe("3\n0\n");
  });

  test("compile in a strict project", async () => {
    const headings = ["Faults on command", "vitest", "node:test", "Playwright"];
    const vite = snippet("A Vite app");
    const code = `/// <reference types="vite/client" />\nexport {};\n${vite.code}`;
    expect(await typeErrors([...headings.map(snippet), { ...vite, code }])).toEqual([]);
  });
});

/** A port that ends every connection and counts them. */
async function countConnections() {
  let connections = 0;
  const server = createPort((socket) => {
    connections++;
    socket.destroy();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** As much of the platform as the page is asked for. */
interface Platform {
  addRecording(): {
    readonly recording: { readonly id: string };
    readonly urls: { readonly space: string };
  };
  addMessageMedia(): { readonly urls: { readonly space: string } };
}
