import { join } from "node:path";
import { expect, test } from "vitest";
import { Shell } from "./cli.js";

// The command itself is tried in test/export/command.test.ts; here, that it is this program's, too.

test("export, verify and a plan to delete, with the program's own way to the credentials", async () => {
  await using shell = await Shell.open();
  shell.mock.platform.addRecording({ seconds: 1 });
  const to = join(shell.folder, "archive");
  const exported = await shell.run(["export", "--to", to, "--json"]);
  expect(exported.code).toBe(0);
  expect(JSON.parse(exported.stdout.trim().split("\n").at(-1) ?? "")).toMatchObject({
    isComplete: true,
  });
  expect((await shell.run(["export", "verify", "--to", to, "--listing"])).stdout).toContain(
    "0 lacking",
  );
  const plan = join(shell.folder, "plan.jsonl");
  const planned = await shell.run([
    "export",
    "delete",
    "--manifest",
    to,
    "--plan",
    plan,
    "--min-age",
    "0s",
  ]);
  expect(planned.stdout).toContain("Nothing was deleted");
});

test("export without a place is an error that says so", async () => {
  await using shell = await Shell.open();
  expect(await shell.run(["export"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("--to"),
  });
});
