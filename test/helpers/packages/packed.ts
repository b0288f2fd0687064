import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const testFolder = resolve(
  import.meta.dirname,
  import.meta.dirname.includes("dist") ? "../../.." : "../..",
);

/** The repository's root. */
export const root = resolve(testFolder, "..");

/** The folders of the packages that are published. */
export const published = {
  contract: join(root, "packages/contract"),
  sdk: join(root, "packages/sdk"),
  mock: join(root, "mock"),
  cli: join(root, "packages/cli"),
  export: join(root, "packages/export"),
  gateway: join(root, "packages/gateway"),
} as const;

/**
 * Packs packages as `npm publish` would.
 *
 * @param folders the packages' folders
 * @param destination where the tarballs go; made if missing
 * @returns the tarballs' paths, in the order of the folders
 */
export async function pack(folders: readonly string[], destination: string): Promise<string[]> {
  await mkdir(destination, { recursive: true });
  const { stdout } = await run(
    "npm",
    ["pack", "--json", "--loglevel=error", "--pack-destination", destination, ...folders],
    { cwd: root, maxBuffer: 2 ** 26 },
  );
  return fileNames(JSON.parse(stdout)).map((name) => join(destination, name));
}

/** The file names in the answer of `npm pack --json`: a list, or since npm 12 an object by name. */
function fileNames(answer: unknown): string[] {
  const packed: unknown[] = Object.values(answer ?? {});
  return packed.map((one) => {
    if (typeof one === "object" && one !== null && "filename" in one) return String(one.filename);
    throw new TypeError("npm pack did not say which file it made.");
  });
}

/**
 * Installs tarballs in a folder as a stranger would, without the network: what they depend on is
 * taken from this repository's own node_modules.
 */
export async function installPacked(tarballs: readonly string[], folder: string): Promise<void> {
  const names = Object.keys(await manifestsOf(await dependenciesOf(tarballs)));
  const others = names.map((name) => join(root, "node_modules", name));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  await run(
    "npm",
    // --install-links copies folders as if they had been packed, instead of linking to them.
    ["install", "--offline", "--install-links", "--no-audit", "--no-fund", ...tarballs, ...others],
    { cwd: folder },
  );
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What packed packages depend on, apart from each other. */
async function dependenciesOf(tarballs: readonly string[]): Promise<string[]> {
  const manifests = await Promise.all(
    tarballs.map(async (tarball): Promise<Manifest> => {
      const { stdout } = await run("tar", ["-xzOf", tarball, "package/package.json"]);
      return JSON.parse(stdout);
    }),
  );
  return manifests.flatMap(({ dependencies }) => ownOf(dependencies));
}

function ownOf(dependencies: Manifest["dependencies"] = {}): string[] {
  return Object.keys(dependencies).filter((name) => !name.startsWith("@media-protection/"));
}

/** The manifests of installed packages and of everything they depend on, by name. */
async function manifestsOf(names: readonly string[]): Promise<Record<string, Manifest>> {
  const found: Record<string, Manifest> = {};
  const visit = async (name: string): Promise<void> => {
    if (name in found) return;
    const text = await readFile(join(root, "node_modules", name, "package.json"), "utf8");
    const manifest: Manifest = JSON.parse(text);
    found[name] = manifest;
    for (const next of ownOf(manifest.dependencies)) await visit(next);
  };
  for (const name of names) await visit(name);
  return found;
}
