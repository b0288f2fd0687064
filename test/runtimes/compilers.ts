/**
 * `npm run test:compilers`: the types of the packed packages, and of all that they depend on, under
 * each version of TypeScript and each way to resolve modules. Prints a table; ends with status 1
 * unless every compiler is content.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import {
  compilerOptions,
  makePackedConsumer,
  type Resolution,
  resolutions,
} from "../helpers/packages/packed-consumer.js";
import { table } from "./table.js";
import { installTools } from "./tools.js";

const majors = ["5", "6", "7"];
const cases = Object.keys(resolutions).flatMap((resolution) =>
  [true, false].map((skipLibCheck) => ({
    title: `${resolution}${skipLibCheck ? "" : ", libraries checked"}`,
    // The keys of an object literal are the keys that it was written with.
    resolution: resolution as Resolution,
    skipLibCheck,
  })),
);

async function main(): Promise<boolean> {
  const tools = await installTools();
  const parent = await mkdtemp(join(tmpdir(), "compilers-"));
  try {
    const consumer = await makePackedConsumer(parent);
    const folders = majors.map((major) => join(tools, `node_modules/typescript-${major}`));
    const rows = await Promise.all(folders.map(async (folder) => [await versionOf(folder)]));
    const complaints: string[] = [];
    for (const { title, resolution, skipLibCheck } of cases) {
      const project = join(consumer.folder, "tsconfig.json");
      const options = { compilerOptions: compilerOptions(resolution, skipLibCheck) };
      await writeFile(project, JSON.stringify({ ...options, files: [consumer.typed] }));
      const said = await Promise.all(folders.map((folder) => compile(folder, project)));
      for (const [index, row] of rows.entries()) {
        const complaint = said[index];
        if (complaint !== undefined) complaints.push(`${row[0]}, ${title}\n${complaint}`);
        row.push(complaint === undefined ? "passed" : "FAILED");
      }
    }
    const head = ["TypeScript", ...cases.map(({ title }) => title)];
    process.stdout.write(`\n${table([head, ...rows])}\n\n`);
    for (const complaint of complaints) process.stdout.write(`FAILED TypeScript ${complaint}\n`);
    const passed = rows.length * cases.length - complaints.length;
    process.stdout.write(`${passed} passed, ${complaints.length} failed\n`);
    return complaints.length === 0;
  } finally {
    await rm(parent, { recursive: true });
  }
}

async function versionOf(folder: string): Promise<string> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")).version;
}

/** What the compiler complains about. */
async function compile(folder: string, project: string): Promise<string | undefined> {
  try {
    await promisify(execFile)(process.execPath, [join(folder, "bin/tsc"), "-p", project]);
    return undefined;
  } catch (error) {
    const printed = typeof error === "object" && error && "stdout" in error ? error.stdout : "";
    return `${printed || error}`.trim().slice(0, 2000);
  }
}

process.exitCode = (await main()) ? 0 : 1;
