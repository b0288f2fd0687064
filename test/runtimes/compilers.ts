import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { compilerOptions, type Resolution, resolutions } from "../helpers/packed-consumer.js";
import type { Consumer } from "./consumer.js";
import type { Tools } from "./runtimes.js";

/** How one version of TypeScript took the packed packages. */
export interface CompilerOutcome {
  readonly version: string;
  /** What it said, by resolution and skipLibCheck; nothing where it was content. */
  readonly said: ReadonlyMap<string, string>;
}

/** The columns of the table. */
export const compilerCases = Object.keys(resolutions).flatMap((resolution) =>
  [true, false].map((skipLibCheck) => ({
    title: `${resolution}${skipLibCheck ? "" : ", libraries checked"}`,
    // The keys of an object literal are the keys that it was written with.
    resolution: resolution as Resolution,
    skipLibCheck,
  })),
);

/** Compiles the consumer with every version of TypeScript. */
export async function tryCompilers(tools: Tools, consumer: Consumer): Promise<CompilerOutcome[]> {
  const outcomes: CompilerOutcome[] = [];
  for (const major of ["5", "6", "7"]) {
    const folder = join(tools, `node_modules/typescript-${major}`);
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const said = new Map<string, string>();
    for (const { title, resolution, skipLibCheck } of compilerCases) {
      const project = join(consumer.folder, "tsconfig.json");
      const options = { compilerOptions: compilerOptions(resolution, skipLibCheck) };
      await writeFile(project, JSON.stringify({ ...options, files: [consumer.typed] }));
      const problem = await compile(join(folder, "bin/tsc"), project);
      if (problem !== undefined) said.set(title, problem);
    }
    outcomes.push({ version, said });
  }
  return outcomes;
}

async function compile(compiler: string, project: string): Promise<string | undefined> {
  try {
    await promisify(execFile)(process.execPath, [compiler, "-p", project]);
    return undefined;
  } catch (error) {
    const printed = typeof error === "object" && error && "stdout" in error ? error.stdout : "";
    return `${printed || error}`.trim().slice(0, 2000);
  }
}
