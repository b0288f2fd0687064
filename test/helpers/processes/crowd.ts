import { fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { KnownMedium } from "../mock/known-media.js";
import { built, type MockProcess, messageOf } from "./processes.js";
import type { Exchange } from "./timed-download.js";

/** What a crowd is told. */
export interface CrowdJob {
  readonly mock: Pick<MockProcess, "origins" | "projectId" | "apiToken">;
  readonly media: readonly KnownMedium[];
  /** How many download at the same time. */
  readonly size: number;
  readonly seed: number;
}

/** What a crowd saw. */
export interface CrowdReport {
  readonly exchanges: readonly Exchange[];
  /** The most requests that waited for their answers at the same time. */
  readonly most: number;
  /** Those that still do. */
  readonly pending: readonly string[];
}

/** Many who download again and again, in a process of their own. */
export interface Crowd {
  /** Lets each finish what it does, and tells what all of them saw. */
  finish(): Promise<CrowdReport>;
  /** Makes the `finish` that was asked for tell at once, though some have not finished. */
  hurry(): void;
  stop(): Promise<void>;
}

/** Starts a crowd; it is there once all of it waits for answers. */
export async function startCrowd(job: CrowdJob): Promise<Crowd> {
  // So that bytes can be sent.
  const child = fork(resolve(built, "processes/crowd-process.js"), [], {
    serialization: "advanced",
  });
  child.send(job);
  await messageOf<"begun">(child);
  return {
    finish() {
      child.send("finish");
      return messageOf<CrowdReport>(child);
    },
    hurry: () => void (child.connected && child.send("hurry")),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await once(child, "exit");
    },
  };
}
