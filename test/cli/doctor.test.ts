import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { defaultSwitches, type Switches, switchTable } from "@media-protection/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { jsonLines, Shell } from "./cli.js";

// The doctor against the mock in every position of every switch: what it reports is that position, or
// that it could not be found out. The switches that need more than it may do are named here.

let shell: Shell;
beforeAll(async () => {
  shell = await Shell.open();
});
beforeEach(() => {
  const { platform } = shell.mock;
  platform.reset();
  platform.setProtection(platform.credentials.projectId, { recordings: true });
});
afterAll(() => shell[Symbol.asyncDispose]());

/** It takes a callback's URL, or a switch that is turned, to know these. */
const beyond = ["filesHostAuth", "messageMediaPath", "retroactive"];

async function positions(env: NodeJS.ProcessEnv = {}) {
  const { stdout, code } = await shell.run(["doctor", "--json"], { env });
  const lines = jsonLines(stdout);
  const found = lines.flatMap(({ position }) => {
    // The doctor's own shape.
    const { name, value } = (position ?? {}) as { name?: string; value?: unknown };
    return name === undefined ? [] : [[name, value] as const];
  });
  return { code, lines, found: new Map(found) };
}

const cases = Object.entries(switchTable).flatMap(([name, { values }]) =>
  values.map((value) => [name, value] as const),
);

describe("every position of every switch", () => {
  test.each(cases.filter(([name]) => !beyond.includes(name) && name !== "missingScopeStatus"))(
    "%s: %s",
    async (name, value) => {
      // Checked by the mock.
      shell.mock.platform.setSwitches({ [name]: value } as Partial<Switches>);
      const { found, code } = await positions();
      expect([code, found.get(name)]).toEqual([0, value]);
      // And no other is reported as it is not.
      const now = shell.mock.platform.switches;
      for (const [other, position] of found)
        expect([other, position]).toEqual([other, now[other as keyof Switches]]);
    },
  );

  test.each([401, 403] as const)(
    "missingScopeStatus: %i, with a token that lacks one",
    async (status) => {
      const { platform } = shell.mock;
      platform.setSwitches({ missingScopeStatus: status });
      const { token } = platform.addToken({ scopes: ["management", "calling"] });
      const { found } = await positions({ SIGNALWIRE_API_TOKEN: token });
      expect(found.get("missingScopeStatus")).toBe(status);
    },
  );

  test.each(beyond)("%s is said to be unknown", async (name) => {
    const { lines, found } = await positions();
    expect(found.has(name)).toBe(false);
    expect(lines).toContainEqual(expect.objectContaining({ mark: "?", what: name }));
  });
});

test("it changes nothing, and its requests are small", async () => {
  await positions();
  const { journal } = shell.mock.platform;
  expect(journal.entries().length).toBeGreaterThan(10);
  expect(journal.entries().filter(({ method }) => method !== "GET" && method !== "HEAD")).toEqual(
    [],
  );
});

test("a mock that is started with what was found behaves so", async () => {
  shell.mock.platform.setSwitches({ deniedStatus: 404, cors: false, redirectToStorage: true });
  await shell.run(["doctor", "--mock-switches", "switches.json"]);
  const written = JSON.parse(await readFile(join(shell.folder, "switches.json"), "utf8"));
  expect(written).toMatchObject({ deniedStatus: 404, cors: false, redirectToStorage: true });
  await using other = await Shell.open({ platform: { switches: written } });
  expect(other.mock.platform.switches).toMatchObject({ ...defaultSwitches, ...written });
});

test.each([
  ["a wrong token", { SIGNALWIRE_API_TOKEN: "PTcanary-of-nobody" }, "✗ credentials"],
  ["nobody there", { SIGNALWIRE_SPACE: "http://127.0.0.1:9" }, "✗ space"],
  ["certificates that are not checked", { NODE_TLS_REJECT_UNAUTHORIZED: "0" }, "✗ TLS"],
])("%s is wrong, with advice, and no token is told", async (_, env, said) => {
  const { code, stdout, stderr } = await shell.run(["doctor"], { env });
  expect(code).toBe(1);
  expect(stdout).toContain(said);
  expect(stdout + stderr).not.toContain("canary");
});
