import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createProgram } from "../../packages/cli/dist/program.js";
import { jsonLines, Shell } from "./cli.js";

// The command as it is called: what it says, what it does, how it ends.

let shell: Shell;
beforeAll(async () => {
  shell = await Shell.open();
});
beforeEach(async () => {
  shell.mock.platform.reset();
});
afterAll(() => shell[Symbol.asyncDispose]());

const root = () => shell.mock.platform.credentials.projectId;
const write = (name: string, content: string) => writeFile(join(shell.folder, name), content);
const isOn = (id: string) => shell.mock.platform.projects.get(id)?.protectedSince;

describe("status", () => {
  test("of the credentials' project, of those named, of the tree", async () => {
    shell.mock.platform.setProtection(root(), { faxMedia: true });
    const { id } = shell.mock.platform.addProject({ name: "Other" });
    const own = jsonLines((await shell.run(["status", "--json"])).stdout);
    expect(own).toEqual([
      {
        projectId: root(),
        name: "Example project",
        recordings: false,
        messageMedia: false,
        faxMedia: true,
      },
    ]);
    const named = jsonLines((await shell.run(["status", "--json", "--project", id])).stdout);
    expect(named.map(({ name }) => name)).toEqual(["Other"]);
    const { stdout, code } = await shell.run(["status", "--all"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^PROJECT +ID +RECORD\. +MESSAGES +FAXES$/m);
    expect(stdout).toContain("0 of 3 projects protected as a whole.");
  });
});

describe("set", () => {
  test("turns what is named, says before and after, and asks before more than one project", async () => {
    const { stdout, code } = await shell.run(["set", "recordings=on", "faxMedia=off"]);
    expect([code, stdout]).toEqual([0, "Example project\n  recordings    off → on\n"]);
    expect(isOn(root())?.recording).not.toBeNull();
    const all = await shell.run(["set", "messageMedia=on", "--all"]);
    expect(all.code).toBe(1);
    expect(all.stderr).toContain("Turn switches of 2 projects?");
    expect(isOn(root())?.messageMedia).toBeNull();
    expect((await shell.run(["set", "messageMedia=on", "--all", "--yes"])).code).toBe(0);
    expect(isOn(root())?.messageMedia).not.toBeNull();
  });

  test.each([
    ["recordings"],
    ["recordings=maybe"],
    ["recording=on"],
    ["recordings=on recordings=off"],
  ])("%s turns nothing, and says what to write", async (words) => {
    const { code, stderr } = await shell.run(["set", ...words.split(" ")]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^media-protection: .+\n$/);
    expect(shell.mock.platform.journal.entries()).toEqual([]);
  });
});

describe("ls, download, verify", () => {
  test("lists every kind, as a table and as JSON that download takes", async () => {
    shell.mock.platform.setProtection(root(), {
      recordings: true,
      messageMedia: true,
      faxMedia: true,
    });
    const counts = { recordings: 3, messages: 3, faxes: 2, projects: 2 };
    for (const [kind, count] of Object.entries(counts)) {
      const { stdout, code } = await shell.run(["ls", kind, "--json"]);
      expect([kind, code, jsonLines(stdout).length]).toEqual([kind, 0, count]);
    }
    const { stdout } = await shell.run(["ls", "recordings"]);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const none = await shell.run(["ls", "recordings", "--since", "2026-02-01", "--json"]);
    expect([none.code, none.stdout]).toEqual([0, ""]);

    const input = (await shell.run(["ls", "recordings", "--json"])).stdout;
    const saved = await shell.run(["download", "--from", "-", "--to", "out"], { input });
    expect([saved.code, saved.stderr]).toEqual([0, ""]);
    expect(saved.stdout).toMatch(/^3 media: 3 saved \(\d+\.\d kB\); in out$/m);
    const kept = await shell.run(["download", "--from", "-", "--to", "out"], { input });
    expect(kept.stdout).toContain("3 there already");
    expect(await shell.run(["verify", "out"])).toMatchObject({
      code: 0,
      stdout: "3 files as the manifest says.\n",
    });
    const [file = ""] = (await readdir(join(shell.folder, "out"))).filter((name) =>
      name.endsWith(".wav"),
    );
    await writeFile(join(shell.folder, "out", file), "spoiled");
    const spoiled = await shell.run(["verify", "out"]);
    expect(spoiled.code).toBe(2);
    expect(spoiled.stderr).toContain(file);
  });

  test("a medium that is not there fails the run, and is named", async () => {
    const { urls } = shell.mock.platform.addRecording();
    const gone = urls.space.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    const { code, stdout, stderr } = await shell.run([
      "download",
      urls.space,
      gone,
      "--to",
      "some",
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^failed {2}.*404/m);
    expect(stdout).toContain("2 media: 1 saved");
  });

  test("a URL of a stranger gets no credentials, and no request", async () => {
    const { code, stderr } = await shell.run(["download", "https://evil.example/Recordings/x.wav"]);
    expect(code).toBe(1);
    expect(stderr).toContain("failed");
    expect(shell.mock.platform.journal.entries()).toEqual([]);
  });
});

describe("whatever goes wrong", () => {
  const canary = "PTcanary-0123456789abcdef-canary";
  test.each([
    ["a wrong token", ["status", "--all"], {}],
    ["no token", ["status"], { SIGNALWIRE_API_TOKEN: "" }],
    ["no space", ["status"], { SIGNALWIRE_SPACE: "" }],
    ["a space that is none", ["status"], { SIGNALWIRE_SPACE: "http://elsewhere.example" }],
    ["nobody there", ["status"], { SIGNALWIRE_SPACE: "http://127.0.0.1:9" }],
    ["a project that is none", ["status"], { SIGNALWIRE_PROJECT_ID: "nobody" }],
    ["a token file that is not there", ["status", "--token-file", "none"], {}],
    ["an interval that is none", ["watch", "--interval", "soon"], {}],
    ["a date that is none", ["ls", "recordings", "--since", "soon"], {}],
    ["a journal that is none", ["rollback", "none.jsonl"], {}],
    ["nothing to download", ["download"], {}],
    ["a folder without a manifest", ["verify", "none"], {}],
    ["a command that is none", ["statsu"], {}],
    ["an option that is none", ["status", "--al"], {}],
    ["a kind that is none", ["ls", "calls"], {}],
  ])("%s is one readable line, exit 1, no token and no stack", async (_, args, env) => {
    const ended = await shell.run(args, { env: { SIGNALWIRE_API_TOKEN: canary, ...env } });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toBe("");
    expect(ended.stderr.trim().split("\n").length).toBeLessThanOrEqual(2);
    expect(ended.stderr.trim()).not.toBe("");
    expect(ended.stderr).not.toMatch(/canary|\n\s+at |undefined|\[object/);
  });

  test("an env file that is not there is told, by us or by Node itself, which has the option, too", async () => {
    const { code, stdout, stderr } = await shell.run(["status", "--env-file", "none"]);
    expect([1, 9]).toContain(code);
    expect(stdout).toBe("");
    expect(stderr).toContain("none");
  });

  test("unknown commands and options suggest the nearest", async () => {
    expect((await shell.run(["statsu"])).stderr).toContain("Did you mean status?");
    expect((await shell.run(["status", "--al"])).stderr).toContain("Did you mean --all?");
  });

  test("the token may come from a file, or from an env file beneath the environment", async () => {
    const { apiToken } = shell.mock.platform.credentials;
    await write("token", `${apiToken}\n`);
    await write("vars", `SIGNALWIRE_API_TOKEN=${apiToken}\nSIGNALWIRE_SPACE=http://127.0.0.1:9\n`);
    const none = { SIGNALWIRE_API_TOKEN: undefined };
    expect((await shell.run(["status", "--token-file", "token"], { env: none })).code).toBe(0);
    expect((await shell.run(["status", "--env-file", "vars"], { env: none })).code).toBe(0);
  });

  test("no command takes a token on the command line; each has an example, and fits 80 columns", () => {
    const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
    const found = all(createProgram());
    expect(found.length).toBeGreaterThan(20);
    for (const command of found) {
      let help = "";
      command.configureOutput({
        writeOut: (text) => {
          help += text;
        },
        getOutHelpWidth: () => 80,
      });
      command.outputHelp();
      const name = command.name();
      expect(help, name).toContain("Example:");
      expect(help, name).not.toMatch(/--(api-)?token[ =]/);
      for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });
});

test("a reader that has enough ends what is only told, quietly", async () => {
  for (let index = 0; index < 40; index++) shell.mock.platform.addRecording();
  const child = shell.start(["ls", "recordings", "--json"]);
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  child.stdout?.destroy();
  const [code] = await once(child, "close");
  expect([code, said]).toEqual([0, ""]);
});

test("a reader that leaves in the middle of changes is told how to go on", async () => {
  for (let index = 0; index < 12; index++) shell.mock.platform.addProject({ name: `P${index}` });
  await write("leave.yaml", "default: { recordings: on }\n");
  const child = shell.start(["apply", "leave.yaml", "--yes", "--journal", "leave.jsonl"]);
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  child.stdout?.destroy();
  const [code] = await once(child, "close");
  expect([code, said]).toEqual([130, expect.stringContaining("run apply again to go on")]);
});

test("completion knows every command and its options", async () => {
  for (const name of ["bash", "zsh", "fish"]) {
    const { stdout, code } = await shell.run(["completion", name]);
    expect(code).toBe(0);
    for (const word of ["rollback", "--once", "recordings"]) expect(stdout).toContain(word);
  }
});
