import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
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
 * taken from this repository's own node_modules, as each package finds it there.
 */
export async function installPacked(tarballs: readonly string[], folder: string): Promise<void> {
  const others = await dependenciesOf(tarballs);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  await run(
    "npm",
    // --install-links copies folders as if they had been packed, instead of linking to them; what would be
    // built for that is built.
    [
      "install",
      "--offline",
      "--install-links",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      ...tarballs,
      ...others,
    ],
    { cwd: folder },
  );
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The folders of what packed packages depend on, apart from each other, and of what that depends on. */
async function dependenciesOf(tarballs: readonly string[]): Promise<string[]> {
  const sources = await Promise.all(
    Object.values(published).map(
      async (folder) => [(await manifestIn(folder)).name, folder] as const,
    ),
  );
  const found = new Map<string, string>();
  const visit = async ({ dependencies = {} }: Manifest, from: string): Promise<void> => {
    for (const name of Object.keys(dependencies)) {
      if (name.startsWith("@media-protection/") || found.has(name)) continue;
      const folder = folderOf(name, from);
      found.set(name, folder);
      await visit(await manifestIn(folder), folder);
    }
  };
  for (const tarball of tarballs) {
    const { stdout } = await run("tar", ["-xzOf", tarball, "package/package.json"]);
    const manifest: Manifest = JSON.parse(stdout);
    await visit(manifest, new Map(sources).get(manifest.name) ?? root);
  }
  return [...found.values()];
}

async function manifestIn(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}

/** Where Node finds a package that is imported in a folder of this repository. */
function folderOf(name: string, from: string): string {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) return folder;
    if (at === root) throw new Error(`${name} is not installed: npm ci`);
  }
}
