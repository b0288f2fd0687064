import { readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { jsonLines, Shell } from "./cli.js";

// The commands that turn switches, as they are called.

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

describe("plan, apply, rollback, watch", () => {
  const desired =
    'default: { recordings: on }\nprojects:\n  - { name: "Example sub*", faxMedia: on }\n';

  test("from the desired state to nothing left to do, and back", async () => {
    await write("protection.yaml", desired);
    const plan = await shell.run(["plan", "--out", "plan.json"]);
    expect(plan.code).toBe(2);
    expect(plan.stdout).toContain("3 switches to turn in 2 projects; 0 projects as desired.");
    expect((await shell.run(["watch", "--once"])).code).toBe(3);

    const apply = await shell.run(["apply", "plan.json", "--yes", "--journal", "one.jsonl"]);
    expect(apply.code).toBe(0);
    expect(apply.stdout).toMatch(/^Nothing left to do\.$/m);
    const again = await shell.run(["plan"]);
    expect([again.code, again.stdout]).toEqual([0, "Nothing to do: 2 projects as desired.\n"]);
    expect((await shell.run(["watch", "--once"])).code).toBe(0);
    expect(shell.mock.platform.journal.find({ method: "PATCH" })).toHaveLength(2);

    const back = await shell.run(["rollback", "one.jsonl", "--yes", "--json"]);
    expect(back.code).toBe(0);
    expect(jsonLines(back.stdout).map(({ outcome }) => outcome)).toEqual(["changed", "changed"]);
    for (const { entity } of shell.mock.platform.projects.all()) {
      expect(Object.values(entity.protectedSince)).toEqual([null, null, null]);
    }
    // A journal is put back once.
    const twice = await shell.run(["rollback", "one.jsonl", "--yes", "--json"]);
    expect([twice.code, twice.stdout]).toEqual([0, ""]);
  });

  test("a line with the old values is on the disk before each change", async () => {
    await write("protection.yaml", desired);
    const { platform } = shell.mock;
    const seen: number[] = [];
    const stop = platform.journal.subscribe(({ method }) => {
      if (method !== "PATCH") return;
      // Read while the platform's answer is not given yet.
      const text = readFileSync(join(shell.folder, "before.jsonl"), "utf8");
      seen.push(text.trimEnd().split("\n").length);
    });
    await shell.run(["apply", "--yes", "--journal", "before.jsonl"]);
    stop();
    expect(seen).toEqual([1, 2]);
  });

  test("what somebody else has changed since the plan is left, and told", async () => {
    const two = "default: { recordings: on, faxMedia: on }\n";
    await write("two.yaml", two);
    await shell.run(["plan", "two.yaml", "--out", "stale.json"]);
    shell.mock.platform.setProtection(root(), { faxMedia: true });
    const { code, stdout, stderr } = await shell.run([
      "apply",
      "stale.json",
      "--yes",
      "--journal",
      "s.jsonl",
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain("changed by somebody else: left  Example project");
    expect(stderr).toContain("1 project changed by somebody else since the plan");
    expect(isOn(root())?.recording).toBeNull();
    expect(await readFile(join(shell.folder, "s.jsonl"), "utf8")).not.toContain(root());
  });

  test("set writes down what was, and rollback leads back to it", async () => {
    const { code, stderr } = await shell.run(["set", "recordings=on", "--journal", "set.jsonl"]);
    expect(code).toBe(0);
    expect(stderr).toContain("To go back: media-protection rollback set.jsonl");
    expect(isOn(root())?.recording).not.toBeNull();
    const back = await shell.run(["rollback", "set.jsonl", "--yes"]);
    expect(back.code).toBe(0);
    expect(back.stderr).toContain("Example project: recordings on → recordings off");
    expect(isOn(root())?.recording).toBeNull();
    // A journal is put back once: what is protected later stays so.
    shell.mock.platform.setProtection(root(), { recordings: true });
    const again = await shell.run(["rollback", "set.jsonl", "--yes"]);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("put back already")]);
    expect(isOn(root())?.recording).not.toBeNull();
  });

  test("a plan that is so already asks nobody, and leaves no journal", async () => {
    await write("p.yaml", "default: { recordings: on }\n");
    await shell.run(["plan", "p.yaml", "--out", "p.json"]);
    for (const { entity } of shell.mock.platform.projects.all()) {
      shell.mock.platform.setProtection(entity.id, { recordings: true });
    }
    const { code, stdout } = await shell.run(["apply", "p.json", "--journal", "none.jsonl"]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("Nothing to do")]);
    expect(await readdir(shell.folder)).not.toContain("none.jsonl");
  });

  test("two apply stale plans at once, and a third turns a switch between: nothing of theirs is lost", async () => {
    const { platform } = shell.mock;
    const ids = Array.from(
      { length: 6 },
      (_, index) => platform.addProject({ name: `P${index}` }).id,
    );
    await write("one.yaml", 'projects: [{ name: "P*", recordings: on }]\n');
    await write("other.yaml", 'projects: [{ name: "P*", faxMedia: on }]\n');
    await shell.run(["plan", "one.yaml", "--out", "one.json"]);
    await shell.run(["plan", "other.yaml", "--out", "other.json"]);
    const third = ids.at(-1) ?? "";
    // The third comes when the first of the two has turned its first switch.
    const stop = platform.journal.subscribe(({ method }) => {
      if (method !== "PATCH") return;
      stop();
      platform.setProtection(third, { recordings: true, faxMedia: true, messageMedia: true });
    });
    const ended = await Promise.all(
      ["one", "other"].map((name) =>
        shell.run(["apply", `${name}.json`, "--yes", "--journal", `${name}.jsonl`]),
      ),
    );
    // Each turned its own switch, or was told that the project is no more as it was planned.
    for (const [index, ended_] of ended.entries()) {
      const setting = index === 0 ? "recording" : "faxMedia";
      for (const id of ids.slice(0, -1)) {
        const name = platform.projects.get(id)?.name;
        const told = new RegExp(`^changed by somebody else: left  ${name}:`, "m");
        const turned = isOn(id)?.[setting] !== null;
        expect([name, turned || told.test(ended_.stdout)]).toEqual([name, true]);
        if (told.test(ended_.stdout)) expect(ended_.code).toBe(1);
      }
    }
    expect(isOn(third)?.messageMedia).not.toBeNull();
    expect(isOn(third)?.recording).not.toBeNull();
    expect(isOn(third)?.faxMedia).not.toBeNull();
  });

  test("rollback leaves what somebody else has changed since, unless it is forced", async () => {
    await write("two.yaml", "default: { recordings: on, faxMedia: on }\n");
    await shell.run(["apply", "two.yaml", "--yes", "--journal", "r.jsonl"]);
    shell.mock.platform.setProtection(root(), { faxMedia: false });
    const refused = await shell.run(["rollback", "r.jsonl", "--yes"]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("--force");
    expect(isOn(root())?.recording).not.toBeNull();
    expect((await shell.run(["rollback", "r.jsonl", "--yes", "--force"])).code).toBe(0);
    expect(isOn(root())?.recording).toBeNull();
  });

  test("watch hands a finding to a command, without the token", async () => {
    await write("protection.yaml", desired);
    const script =
      "process.stdin.pipe(process.stdout); console.log(Object.keys(process.env).join())";
    const exec = `"${process.execPath}" -e "${script}"`;
    const { stdout, code } = await shell.run(["watch", "--once", "--exec", exec]);
    expect(code).toBe(3);
    expect(stdout).toContain('"setting":"recordings","is":false,"desired":true');
    expect(stdout).toContain("SIGNALWIRE_SPACE");
    expect(stdout).not.toContain("SIGNALWIRE_API_TOKEN");
  });

  test.each([
    ["a file that is not there", "none.yaml", undefined, "none.yaml cannot be read (ENOENT)"],
    ["no YAML", "bad.yaml", "default: [", "bad.yaml is no YAML, at line"],
    [
      "an id of nobody",
      "id.yaml",
      "projects: [{ id: 5eed0000-0000-4000-8000-00000000ffff, recordings: on }]",
      "No project of the tree has the id",
    ],
    ["a journal that cannot be written", "protection.yaml", desired, "nothing was changed"],
  ])("%s changes nothing and says what to do", async (_, name, content, said) => {
    if (content !== undefined) await write(name, content);
    const { code, stderr } = await shell.run([
      "apply",
      name,
      "--yes",
      "--journal",
      "no/such/folder/j",
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(said);
    expect(shell.mock.platform.journal.find({ method: "PATCH" })).toEqual([]);
  });
});
