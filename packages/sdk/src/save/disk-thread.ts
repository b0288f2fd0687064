import { Worker } from "node:worker_threads";
import { type Move, moveInto } from "./collision.js";
import { type Landed, type Landing, land } from "./disk-work.js";

/** The largest medium, in bytes, that can land as a whole. */
export const landingSize = 2 ** 18;

/** What the disk thread is told to do. */
export type Task =
  | { readonly id: number; readonly what: "land"; readonly landing: Landing }
  | { readonly id: number; readonly what: "move"; readonly move: Move }
  | {
      readonly id: number;
      readonly what: "hash";
      readonly path: string;
      /** The offset, in bytes, before which everything is written. */
      readonly end: number;
    }
  | { readonly id: number; readonly what: "digest" | "drop" };

/** What it answers; "drop" never, and "hash" only if it fails. */
export interface Reply {
  readonly id: number;
  readonly landed?: Landed;
  /** What became of a move. */
  readonly moved?: { readonly path: string | undefined };
  /** What a landing was sent with. */
  readonly buffer?: ArrayBuffer;
  readonly sha256?: string;
  readonly error?: {
    readonly message: string;
    /** Node's code, where the file system refused. */
    readonly code: string | undefined;
  };
}

/** The SHA-256 of a file, computed while it is written. */
export interface HashBehind {
  /** Tells that everything before this offset, in bytes, is written. */
  reach(end: number): void;
  /** The SHA-256 as far as was told, lower-case hex; `undefined` if the thread could not. */
  digest(): Promise<string | undefined>;
  /** Lets go of the file. */
  drop(): void;
}

/**
 * A thread for what waits for the disk or keeps a core busy, started when first needed. What it does
 * is in `disk-work.ts`.
 */
export class DiskThread {
  private starting: Promise<Worker | undefined> | undefined;
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private readonly buffers: ArrayBuffer[] = [];
  private lastId = 0;

  /** Memory for a medium to land, of which nobody knows what it holds. */
  takeBuffer(): ArrayBuffer {
    return this.buffers.pop() ?? new ArrayBuffer(landingSize);
  }

  /** Gives it back. */
  giveBuffer(buffer: ArrayBuffer): void {
    this.buffers.push(buffer);
  }

  /**
   * Makes a file of a whole medium, and takes its buffer. Where there is no thread, since a bundle lacks
   * its file or a policy forbids it, here.
   *
   * @throws Error with the code that Node gave, `ECANCELED` if the thread ended meanwhile
   */
  async land(landing: Landing): Promise<Landed> {
    if (!(await this.worker())) {
      return land(landing).finally(() => this.giveBuffer(landing.buffer));
    }
    const id = ++this.lastId;
    const reply = await this.ask({ id, what: "land", landing }, [landing.buffer]);
    if (reply.buffer) this.giveBuffer(reply.buffer);
    if (reply.landed) return reply.landed;
    throw refusal(reply, "land");
  }

  /** Gives a whole file its name, as {@link moveInto}; where there is no thread, here. */
  async move(move: Move): Promise<string | undefined> {
    if (!(await this.worker())) return moveInto(move);
    const id = ++this.lastId;
    const reply = await this.ask({ id, what: "move", move });
    if (reply.moved) return reply.moved.path;
    throw refusal(reply, "link");
  }

  /** Begins to hash a file, as far as the caller tells that it is written; does not wait for it. */
  hashBehind(path: string): HashBehind {
    const id = ++this.lastId;
    return {
      reach: (end) => void this.tell({ id, what: "hash", path, end }),
      digest: async () => (await this.ask({ id, what: "digest" })).sha256,
      drop: () => void this.tell({ id, what: "drop" }),
    };
  }

  /** Ends the thread, without waiting for its end; to be called when nothing is under way. */
  close(): void {
    // Neither of them rejects.
    void this.starting?.then((worker) => worker?.terminate());
  }

  private worker(): Promise<Worker | undefined> {
    this.starting ??= this.start();
    return this.starting;
  }

  private async start(): Promise<Worker | undefined> {
    try {
      // Without the process's own flags, which may be for its entry, such as a loader.
      const worker = new Worker(new URL("./disk-worker.js", import.meta.url), { execArgv: [] });
      await new Promise((resolve, reject) => {
        worker.once("message", resolve);
        worker.once("error", reject);
        worker.once("exit", reject);
      });
      worker.on("message", (reply: Reply) => this.settle(reply));
      worker.on("error", () => {});
      worker.on("exit", () => {
        this.starting = Promise.resolve(undefined);
        for (const id of this.waiting.keys()) this.settle(lost(id));
      });
      return worker;
    } catch {
      return undefined;
    }
  }

  private async tell(task: Task, transfer: readonly ArrayBuffer[] = []): Promise<void> {
    const worker = await this.worker();
    if (worker) worker.postMessage(task, transfer);
    else this.settle(lost(task.id));
  }

  private ask(task: Task, transfer?: readonly ArrayBuffer[]): Promise<Reply> {
    return new Promise((resolve) => {
      this.waiting.set(task.id, resolve);
      void this.tell(task, transfer);
    });
  }

  private settle(reply: Reply): void {
    this.waiting.get(reply.id)?.(reply);
    this.waiting.delete(reply.id);
  }
}

/** What the disk refused, as Node would have said it. */
function refusal({ error }: Reply, syscall: string): Error {
  const { message, code } = error ?? { message: "no answer", code: undefined };
  return Object.assign(new Error(message), code !== undefined && { code, syscall });
}

/** With a code, as all that the disk refuses: the landing that was under way is not known to be whole. */
function lost(id: number): Reply {
  return { id, error: { message: "the disk thread has ended", code: "ECANCELED" } };
}
