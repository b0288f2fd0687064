import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { promisify } from "node:util";

/** What a mock server in a process of its own tells about itself. */
export interface MockProcess {
  readonly origins: { readonly space: string; readonly files: string; readonly storage: string };
  readonly projectId: string;
  readonly apiToken: string;
  /** The URLs of the recordings that were asked for. */
  readonly recordingUrls: readonly string[];
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** What saving a medium in a process of its own took. */
export interface SaveReport {
  readonly size: number;
  readonly sha256: string;
  readonly milliseconds: number;
  /** The process's peak resident memory, in bytes. */
  readonly peakMemory: number;
}

/** Where the built helpers are, which run in processes of their own. */
export const built = resolve(
  import.meta.dirname,
  import.meta.dirname.includes("dist") ? ".." : "../../dist/helpers",
);

/**
 * Starts the built mock server in a process of its own.
 *
 * @param size of each recording that it has, in bytes; 0 for none
 * @param count how many there are
 */
export async function startMockProcess(size = 0, count = 1): Promise<MockProcess> {
  const child = fork(resolve(built, "processes/mock-process.js"), [String(size), String(count)]);
  const told = await messageOf<Omit<MockProcess, "process" | "stop">>(child);
  return {
    ...told,
    process: child,
    async stop() {
      child.disconnect();
      await once(child, "exit");
    },
  };
}

/** Saves a medium of the mock process with `saveMedia`, in a process of its own. */
export async function saveInProcess(mock: MockProcess, folder: string): Promise<SaveReport> {
  const child = fork(
    resolve(built, "saving/save-process.js"),
    [folder, mock.recordingUrls[0] ?? ""],
    {
      env: {
        ...process.env,
        SIGNALWIRE_SPACE: mock.origins.space,
        SIGNALWIRE_PROJECT_ID: mock.projectId,
        SIGNALWIRE_API_TOKEN: mock.apiToken,
      },
    },
  );
  return messageOf<SaveReport>(child);
}

/**
 * The next message of a child process, of which the caller knows the type.
 *
 * @throws Error if the process ends without one
 */
export async function messageOf<Message>(child: ChildProcess): Promise<Message> {
  const over = new AbortController();
  const { signal } = over;
  try {
    return await Promise.race([
      // Safe as far as the caller knows what the child sends.
      once(child, "message", { signal }).then(([message]) => message as Message),
      // Not "exit", which may come before messages that are still on their way.
      once(child, "disconnect", { signal }).then(async () => {
        if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
        const how = child.signalCode ?? `exit code ${child.exitCode}`;
        throw new Error(`The process ended with ${how} before it sent its message.`);
      }),
    ]);
  } finally {
    over.abort();
  }
}

/** A process's resident memory, in bytes. */
export async function residentMemory(pid: number | undefined): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) * 1024;
}
