import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

/** The package of the runtimes and compilers: not a workspace, so that nobody else installs them. */
const folder = resolve(import.meta.dirname, "../../runtimes");

/**
 * Installs the runtimes and compilers exactly as locked, unless they are. About 1.2 GB on disk.
 *
 * @returns the folder they are in
 */
export async function installTools(): Promise<string> {
  const mark = join(folder, "node_modules/.locked");
  const lock = await readFile(join(folder, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  if ((await readFile(mark, "utf8").catch(() => "")) === wanted) return folder;
  process.stdout.write("Installing the runtimes (about 1.2 GB on disk, once)…\n");
  await promisify(execFile)("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder });
  await writeFile(mark, wanted);
  return folder;
}
