import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// Every TypeScript snippet of the READMEs is run as it stands, in a folder of its own, against a
// mock server: only the ports of the local-server example are exchanged for free ones.

const root = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);
let server: MockServer;
let folder: string;

beforeAll(async () => {
  server = await startMockServer({ port: 0 });
  // Inside the repository, so that the packages resolve as they would for a user who installed them.
  folder = await mkdtemp(join(root, "test", ".readme-"));
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function snippets(readme: string): Promise<string[]> {
  const text = await readFile(join(root, readme), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
}

function environment(): NodeJS.ProcessEnv {
  const { projectId, apiToken } = server.platform.credentials;
  return {
    ...process.env,
    SIGNALWIRE_SPACE: server.origins.space,
    SIGNALWIRE_PROJECT_ID: projectId,
    SIGNALWIRE_API_TOKEN: apiToken,
    RECORDING_URL: server.platform.addRecording({ seconds: 1 }).urls.space,
  };
}

async function runSnippet(name: string, code: string): Promise<string> {
  const local = code
    .replace("http://127.0.0.1:4010", server.origins.space)
    .replace("http://127.0.0.1:4011", server.origins.files);
  const { outputText } = ts.transpileModule(local, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  await writeFile(join(folder, name), outputText);
  const { stdout } = await run(process.execPath, [name], { cwd: folder, env: environment() });
  return stdout;
}

describe("README.md", () => {
  test("the Node example sets the switch and saves the recording", async () => {
    const [code = ""] = await snippets("README.md");
    const output = await runSnippet("node.mjs", code);
    expect(output).toContain("{ recordings: true, messageMedia: false, faxMedia: false }");
    const [saved] = await readdir(join(folder, "recordings"));
    expect(output).toContain(saved);
  });

  test("the MSW example passes as a test of its own", async () => {
    const [, code = ""] = await snippets("README.md");
    await writeFile(join(folder, "msw.test.ts"), code);
    await writeFile(join(folder, "vitest.config.mjs"), "export default {};\n");
    const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
    const { stdout } = await run(
      process.execPath,
      [vitest, "run", "--root", folder, "--reporter", "json"],
      {
        env: { ...process.env, NO_COLOR: "1" },
      },
    );
    expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 1, numFailedTests: 0 });
  });

  test("the local-server example lists the projects", async () => {
    const [, , code = ""] = await snippets("README.md");
    const output = await runSnippet("local.mjs", code);
    expect(output.trim().split("\n").length).toBeGreaterThan(1);
  });

  test("has no snippet besides these", async () => {
    expect(await snippets("README.md")).toHaveLength(3);
  });
});

describe("packages/sdk/README.md", () => {
  test("its example downloads", async () => {
    const [code = "", ...more] = await snippets("packages/sdk/README.md");
    expect(await runSnippet("sdk.mjs", code)).toContain("bytes of audio/wav");
    expect(more).toEqual([]);
  });
});
