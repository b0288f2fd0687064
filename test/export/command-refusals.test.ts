import { access, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startCommandScene } from "../helpers/export/command-scene.js";

// What would seem to be heeded and is not, is refused; what nobody would see, is said.

test.each([
  [["--min-age", "9999d"], "5 younger than --min-age"],
  [["--limit", "1"], "4 beyond --limit"],
  [["--projects", "5eed0000-0000-4000-8000-000000000002"], "5 of other --projects"],
  [["--project", "5eed0000-0000-4000-8000-000000000002"], "5 of other --projects"],
])(
  "delete --yes with %j deletes nothing by a plan that they would not have made",
  async (more, said) => {
    const { to, run, platform } = await startCommandScene(5);
    await run(["--to", to]);
    const command = ["delete", "--to", to, "--min-age", "1d", "--plan"];
    await run(command);
    const { status, err } = await run(["delete", "--to", to, "--yes", ...more]);
    expect(err).toContain(said);
    expect(status).toBe(1);
    expect(platform.journal.find({ method: "DELETE" })).toEqual([]);
    // The same as the plan was made with, as the plan's own text says.
    const { projectId } = platform.credentials;
    const same = [...command, "--limit", "5", "--projects", projectId.toUpperCase(), "--yes"];
    expect(await run(same)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^5 of 5 deleted/),
    });
  },
);

test.each(["s3:/bucket", "S3://bucket", "http://x", "https://s3.test/b", "file:///x", "gs://b"])(
  "--to %s is no folder's name",
  async (to) => {
    const { run, folder, platform } = await startCommandScene(1);
    for (const command of [[], ["verify"], ["status"], ["pause"], ["delete", "--min-age", "1d"]]) {
      const { status, err } = await run([...command, "--to", to]);
      expect(err).toContain("a folder, or s3://bucket/prefix");
      expect(status).toBe(1);
    }
    expect(await readdir(folder)).toEqual([]);
    expect(platform.journal.entries()).toEqual([]);
  },
);

test.each(["status", "pause", "resume", "cancel", "verify", "repair"])(
  "%s of a place to which nothing was exported says so, and makes nothing",
  async (command) => {
    const { run, to } = await startCommandScene(0);
    const { status, err } = await run([command, "--to", to]);
    expect(err).toContain("nothing was exported to it");
    expect(status).toBe(1);
    await expect(access(to)).rejects.toThrow();
  },
);

test.each([
  [["--queue", "redis://127.0.0.1:1", "--page", "0"], "--page is of `export worker`"],
  [["verify", "--kinds", "faxMedia"], "are for --listing"],
  [["verify", "--since", "2026-01-01"], "are for --listing"],
  [["verify", "--all"], "are for --listing"],
  [["delete", "--yes"], "There is no plan deletion-plan.jsonl: make one first"],
  [["delete", "--min-age", "1d", "--plan", "no/such/folder/plan"], "cannot be written (ENOENT)"],
  [["--since", "2026-02-31T00:00:00Z"], "A day such as"],
  [["--since", "2026-03-01", "--until", "2026-01-01"], "later than since"],
])("%j is an error before anything is read", async (args, said) => {
  const { run, to } = await startCommandScene(1);
  await run(["--to", to]);
  const { status, out, err } = await run([...args, "--to", to]);
  expect(err).toContain(said);
  expect([status, out]).toEqual([1, ""]);
});

test("a pause that the platform asks for is said, or it would look like a hang", async () => {
  const { run, to, platform } = await startCommandScene(2);
  const [one] = platform.recordings.of(platform.credentials.projectId);
  platform.faults.add({
    ...{ kind: "status", status: 429, retryAfter: 2 },
    ...{ media: one?.entity.id ?? "", times: 1 },
  });
  const { status, err } = await run(["--to", to]);
  expect(err.match(/The platform asks to wait 2 s\./g)).toHaveLength(1);
  expect(status).toBe(0);
});

test("an export that was killed while it listed is not complete, whatever its shards say", async () => {
  const { run, to } = await startCommandScene(5);
  await run(["--to", to]);
  expect((await run(["status", "--to", to])).status).toBe(0);
  // As a run leaves it that has begun to list, and was killed.
  const note = { version: 1, lists: ["recording/5eed0000-0000-4000-8000-000000000001"] };
  await mkdir(join(to, "_export/listing"), { recursive: true });
  await writeFile(join(to, "_export/listing/0123456789abcdef.json"), JSON.stringify(note));
  for (const args of [["status"], ["status", "--rebuild"], ["verify"], ["repair"]]) {
    const { status, out } = await run([...args, "--to", to]);
    expect(out).toContain("A listing into it did not end");
    expect(status).toBe(2);
  }
  const { summary } = JSON.parse((await run(["status", "--rebuild", "--json", "--to", to])).out);
  expect(summary).toMatchObject({ isComplete: false });
});

test("no line is wider than a terminal, but for names; long lists are cut", async () => {
  const { run, to, add } = await startCommandScene(60);
  await run(["--to", to]);
  add(60, 1000);
  await mkdir(join(to, "odd"));
  await writeFile(join(to, "odd", "file"), "");
  const said = await Promise.all(
    [["verify", "--listing"], ["status"], ["repair"], ["--template", "{id}"]].map((args) =>
      run([...args, "--to", to]),
    ),
  );
  for (const { out } of said) {
    const lines = out.split("\n").filter((line) => !line.includes("/"));
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  }
  const [verified] = said;
  expect(verified?.out.match(/^lacking: (?!and)/gm)).toHaveLength(20);
  expect(verified?.out).toContain("\nlacking: and 40 more; --json names all\n");
  expect(verified?.out).toContain("\nstray: odd/file\n");
  const json = (await run(["verify", "--listing", "--json", "--to", to])).out;
  expect(json.match(/"what":"lacking"/g)).toHaveLength(60);
});
