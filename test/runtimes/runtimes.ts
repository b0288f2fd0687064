import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { chromium } from "playwright-core";
import { findChromium } from "../helpers/packages/chromium.js";
import type { Consumer } from "./consumer.js";

/** One runtime to run the suite on. */
export interface Runtime {
  /** Its name in the table, and on the command line. */
  readonly name: string;
  /** What the runtime's own name, as it reports it, begins with. */
  readonly reportsAs: string;
  /** Its binary; `undefined` where there is none for this platform. */
  readonly find: () => Promise<string | undefined>;
  /** Asks the binary for its version. */
  readonly version: (binary: string) => Promise<string>;
  /** Runs the suite. Ends when the runtime has ended, or when the signal says so. */
  readonly run: (binary: string, task: Task) => Promise<void>;
}

/** What a runtime is started with. */
export interface Task {
  /** The runner's origin. */
  readonly origin: string;
  readonly consumer: Consumer;
  readonly signal: AbortSignal;
}

/** Where the runtimes' own packages are installed. */
export type Tools = string;

/** Every runtime, in the order of the table. */
export function allRuntimes(tools: Tools): Runtime[] {
  return [
    ...["20", "22", "24", "26"].map((major) => nodeRuntime(tools, major)),
    processRuntime("Bun", bunBinary(tools), ["run"]),
    // Nothing but the loopback network: no files, no environment.
    processRuntime("Deno", denoBinary(tools), ["run", "--no-prompt", "--allow-net=127.0.0.1"]),
    workerdRuntime(tools),
    chromiumRuntime,
  ];
}

function nodeRuntime(tools: Tools, major: string): Runtime {
  const packed = join(
    tools,
    "node_modules",
    `node-${major}-${process.platform}-${process.arch}/bin/node`,
  );
  const own = process.versions.node.startsWith(`${major}.`) ? process.execPath : undefined;
  return {
    ...processRuntime(`Node ${major}`, existsSync(packed) ? packed : (own ?? packed), []),
    reportsAs: `Node ${major}.`,
  };
}

function processRuntime(name: string, binary: string, args: readonly string[]): Runtime {
  return {
    name,
    reportsAs: `${name} `,
    find: async () => existing(binary),
    version: async (path) => versionIn(await output(path, ["--version"])),
    run: async (path, { origin, consumer, signal }) => {
      const entry = join(consumer.folder, "entry-process.js");
      await output(path, [...args, entry, origin], { cwd: consumer.folder, signal });
    },
  };
}

function bunBinary(tools: Tools): string {
  const arch = process.arch === "arm64" ? "aarch64" : process.arch;
  return join(tools, `node_modules/@oven/bun-${process.platform}-${arch}/bin/bun`);
}

function denoBinary(tools: Tools): string {
  const libc = process.platform === "linux" ? "-glibc" : "";
  return join(tools, `node_modules/@deno/${process.platform}-${process.arch}${libc}/deno`);
}

function workerdRuntime(tools: Tools): Runtime {
  const arch = process.arch === "x64" ? "64" : process.arch;
  const binary = join(
    tools,
    `node_modules/@cloudflare/workerd-${process.platform}-${arch}/bin/workerd`,
  );
  return {
    name: "workerd",
    reportsAs: "workerd",
    find: async () => existing(binary),
    version: async (path) => versionIn(await output(path, ["--version"])),
    run: async (path, { origin, consumer, signal }) => {
      const config = join(consumer.worker, "config.capnp");
      await writeFile(config, workerConfig(await readdir(consumer.worker), origin));
      await output(path, ["test", config], { cwd: consumer.worker, signal });
    },
  };
}

/** A worker of those modules, the entry first, which reaches loopback and nothing else. */
function workerConfig(files: readonly string[], runner: string): string {
  const modules = files
    .filter((name) => name.endsWith(".js"))
    .sort((a, b) => Number(b === "entry-worker.js") - Number(a === "entry-worker.js"))
    .map((name) => `( name = "${name}", esModule = embed "${name}" )`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ( name = "suite", worker = (
      modules = [ ${modules.join(", ")} ],
      bindings = [ ( name = "RUNNER", text = "${runner}" ) ],
      compatibilityDate = "2026-01-01",
      globalOutbound = "loopback"
    ) ),
    ( name = "loopback", network = ( allow = ["127.0.0.0/8"] ) )
  ]
);
`;
}

const chromiumRuntime: Runtime = {
  name: "Chromium",
  reportsAs: "Chromium ",
  find: async () => {
    // @sparticuz/chromium packs a binary for Linux x64 only.
    const { executablePath } = await findChromium();
    return existing(executablePath);
  },
  version: async (path) => versionIn(await output(path, ["--version", "--no-sandbox"])),
  run: async (executablePath, { origin, signal }) => {
    const { args } = await findChromium();
    const browser = await chromium.launch({ executablePath, args });
    try {
      const page = await browser.newPage();
      const reported = page.waitForResponse(`${origin}/report`, { timeout: 0 });
      const broken = new Promise<never>((_, reject) => {
        page.on("pageerror", reject);
        signal.addEventListener("abort", () => reject(signal.reason));
      });
      await page.goto(origin);
      await Promise.race([reported, broken]);
    } finally {
      await browser.close();
    }
  },
};

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}

function versionIn(text: string): string {
  return /\d+(?:\.\d+)+|\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? text.trim();
}

/** What a command prints. @throws with the end of what it printed, unless it ends with status 0 */
async function output(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly signal?: AbortSignal } = {},
): Promise<string> {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  const [status, killedBy] = await once(child, "close");
  if (status === 0) return printed;
  throw new Error(`ended with ${status ?? killedBy}: ${printed.slice(-2000).trim()}`);
}
