import { execFile } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { playerTrials } from "../helpers/readme/player-trials.js";
import {
  fenceLanguages,
  readMarkdown,
  snippetsOf,
  typeErrors,
  Workbench,
} from "../helpers/readme/readme.js";
import { callbacks } from "../helpers/readme/readme-callbacks.js";

// Every TypeScript snippet of README.md is run as it stands, in a folder of its own, against a mock
// server: only the ports of the local-server example are exchanged for free ones.

const root = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);
const markdown = await readMarkdown("README.md");
const snippets = snippetsOf(markdown);

function snippet(heading: string): string {
  return snippets.find((one) => one.heading === heading)?.code ?? "";
}

test("the Node example sets the switch and saves the recording", async () => {
  await using bench = await Workbench.open();
  const RECORDING_URL = bench.server.platform.addRecording({ seconds: 1 }).urls.space;
  const { stdout } = await bench.run(snippet("The SDK in Node"), { RECORDING_URL });
  expect(stdout).toContain("{ recordings: true, messageMedia: false, faxMedia: false }");
  const [saved] = await readdir(join(bench.folder, "recordings"));
  expect(stdout).toContain(saved);
});

test("the MSW example passes as a test of its own", async () => {
  await using bench = await Workbench.open();
  const { folder } = bench;
  await writeFile(join(folder, "msw.test.ts"), snippet("The mock in your tests, with MSW"));
  await writeFile(join(folder, "vitest.config.mjs"), "export default {};\n");
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--root", folder, "--reporter", "json"];
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, NO_COLOR: "1" } });
  expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 1, numFailedTests: 0 });
});

test("the local-server example lists the projects", async () => {
  await using bench = await Workbench.open();
  const { space, files } = bench.server.origins;
  const local = snippet("The mock on localhost")
    .replace("http://127.0.0.1:4010", space)
    .replace("http://127.0.0.1:4011", files);
  const { stdout } = await bench.run(local);
  expect(stdout.trim().split("\n")).toEqual(["Example project false", "Example subproject false"]);
});

test("the player's route plays", async () => {
  await using bench = await Workbench.open();
  await playerTrials["Express"]?.(snippet("A recording that plays"), bench);
  expect(playerTrials["Express"]).toBeDefined();
});

test("the receiver of callbacks saves what is verified, and nothing else", async () => {
  await using bench = await Workbench.open();
  await callbacks(snippet("Callbacks"), bench);
});

test("there is no snippet besides these", () => {
  expect(snippets.map(({ heading }) => heading)).toEqual([
    "The SDK in Node",
    "A recording that plays",
    "Callbacks",
    "The mock in your tests, with MSW",
    "The mock on localhost",
  ]);
  expect([...fenceLanguages(markdown)].sort()).toEqual(["sh", "ts"]);
});

test("every snippet compiles in a strict project", async () => {
  expect(await typeErrors(snippets)).toEqual([]);
});
