import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";

const demo = resolve(import.meta.dirname, "../dist/demo/demo.js");

async function run(...options: readonly string[]) {
  const child = spawn(process.execPath, [...options, demo]);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { out, err, code };
}

describe("the demo", () => {
  test("walks every kind of media to the end", async () => {
    const { out, err, code } = await run();
    expect({ err, code }).toEqual({ err: "", code: 0 });
    expect(out.match(/^ {2}ok /gm)?.length).toBeGreaterThan(12);
    // As wide as a terminal is, and without colours where it is none.
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(out).not.toContain("\u001b");
    expect(out).toMatch(/^Next$/m);
  });

  test("says where it failed in one line, with status 1, where the mock cannot start", async () => {
    // A machine on which no port can be opened.
    const portless = `
      import { Server } from "node:net";
      Server.prototype.listen = function () {
        process.nextTick(() => this.emit("error", new Error("no port")));
        return this;
      };`;
    const preload = `data:text/javascript,${encodeURIComponent(portless)}`;
    const { out, err, code } = await run("--import", preload);
    expect({ out, err, code }).toEqual({
      out: "",
      err: "FAILED at starting the mock: no port\n",
      code: 1,
    });
  });
});
