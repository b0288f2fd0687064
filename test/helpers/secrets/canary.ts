import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect } from "vitest";
import { projectId } from "../origins/scripted-client.js";

/** A token whose beginning and end are telling, with characters between that encodings change. */
export const canary = "PTcanary0123456789abcdef/+=$&?x,;\"'<>\\%tail9876543210";
/** How the space gets it. */
export const basic = btoa(`${projectId}:${canary}`);

/** What gives the token away, whole or cut short, whatever it is encoded as. */
const forms = [
  ...[canary.slice(0, 12), canary.slice(-12)],
  ...[basic.slice(0, 60), basic.slice(-14, -2)],
  ...[btoa(canary).slice(0, 16), btoa(canary).slice(-14, -2)],
];

/** Everything that a log, a debugger or a crash report could show of a value. */
function shown(value: unknown): string {
  const seen = new Set<unknown>();
  const texts = [inspect(value, { depth: 10, showHidden: true, getters: true }), String(value)];
  const visit = (part: unknown) => {
    if (typeof part === "string") texts.push(part);
    if (typeof part !== "object" || part === null || seen.has(part)) return;
    seen.add(part);
    texts.push(JSON.stringify(part) ?? "");
    // Own properties that are not enumerable, such as message, stack and cause, are not in JSON.
    for (const key of Reflect.ownKeys(part)) visit(Reflect.get(part, key));
  };
  visit(value);
  return texts.join("\n");
}

/** Expects that nothing of the value, however it is shown, gives the token away. */
export function expectNoCanary(value: unknown, where: string): void {
  const text = shown(value);
  for (const form of forms) expect(text.includes(form), `${form} in ${where}: ${text}`).toBe(false);
}

/** Expects it of every file below the folder, names included. */
export async function expectNoCanaryIn(folder: string): Promise<number> {
  let files = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    expectNoCanary(entry.name, "the name of a file");
    if (!entry.isFile()) continue;
    files++;
    expectNoCanary(await readFile(join(entry.parentPath, entry.name), "latin1"), entry.name);
  }
  return files;
}
