import { execFile } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer as createPort } from "node:net";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
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

describe("the recipes of the mock's README", () => {
  test("vitest", async () => {
    await using bench = await Workbench.open();
    await writeFile(join(bench.folder, "recipe.test.ts"), snippet("vitest").code);
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
  });

  test("node:test, as a process of its own", async () => {
    await using bench = await Workbench.open();
    await writeFile(join(bench.folder, "recipe.test.mjs"), snippet("node:test").code);
    const told = await runTool(bench.folder, "--test", "--test-reporter=tap", "recipe.test.mjs");
    expect(told).toMatch(/^# pass 1$/m);
    expect(told).toMatch(/^# fail 0$/m);
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
  addRecording(): { readonly urls: { readonly space: string } };
  addMessageMedia(): { readonly urls: { readonly space: string } };
}
