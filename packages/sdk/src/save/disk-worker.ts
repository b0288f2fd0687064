import { parentPort } from "node:worker_threads";
import { moveInto } from "./collision.js";
import { diskCodeOf } from "./disk.js";
import type { Reply, Task } from "./disk-thread.js";
import { FileHash, land } from "./disk-work.js";

// The disk thread. Started by disk-thread.ts. It goes on with the next task while a file is flushed.

const hashes = new Map<number, FileHash>();

/** What to answer; `undefined` if nothing. */
async function perform(task: Task): Promise<Omit<Reply, "id"> | undefined> {
  if (task.what === "land") return { landed: await land(task.landing) };
  if (task.what === "move") return { moved: { path: moveInto(task.move) } };
  let hash = hashes.get(task.id);
  if (task.what === "hash") {
    hash ??= new FileHash(task.path);
    hashes.set(task.id, hash);
    hash.reach(task.end);
    return undefined;
  }
  drop(task.id);
  // What failed before has been dropped, and has no digest.
  return task.what === "digest" ? hash && { sha256: hash.digest() } : undefined;
}

function drop(id: number): void {
  hashes.get(id)?.close();
  hashes.delete(id);
}

const port = parentPort;
const answer = (reply: Reply) =>
  port?.postMessage(reply, reply.buffer === undefined ? [] : [reply.buffer]);
port?.on("message", async (task: Task) => {
  const { id } = task;
  const buffer = task.what === "land" ? { buffer: task.landing.buffer } : {};
  try {
    const done = await perform(task);
    if (done) answer({ id, ...done, ...buffer });
    else if (task.what === "digest") answer({ id });
  } catch (error) {
    drop(id);
    // A clone of an error would lose its code.
    const message = error instanceof Error ? error.message : String(error);
    answer({ id, error: { message, code: diskCodeOf(error) }, ...buffer });
  }
});
// That it runs.
answer({ id: 0 });
