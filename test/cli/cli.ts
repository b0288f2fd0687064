import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type MockServer, startMockServer } from "@media-protection/mock/server";

const bin = resolve(import.meta.dirname, "../../packages/cli/bin/media-protection.js");

/** What a command said, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A mock, a folder, and the command run against the one in the other. */
export class Shell implements AsyncDisposable {
  readonly mock: MockServer;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;

  private constructor(mock: MockServer, folder: string) {
    this.mock = mock;
    this.folder = folder;
    const { PATH, HOME } = process.env;
    const { projectId, apiToken } = mock.platform.credentials;
    this.env = {
      ...{ PATH, HOME },
      SIGNALWIRE_SPACE: mock.origins.space,
      SIGNALWIRE_MEDIA_ORIGINS: mock.origins.files,
      SIGNALWIRE_PROJECT_ID: projectId,
      SIGNALWIRE_API_TOKEN: apiToken,
    };
  }

  static async open(options: Parameters<typeof startMockServer>[0] = {}): Promise<Shell> {
    const mock = await startMockServer({ port: 0, ...options });
    return new Shell(mock, await mkdtemp(join(tmpdir(), "media-protection-cli-")));
  }

  /** Runs the command to its end. */
  run(
    args: readonly string[],
    how: { env?: NodeJS.ProcessEnv; input?: string } = {},
  ): Promise<Ended> {
    return new Promise((resolved) => {
      const options = { cwd: this.folder, env: { ...this.env, ...how.env } };
      const child = execFile(process.execPath, [bin, ...args], options, (_, stdout, stderr) => {
        resolved({ code: child.exitCode ?? -1, stdout, stderr });
      });
      // A command that ends at once reads nothing.
      child.stdin?.on("error", () => {});
      child.stdin?.end(how.input ?? "");
    });
  }

  /** Starts the command, to be ended in the middle. */
  start(args: readonly string[]): ChildProcess {
    const options = { cwd: this.folder, env: this.env, stdio: "pipe" } as const;
    return spawn(process.execPath, [bin, ...args], options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.mock.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The lines of `--json`. */
export function jsonLines(stdout: string): Record<string, unknown>[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
