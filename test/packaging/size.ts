/**
 * `npm run size`: what the SDK costs a page, minified and gzipped, in bytes. size-limit measures all
 * of a bundle's files together or one by name; the budget is for what a page loads at import, so the
 * static graph is measured here.
 */
import process from "node:process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";

/** On top of openapi-fetch, at import. */
const ownBudget = 4096;
/** Openapi-fetch and everything of the main entry, that which is loaded later too. */
const totalLimit = 30_000;

interface Size {
  /** What is loaded when the module is imported. */
  readonly atImport: number;
  /** That, and all that may be loaded later. */
  readonly total: number;
}

async function measure(specifier: string): Promise<Size> {
  const result = await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: "error",
    build: {
      write: false,
      target: "es2022",
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        input: fileURLToPath(import.meta.resolve(specifier)),
        preserveEntrySignatures: "strict",
        external: (id) => id.startsWith("node:"),
      },
    },
  });
  if (!("output" in result)) throw new TypeError("Vite built something else than one bundle.");
  const chunks = result.output.filter((file) => file.type === "chunk");
  const entry = chunks.find((chunk) => chunk.isEntry);
  if (!entry) throw new TypeError("The bundle has no entry.");
  return { atImport: gzipped(staticGraph(entry, chunks)), total: gzipped(chunks) };
}

/** The entry and every chunk that it imports, not those that code imports when it needs them. */
function staticGraph(
  entry: Rolldown.OutputChunk,
  chunks: readonly Rolldown.OutputChunk[],
): Rolldown.OutputChunk[] {
  const found = new Set([entry]);
  // A set gives what is added to it while it is gone through.
  for (const { imports } of found) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk);
  }
  return [...found];
}

function gzipped(chunks: readonly Rolldown.OutputChunk[]): number {
  return chunks.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

const base = (await measure("openapi-fetch")).total;
const sdk = await measure("@media-protection/sdk");
const rows: [name: string, size: number, limit: number][] = [
  ["openapi-fetch alone", base, Number.POSITIVE_INFINITY],
  ["@media-protection/sdk, at import", sdk.atImport, base + ownBudget],
  ["@media-protection/sdk, with all that it loads later", sdk.total, totalLimit],
];
for (const [name, size, limit] of rows) {
  const verdict = size <= limit ? "" : `  OVER by ${size - limit}`;
  const bound = Number.isFinite(limit) ? `  limit ${limit}` : "";
  process.stdout.write(`${String(size).padStart(6)} B  ${name}${bound}${verdict}\n`);
}
process.stdout.write(`${sdk.atImport - base} B of ${ownBudget} on top of openapi-fetch\n`);
if (rows.some(([, size, limit]) => size > limit)) process.exitCode = 1;
