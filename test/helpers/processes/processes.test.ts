import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { messageOf } from "./processes.js";

const run = (code: string) =>
  spawn(process.execPath, ["-e", code], { stdio: ["ignore", "ignore", "inherit", "ipc"] });

describe("waiting for a child's message", () => {
  test("gives the message, also when the child ends right after it", async () => {
    const child = run("process.send({ size: 1 }, () => process.exit(3))");
    expect(await messageOf(child)).toEqual({ size: 1 });
  });

  test.each([
    ["exit code 3", "process.exit(3)"],
    ["SIGKILL", 'process.kill(process.pid, "SIGKILL")'],
    ["exit code 0", "process.disconnect()"],
  ])("ends when the child ends, with %s, without one", async (how, code) => {
    await expect(messageOf(run(code))).rejects.toThrow(`ended with ${how}`);
  });

  test("ends when there is no child", async () => {
    const child = spawn("/no/such/program", { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    await expect(messageOf(child)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
