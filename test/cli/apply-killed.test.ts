import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Shell } from "./cli.js";

// kill -9 in the middle of apply: where it comes is decided by the platform's n-th answer, not by a clock.

const projects = 12;

test.each([1, 3, 7, 12, 18])(
  "apply killed at answer %i: a rerun ends as desired, the journal leads back, and nothing else is turned",
  async (killAt) => {
    await using shell = await Shell.open();
    const { platform } = shell.mock;
    await writeFile(
      join(shell.folder, "protection.yaml"),
      'default: { recordings: on, messageMedia: leave, faxMedia: off }\nleave: [{ name: "Left *" }]\n',
    );
    const state = () =>
      JSON.stringify(
        Array.from(platform.projects.all(), ({ entity: { id, protectedSince } }) => [
          id,
          ...Object.values(protectedSince).map((since) => since !== null),
        ]),
      );
    for (let index = 0; index < projects; index++) {
      const { id } = platform.addProject({ name: index % 4 === 0 ? `Left ${index}` : `P${index}` });
      platform.setProtection(id, {
        recordings: index % 3 === 0,
        messageMedia: index % 2 === 0,
        faxMedia: index % 5 === 0,
      });
    }
    const before = state();
    const journal = `journal-${killAt}.jsonl`;
    const child = shell.start(["apply", "--yes", "--journal", journal]);
    const closed = once(child, "close");
    let answers = 0;
    const stop = platform.journal.subscribe(() => {
      if (++answers === killAt) child.kill("SIGKILL");
    });
    await closed;
    stop();
    expect(child.signalCode, `killed at ${killAt}`).toBe("SIGKILL");

    const rerun = await shell.run(["apply", "--yes", "--journal", journal]);
    expect([killAt, rerun.code, rerun.stderr.includes("again")]).toEqual([killAt, 0, false]);
    for (const { entity } of platform.projects.all()) {
      const { name, protectedSince: is } = entity;
      if (name.startsWith("Left")) continue;
      expect([name, is.recording !== null, is.faxMedia !== null]).toEqual([name, true, false]);
    }
    const back = await shell.run(["rollback", journal, "--yes"]);
    expect([killAt, back.code]).toEqual([killAt, 0]);
    expect(state()).toBe(before);
  },
);

test("two apply at once, and both end as desired: what one has turned the other finds so", async () => {
  await using shell = await Shell.open();
  const { platform } = shell.mock;
  for (let index = 0; index < projects; index++) platform.addProject({ name: `P${index}` });
  await writeFile(join(shell.folder, "protection.yaml"), "default: { recordings: on }\n");
  const ended = await Promise.all([
    shell.run(["apply", "--yes", "--journal", "a.jsonl"]),
    shell.run(["apply", "--yes", "--journal", "b.jsonl"]),
  ]);
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  for (const { entity } of platform.projects.all()) {
    expect(entity.protectedSince.recording).not.toBeNull();
  }
});

test("Ctrl-C ends it with 130, between two changes, and says how to go on", async () => {
  await using shell = await Shell.open();
  const { platform } = shell.mock;
  for (let index = 0; index < projects; index++) platform.addProject({ name: `P${index}` });
  await writeFile(join(shell.folder, "protection.yaml"), "default: { recordings: on }\n");
  const child = shell.start(["apply", "--yes", "--journal", "c.jsonl"]);
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  const closed = once(child, "close");
  const stop = platform.journal.subscribe(({ method }) => {
    if (method !== "PATCH") return;
    // Once: a second Ctrl-C ends it at once, and the next PATCH may be here before the first is heard.
    stop();
    child.kill("SIGINT");
  });
  await closed;
  expect(child.exitCode).toBe(130);
  expect(said).toContain("run apply again to go on, or rollback to go back");
  const turned = Array.from(platform.projects.all()).filter(
    ({ entity }) => entity.protectedSince.recording !== null,
  );
  expect(turned.length).toBeGreaterThan(0);
  expect(turned.length).toBeLessThan(projects + 2);
});
