import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import ts from "typescript";

const root = resolve(import.meta.dirname, "../../..");
const run = promisify(execFile);

/** A TypeScript example of a README. */
export interface Snippet {
  /** The heading it stands under. */
  readonly heading: string;
  readonly code: string;
}

/** Runs a snippet and looks at what came of it. */
export type Trial = (code: string, bench: Workbench) => Promise<void>;

/** The Markdown of a README. @param path relative to the repository */
export function readMarkdown(path: string): Promise<string> {
  return readFile(join(root, path), "utf8");
}

/** Its TypeScript examples, in order. */
export function snippetsOf(markdown: string): Snippet[] {
  let heading = "";
  const found: Snippet[] = [];
  for (const [, title, code] of markdown.matchAll(/^#+ ([^\n]*)$|^```ts\n(.*?)^```$/gms)) {
    if (title !== undefined) heading = title;
    else found.push({ heading, code: code ?? "" });
  }
  return found;
}

/** The languages of its fences: what is fenced as anything but `ts` is not run. */
export function fenceLanguages(markdown: string): Set<string> {
  const fences = [...markdown.matchAll(/^ *(?:```+|~~~+)(.*)$/gm)].map(([, info = ""]) => info);
  // Fences come in pairs; the second says nothing.
  return new Set(fences.filter((_, index) => index % 2 === 0));
}

/** Where one snippet runs: a mock server and a folder of its own. */
export class Workbench implements AsyncDisposable {
  readonly server: MockServer;
  /** In the repository, so that the packages resolve as for a user who installed them. */
  readonly folder: string;

  private constructor(server: MockServer, folder: string) {
    this.server = server;
    this.folder = folder;
  }

  static async open(): Promise<Workbench> {
    const folder = await mkdtemp(join(root, "test", ".readme-"));
    return new Workbench(await startMockServer({ port: 0 }), folder);
  }

  /**
   * Runs a snippet as it stands, in Node. What it prints is the answer.
   *
   * @param environment besides the mock's credentials
   * @param driver for a snippet that exports a handler: code that imports `./snippet.mjs` and calls it
   */
  async run(
    code: string,
    environment: NodeJS.ProcessEnv = {},
    driver?: string,
  ): Promise<{ readonly stdout: string; readonly stderr: string }> {
    await writeFile(join(this.folder, "snippet.mjs"), toJavaScript(code));
    if (driver !== undefined) await writeFile(join(this.folder, "driver.mjs"), driver);
    const { projectId, apiToken } = this.server.platform.credentials;
    const env = {
      ...process.env,
      SIGNALWIRE_SPACE: this.server.origins.space,
      SIGNALWIRE_PROJECT_ID: projectId,
      SIGNALWIRE_API_TOKEN: apiToken,
      ...environment,
    };
    const entry = driver === undefined ? "snippet.mjs" : "driver.mjs";
    return run(process.execPath, [entry], { cwd: this.folder, env });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
    await rm(this.folder, { recursive: true });
  }
}

/** Without its types. */
export function toJavaScript(code: string): string {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}

/** What the compiler says of snippets in a user's strict project; nothing if they are right. */
export async function typeErrors(snippets: readonly Snippet[]): Promise<string[]> {
  const folder = await mkdtemp(join(root, "test", ".readme-"));
  try {
    const files = snippets.map((_, index) => join(folder, `snippet-${index}.mts`));
    for (const [index, file] of files.entries()) await writeFile(file, snippets[index]?.code ?? "");
    const program = ts.createProgram(files, {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: [
        "lib.es2023.d.ts",
        "lib.dom.d.ts",
        "lib.dom.iterable.d.ts",
        "lib.dom.asynciterable.d.ts",
      ],
      types: ["node"],
    });
    return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const index = files.findIndex((one) => resolve(one) === resolve(file?.fileName ?? ""));
      const text = ts.flattenDiagnosticMessageText(messageText, "\n");
      return `${snippets[index]?.heading ?? file?.fileName}: ${text}`;
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
