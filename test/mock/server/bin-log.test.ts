import { describe, expect, test } from "vitest";
import { startCommand, startCommandIn } from "../../helpers/processes/command.js";

describe("the log", () => {
  /** The line of a request, once it is there. */
  async function logged(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
    const command = await startCommandIn(environment, ...args);
    const before = command.lines.length;
    await fetch(`${command.space}/api/projects`);
    await command.until(() => command.lines.length > before);
    return command.lines[before] ?? "";
  }
  const colour = String.fromCharCode(27);

  test("has no colours where there is no terminal", async () => {
    expect(await logged({})).not.toContain(colour);
  });

  test("has colours where they are wanted all the same", async () => {
    expect(await logged({ FORCE_COLOR: "1", NO_COLOR: "" })).toContain(`${colour}[33m401`);
  });

  test("has none where they are not wanted", async () => {
    expect(await logged({ FORCE_COLOR: "1", NO_COLOR: "1" })).not.toContain(colour);
  });

  test("is JSON lines with --json, the introduction too", async () => {
    const { space, projectId, lines, until } = await startCommand("--json");
    const [listening] = lines.map((line) => JSON.parse(line));
    expect(listening).toEqual({
      event: "listening",
      time: expect.any(String),
      origins: { space, files: expect.any(String), storage: expect.any(String) },
      projectId,
    });
    await fetch(`${space}/api/projects?secret=1`);
    await until(() => lines.length > 1);
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({
      event: "request",
      method: "GET",
      path: "/api/projects",
      status: 401,
      decision: "deny",
      reason: "no-credentials",
    });
    expect(lines.join("\n")).not.toContain("secret");
  });
});
