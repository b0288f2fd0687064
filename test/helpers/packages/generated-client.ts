import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { answersBytes, type ContractOperation } from "../contract/contract-operations.js";
import { root } from "./packed.js";

const run = promisify(execFile);

/** A generator of clients, run as its users run it. */
export interface Generator {
  /** Its command line, for a client in a folder. */
  readonly command: (folder: string) => readonly string[];
  /** The module that holds the types of answers, of a client in a folder. */
  readonly module: string;
  /** The type of the body of an operation's answer, where the module is imported as `client`. */
  readonly bodyOf: (id: string, status: number) => string;
}

const contract = join(root, "openapi.yaml");
const program = (name: string) => join(root, "node_modules/.bin", name);

/** The generators that the contract promises to serve, the newest of each that run on Node 20. */
export const generators: Readonly<Record<string, Generator>> = {
  "@hey-api/openapi-ts": {
    command: (folder) => [
      program("openapi-ts"),
      ...["--input", contract, "--output", join(folder, "client"), "--no-log-file"],
    ],
    module: "./client",
    bodyOf: (id, status) => `client.${id[0]?.toUpperCase()}${id.slice(1)}Responses[${status}]`,
  },
  // Its other client, for axios, does not compile with the types of today's axios, whatever the contract.
  orval: {
    command: (folder) => [
      program("orval"),
      ...["--input", contract, "--output", join(folder, "client.ts"), "--client", "fetch"],
    ],
    module: "./client",
    bodyOf: (id, status) =>
      `Extract<Awaited<ReturnType<typeof client.${id}>>, { status: ${status} }>["data"]`,
  },
};

/** Has a client generated from the contract; what the generator says is the answer. */
export async function generateClient(generator: Generator, folder: string): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, [...generator.command(folder)], {
    cwd: folder,
  });
  return stdout + stderr;
}

/**
 * The type of a body that is a `Blob` and, where the contract has JSON beside the bytes, metadata, but
 * neither `unknown` nor text.
 */
const checks = `
type Metadata = { readonly uri: string };
type IsBytes<Body, Other> = [unknown] extends [Body]
  ? "is unknown"
  : [Extract<Body, Blob>] extends [never]
    ? "has no Blob"
    : [Exclude<Body, Blob>] extends [Other] ? true : "has something else";
`;

/** Writes a module that compiles only if every operation for bytes has a `Blob` for them. */
export async function writeUse(
  generator: Generator,
  operations: readonly ContractOperation[],
  folder: string,
): Promise<string> {
  const lines = operations
    .filter((operation) => operation.method === "get" && answersBytes(operation))
    .map(({ id, operation }) => {
      const json = "application/json" in (operation.responses["200"]?.content ?? {});
      const check = (status: number) =>
        `IsBytes<${generator.bodyOf(id, status)}, ${json ? "Metadata" : "never"}>`;
      return `export const ${id}: [${check(200)}, ${check(206)}] = [true, true];\n`;
    });
  const file = join(folder, "use.ts");
  const source = `import type * as client from "${generator.module}";\n${checks}${lines.join("")}`;
  await writeFile(file, source);
  return file;
}

/** What the compiler says about a module and all that it imports, in a strict project. */
export function diagnose(file: string): string {
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const said = ts.getPreEmitDiagnostics(ts.createProgram([file], options, host));
  return ts.formatDiagnostics(said, { ...host, getNewLine: () => "\n" });
}
