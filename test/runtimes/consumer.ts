import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { published } from "../helpers/packages/packed.js";
import { makePackedConsumer, type PackedConsumer } from "../helpers/packages/packed-consumer.js";

/** The folder of a stranger who has installed the packed SDK and gateway, with the suite in it. */
export interface Consumer extends PackedConsumer {
  /** The suite bundled for a page. */
  readonly page: string;
  /** The suite bundled for a worker. */
  readonly worker: string;
}

const modules = [
  "check",
  "entry-page",
  "entry-process",
  "entry-worker",
  "gateway-cases",
  "media-cases",
  "metadata-cases",
  "refusal-cases",
  "report",
  "suite",
  "world",
  "world-client",
];

/** Packs the SDK and the gateway, installs them in an empty folder without the network, and bundles the suite there. */
export async function makeConsumer(parent: string): Promise<Consumer> {
  const packed = await makePackedConsumer(parent, [published.gateway]);
  const { folder } = packed;
  for (const name of modules) {
    await cp(join(import.meta.dirname, `${name}.js`), join(folder, `${name}.js`));
  }
  const page = await bundle(folder, "entry-page");
  const worker = await bundle(folder, "entry-worker");
  // Else a runtime could pass with the bundle of another.
  await Promise.all(["entry-page", "entry-worker"].map((name) => rm(join(folder, `${name}.js`))));
  return { ...packed, page, worker };
}

/** Bundles an entry with what it imports at once; what it imports later stays in files of its own. */
async function bundle(folder: string, entry: string): Promise<string> {
  const outDir = join(folder, "..", entry);
  await build({
    configFile: false,
    root: folder,
    logLevel: "error",
    build: {
      outDir,
      target: "es2022",
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(folder, `${entry}.js`),
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  });
  return outDir;
}
