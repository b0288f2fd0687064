import { createHash } from "node:crypto";
import type { Stored, Target } from "./target.js";

/** What lies at a key now: size and SHA-256 of its bytes, every one read. `undefined` if nothing has it. */
export async function reRead(
  target: Pick<Target, "read">,
  key: string,
  signal?: AbortSignal | undefined,
): Promise<Stored | undefined> {
  const bytes = await target.read(key, signal);
  if (!bytes) return undefined;
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest("hex") };
}
