import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { defaultSwitches, type Switches, switchTable } from "@media-protection/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { jsonLines, Shell } from "./cli.js";

// The doctor against the mock in every position of every switch: what it reports is that position. What
// it cannot see, it is told: since when there is protection, and an attachment's URL from a callback.

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

async function positions(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { stdout, code } = await shell.run(["doctor", "--json", ...args], { env });
  const lines = jsonLines(stdout);
  const found = lines.flatMap(({ position }) => {
    // The doctor's own shape.
    const { name, value } = (position ?? {}) as { name?: string; value?: unknown };
    return name === undefined ? [] : [[name, value] as const];
  });
  return { code, lines, found: new Map(found) };
}

// Each position once: those that are no default, and all defaults at once.
const cases = Object.entries(switchTable).flatMap(([name, { values, default: usual }]) =>
  values.filter((value) => value !== usual).map((value) => [name, value] as const),
);

describe("every position of every switch", () => {
  test.each(cases.filter(([name]) => name !== "missingScopeStatus"))(
    "%s: %s",
    async (name, value) => {
      const { platform } = shell.mock;
      // Checked by the mock.
      platform.setSwitches({ [name]: value } as Partial<Switches>);
      const { urls } = platform.addMessageMedia({ fileName: "IMG_1234.JPG" });
      const told = ["--files-url", urls.filesByName, "--protected-since", "today"];
      const { found, code } = await positions(told);
      expect([code, found.get(name)]).toEqual([0, value]);
      // And no other is reported as it is not: the defaults of all, but of what this one hides.
      expect(found.size).toBeGreaterThan(9);
      const now = shell.mock.platform.switches;
      for (const [other, position] of found)
        expect([other, position]).toEqual([other, now[other as keyof Switches]]);
    },
  );

  test("the defaults", async () => {
    const { urls } = shell.mock.platform.addMessageMedia({ fileName: "IMG_1234.JPG" });
    const told = ["--files-url", urls.filesByName, "--protected-since", "today"];
    const { found, code } = await positions(told);
    const { missingScopeStatus: _, ...defaults } = defaultSwitches;
    expect([code, Object.fromEntries(found)]).toEqual([0, defaults]);
  });

  test.each([401, 403] as const)(
    "missingScopeStatus: %i, with a token that lacks one",
    async (status) => {
      const { platform } = shell.mock;
      platform.setSwitches({ missingScopeStatus: status });
      const { token } = platform.addToken({ scopes: ["management", "calling"] });
      const { found } = await positions([], { SIGNALWIRE_API_TOKEN: token });
      expect(found.get("missingScopeStatus")).toBe(status);
    },
  );

  test.each(["messageMediaPath", "retroactive"])(
    "%s is said to be unknown where nobody tells what it takes",
    async (name) => {
      const { lines, found } = await positions();
      expect(found.has(name)).toBe(false);
      expect(lines).toContainEqual(expect.objectContaining({ mark: "?", what: name }));
    },
  );

  test.each(["filesHostAuth"])(
    "%s is found where the platform itself tells a URL",
    async (name) => {
      expect((await positions()).found.has(name)).toBe(true);
    },
  );
});

test("what serves the bytes is told: HEAD, ETag and If-Range", async () => {
  const { lines } = await positions();
  for (const what of ["HEAD", "strong ETag", "If-Range"]) {
    expect(lines).toContainEqual(expect.objectContaining({ mark: "✓", what }));
  }
});

test.each([
  "https://files.evil.example/space/5eed0000-0000-4000-8000-000000000001/recordings/a.wav",
  "https://files.signalwire.com/nonsense",
])("no request goes to %s, which is no files host of the account's", async (url) => {
  const { code, stdout } = await shell.run(["doctor", "--files-url", url]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ files host {2}.*evil|✗ files host {2}.*nonsense/);
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
