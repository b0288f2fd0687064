import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { basic, canary, expectNoCanary, expectNoCanaryIn } from "./canary.js";

test("what looks for the token finds it in whatever form", async () => {
  const folder = await mkdtemp(join(tmpdir(), "canary-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const hidden = Object.defineProperty({}, "secret", { value: { at: [canary] } });
  const chain = new Error("a", { cause: new Error("b", { cause: new Error(canary) }) });
  for (const value of [canary, `Basic ${basic}`, { [canary]: 1 }, hidden, chain, btoa(canary)]) {
    expect(() => expectNoCanary(value, "it")).toThrow();
  }
  await writeFile(join(folder, "call.wav"), `x${basic}`);
  await expect(expectNoCanaryIn(folder)).rejects.toThrow();
});
