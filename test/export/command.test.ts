import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { folderTarget } from "@media-protection/export";
import { expect, onTestFinished, test } from "vitest";
import { startCommandScene } from "../helpers/export/command-scene.js";
import { savedIn } from "../helpers/export/export-scene.js";
import { noRedis, startRedis } from "../helpers/export/redis-server.js";

test("everything is exported by one line, and again by the same; verify and status say so", async () => {
  const { to, run } = await startCommandScene(20);
  const first = await run(["--to", to]);
  expect(first).toMatchObject({ status: 0, out: expect.stringContaining("20 saved") });
  const again = await run(["--to", to]);
  expect(again).toMatchObject({ status: 0, out: expect.stringContaining("0 saved") });
  expect((await run(["verify", "--to", to, "--listing"])).out).toMatch(
    /^20 copies are right .*\n20 are listed: 0 lacking/,
  );
  expect(await run(["status", "--to", to])).toMatchObject({
    status: 0,
    out: expect.stringContaining("0 open"),
  });
});

test("what verify finds damaged is got anew by repair, which it names", async () => {
  const { to, run } = await startCommandScene(10);
  await run(["--to", to]);
  const target = folderTarget(to);
  onTestFinished(() => target.close());
  const [damaged] = (await savedIn(target)).values();
  await writeFile(join(to, damaged?.key ?? ""), "damaged");
  expect(await run(["verify", "--to", to])).toMatchObject({
    status: 2,
    out: expect.stringMatching(
      /size: .*\n9 copies are right.*\n`export repair` with the same --to/,
    ),
  });
  const out = `restored: ${damaged?.key}\nRight: 9 copies. Got anew: 1.\n`;
  expect(await run(["repair", "--to", to])).toEqual({ status: 0, out, err: "" });
  expect(await run(["verify", "--to", to])).toMatchObject({ status: 0 });
  const nothing = await run(["repair", "--to", join(to, "nothing")]);
  expect(nothing).toMatchObject({ status: 1, err: expect.stringContaining("no manifest") });
});

test("kinds and times narrow it", async () => {
  const { to, run } = await startCommandScene(20);
  const json = ["--json", "--kinds", "recording", "--since", "2026-01-05T09:00:00Z"];
  const { out } = await run(["--to", to, ...json, "--until", "2026-01-05T12:00:00Z"]);
  // Of 08:00 to 14:20, every 20 minutes: nine are within, and three of five are recordings.
  expect(JSON.parse(out)).toMatchObject({ saved: 5, isComplete: true });
});

test("what could not be got is said by reason, and the status is 2", async () => {
  const { to, run, platform } = await startCommandScene(10);
  const [recording] = platform.recordings.of(platform.credentials.projectId);
  platform.faults.add({ kind: "status", status: 403, media: recording?.entity.id ?? "" });
  const { status, out } = await run(["--to", to]);
  expect(status).toBe(2);
  expect(out).toContain("Not got: 1 forbidden.");
  expect((await run(["status", "--to", to])).status).toBe(2);
});

test("delete writes a plan and deletes nothing; with --yes it deletes what is in it", async () => {
  const { to, run, client, add, platform } = await startCommandScene(10);
  await run(["--to", to]);
  const remove = ["delete", "--manifest", to, "--plan", "plan.jsonl"];
  const planned = await run([...remove, "--min-age", "30d"]);
  expect(planned).toMatchObject({ status: 0, out: expect.stringContaining("Nothing was deleted") });
  // Whoever says yes sees of which kinds, projects and days.
  const { projectId } = platform.credentials;
  expect(planned.out).toMatch(/^plan\.jsonl: 10 media \([\d.]+ kB\)\.\nEach has a copy/);
  for (const [kind, count] of [
    ["recording", 6],
    ["messageMedia", 2],
    ["faxMedia", 2],
  ] as const) {
    const list = `  ${kind.padEnd(13)} ${projectId}  ${count} \\([\\d.]+ k?B\\)\n    of 2026-01-05 to 2026-01-05`;
    expect(planned.out).toMatch(new RegExp(list));
  }
  add(5, 50);
  expect(await client.recordings.list().toArray({ limit: 99 })).toHaveLength(9);
  expect((await run([...remove, "--min-age", "30d"])).status).toBe(1); // never over a plan
  // The plan says how to go on, and no line is wider than a terminal.
  expect(planned.out).toContain("\n  --plan plan.jsonl --yes\n");
  expect(Math.max(...planned.out.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
  expect((await run([...remove, "--yes"])).out).toMatch(/^10 of 10 deleted/);
  expect(await client.recordings.list().toArray({ limit: 99 })).toHaveLength(3);
  // A retention rule that runs each night has nights without anything to do: no error, and no plan.
  await run(["--to", to]);
  const next = ["delete", "--manifest", to, "--plan", "next.jsonl", "--min-age"];
  const nothing = await run([...next, "9999d"]);
  expect(nothing).toEqual({
    status: 0,
    out: [
      "Nothing to delete; no plan was written.",
      "Left out, since they are younger: 5.",
      "Left out, since they are deleted already: 10.\n",
    ].join("\n"),
    err: "",
  });
  expect(JSON.parse((await run([...next, "1d", "--limit", "2", "--json"])).out)).toEqual({
    ...{ plan: "next.jsonl", media: 2, unproven: 0, young: 0, isCut: true },
    deletedBefore: expect.any(Number),
  });
});

test("projects are named as the other commands name them, too", async () => {
  const { to, run, platform } = await startCommandScene(5);
  const { projectId } = platform.credentials;
  const other = crypto.randomUUID();
  for (const args of [
    ["--projects", projectId],
    ["--project", projectId],
    ["--project", projectId, projectId],
  ]) {
    const out = JSON.parse((await run(["--to", to, "--json", ...args])).out);
    expect(out).toMatchObject({ listed: 5, isComplete: true });
  }
  const remove = ["delete", "--to", to, "--min-age", "0s"];
  const none = await run([...remove, "--project", other]);
  expect(none).toMatchObject({ status: 1, err: expect.stringContaining("of these projects") });
  expect(await run([...remove, "--project", projectId])).toMatchObject({ status: 0 });
  const both = await run(["--to", to, "--all", "--project", projectId]);
  expect(both).toMatchObject({ status: 1, err: expect.stringContaining("not both") });
});

test("a copy that is damaged makes verify end with 2, and its medium is not planned", async () => {
  const { to, run } = await startCommandScene(10);
  await run(["--to", to]);
  const target = folderTarget(to);
  const [line] = (await savedIn(target)).values();
  await writeFile(join(to, line?.key ?? ""), "damaged");
  const verified = await run(["verify", "--to", to]);
  expect(verified).toMatchObject({ status: 2, out: expect.stringContaining(`size: ${line?.key}`) });
  const planned = await run([
    "delete",
    "--manifest",
    to,
    "--plan",
    join(to, "p"),
    "--min-age",
    "1d",
  ]);
  expect(planned).toMatchObject({ status: 2, out: expect.stringContaining("9 media") });
  expect(await readFile(join(to, "p"), "utf8")).not.toContain(line?.id);
});

test.each(["repair", "delete"])(
  "Ctrl-C ends %s with 130 and a word; run again, it goes on",
  async (name) => {
    const { to, run, platform } = await startCommandScene(10);
    await run(["--to", to]);
    const target = folderTarget(to);
    onTestFinished(() => target.close());
    const lines = [...(await savedIn(target)).values()];
    const [one, other] = lines.filter(({ kind }) => kind === "recording");
    if (name === "repair") await rm(join(to, one?.key ?? ""));
    else await run(["delete", "--to", to, "--min-age", "0s"]);
    const args = name === "repair" ? ["repair", "--to", to] : ["delete", "--to", to, "--yes"];
    // Its bytes begin to come, and no more comes: in that moment somebody ends it.
    const stalled = (name === "repair" ? one : other)?.id ?? "";
    platform.faults.add({ kind: "stall", media: stalled });
    const stop = new AbortController();
    const unsubscribe = platform.journal.subscribe(
      ({ path }) => path.includes(stalled) && stop.abort(),
    );
    const ended = await run(args, stop.signal);
    unsubscribe();
    expect(ended).toMatchObject({ status: 130, err: expect.stringContaining("Interrupted. Run") });
    platform.faults.clear();
    const out = name === "repair" ? "Got anew: 1" : "10 of 10 deleted";
    expect(await run(args)).toMatchObject({ status: 0, out: expect.stringContaining(out) });
  },
);

test.each([
  [[], "--to is missing"],
  [["--to", "x", "--since", "2026-02-31"], "A day such as"],
  [["--to", "x", "--kinds", "calls"], "Of recording, messageMedia, faxMedia"],
  [["--to", "x", "--template", "{from}.wav"], "with {id}"],
  [["delete", "--manifest", "x"], "--min-age is missing"],
  [["worker", "--to", "x"], "--queue"],
])("%j is an error that says what is wrong, before anything is asked for", async (args, said) => {
  const { run, platform } = await startCommandScene(0);
  const { status, err } = await run(args);
  expect(err).toContain(said);
  expect(status).toBe(1);
  expect(platform.journal.entries()).toEqual([]);
});

test.skipIf(noRedis !== undefined)(
  `over a queue: a worker, the producer, status${noRedis ? `: skipped, ${noRedis}` : ""}`,
  async () => {
    const { to, run } = await startCommandScene(20);
    const redis = await startRedis();
    onTestFinished(() => redis.close());
    const stop = new AbortController();
    const worker = run(["worker", "--to", to, "--queue", redis.url], stop.signal);
    const produced = await run(["--to", to, "--queue", redis.url]);
    expect(produced).toMatchObject({ status: 0, out: expect.stringContaining("listed") });
    const status = await run(["status", "--to", to, "--queue", redis.url, "--json"]);
    expect(JSON.parse(status.out)).toMatchObject({ open: 0, queue: { saved: 20, workers: 1 } });
    stop.abort();
    await worker;
    expect((await savedIn(folderTarget(to))).size).toBe(20);
    await rm(to, { recursive: true });
  },
);
