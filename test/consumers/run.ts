/**
 * `npm run test:consumers [-- name…]`: what strangers do, each in a fresh folder, with the packages as
 * they would be published. Needs the registry that npm is configured for. Ends with status 1 unless
 * everything passed that was asked for.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { contractIn, specOf } from "../helpers/packages/from-tarballs.js";
import { pack, published } from "../helpers/packages/packed.js";
import { type Case, cases } from "./cases.js";
import { startRegistry } from "./registry.js";

const folder = resolve(import.meta.dirname, "../../consumers");
const ours = ["@media-protection/sdk", "@media-protection/mock"];
const limit = 600_000;

/** How each manager is called, and what makes it ask our registry and no network but that. */
const managers = {
  npm: { command: "npm", args: ["install", "--no-audit", "--no-fund"] },
  pnpm: { command: "node", args: [join(folder, "node_modules/pnpm/bin/pnpm.cjs"), "add"] },
  yarn: {
    command: "node",
    args: [join(folder, "node_modules/@yarnpkg/cli-dist/bin/yarn.js"), "add"],
  },
  bun: {
    command: join(folder, `node_modules/@oven/bun-${process.platform}-${bunArch()}/bin/bun`),
    args: ["add"],
  },
} as const;

function bunArch(): string {
  return process.arch === "arm64" ? "aarch64" : process.arch;
}

async function tryCase(one: Case, registry: string, parent: string): Promise<void> {
  const { manager = "npm", fromTarballs = false } = one;
  const cwd = join(parent, one.name.replace(/\W+/g, "-"));
  await mkdir(cwd, { recursive: true });
  const files: Record<string, string> = {
    "package.json": JSON.stringify({
      name: "consumer",
      private: true,
      type: "module",
      ...(fromTarballs && contractIn(manager, tarballs)),
      ...one.manifest,
    }),
    ".npmrc": `registry=${registry}\n`,
    ".yarnrc.yml": [
      `npmRegistryServer: "${registry}"`,
      'unsafeHttpWhitelist: ["127.0.0.1"]',
      "nodeLinker: node-modules",
      "enableTelemetry: false",
      "enableGlobalCache: false",
      "enableScripts: false",
    ].join("\n"),
    // An empty lock makes it a project of its own, wherever the folder is.
    ...(manager === "yarn" ? { "yarn.lock": "" } : {}),
    ...one.files,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await writeFile(join(cwd, name), text);
  }
  const env = {
    ...process.env,
    NODE_ENV: "test",
    CI: "1",
    NO_COLOR: "1",
    NEXT_TELEMETRY_DISABLED: "1",
  };
  for (const name of Object.keys(env)) if (/^npm_/i.test(name)) Reflect.deleteProperty(env, name);
  const run = (command: string, args: readonly string[], more = {}) =>
    promisify(execFile)(command, args, {
      ...{ cwd, env: { ...env, ...more }, timeout: limit, maxBuffer: 2 ** 26 },
    });
  const { command, args } = managers[manager];
  const own = fromTarballs ? tarballs.map(specOf) : ours;
  await run(command, [...args, ...own, ...(one.install ?? [])]);
  let said = "";
  for (const [program = "", ...rest] of one.run) {
    const isBuild = rest.includes("build") || rest.includes("ask.js");
    const { stdout, stderr } = await run(program, rest, isBuild ? { NODE_ENV: "production" } : {});
    said = `${stdout}\n${stderr}`;
  }
  if (!one.says.test(said)) throw new Error(`It said:\n${said}`);
}

const wanted = process.argv.slice(2).map((name) => name.toLowerCase());
const chosen = cases.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.toLowerCase().includes(part)),
);
await promisify(execFile)("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder });
const parent = await mkdtemp(join(tmpdir(), "media-protection-consumers-"));
const tarballs = await pack(Object.values(published), join(parent, "tarballs"));
await using registry = await startRegistry(tarballs);
let failed = 0;
for (const one of chosen) {
  const start = performance.now();
  const problem = await tryCase(one, registry.url, parent).then(
    () => undefined,
    (error: unknown) => error,
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  process.stdout.write(`${problem ? "FAILED" : "passed"}  ${one.name} (${seconds} s)\n`);
  if (!problem) continue;
  failed++;
  const output = ["message", "stdout", "stderr"].map((name) => Reflect.get(Object(problem), name));
  process.stdout.write(`${output.filter(Boolean).join("\n").trim()}\n\n`);
}
await rm(parent, { recursive: true });
process.stdout.write(`${chosen.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || chosen.length === 0 ? 1 : 0;
