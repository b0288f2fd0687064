import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { seededCredentials } from "@media-protection/mock";
import { onTestFinished } from "vitest";
import { basic } from "../../mock/scene.js";

const bin = fileURLToPath(new URL("../../../mock/dist/bin.js", import.meta.url));

/** The command line of the mock, running. */
export interface Command {
  readonly child: ChildProcessWithoutNullStreams;
  /** The origin of the space. */
  readonly space: string;
  readonly projectId: string;
  /** The seeded credentials. */
  readonly headers: { readonly authorization: string };
  /** What it has said so far. */
  readonly lines: readonly string[];
  readonly errors: () => string;
  /** Waits until it has said something; fails when it ends before. */
  readonly until: (holds: () => boolean) => Promise<void>;
  /** Its exit status, once it has ended; `null` when a signal killed it. */
  readonly ended: Promise<number | null>;
  /** Ends it by a signal, and answers its exit status. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/**
 * Starts the mock's command line on free ports, and waits until it says where it is. Whatever becomes
 * of the test, it is ended.
 *
 * @param environment variables besides those of this process
 */
export async function startCommand(...args: readonly string[]): Promise<Command> {
  return startCommandIn({}, ...args);
}

/** As `startCommand`, with environment variables besides those of this process. */
export async function startCommandIn(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Command> {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [bin, "--port", "0", ...args], { env });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  let errors = "";
  const heard = new Set<() => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    for (const hear of heard) hear();
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const ended = once(child, "close").then(([code]): number | null => code);
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        heard.delete(look);
        resolve();
      };
      heard.add(look);
      void ended.then(() =>
        reject(new Error(`It ended, having said:\n${lines.join("\n")}${errors}`)),
      );
      look();
    });
  const said = () => lines.join("\n").match(/(?<=^space +|"space":")https?:[^\s"]+/m)?.[0];
  // The introduction has two empty lines between its parts and one at its end; in JSON it is one line.
  const introduced = () =>
    lines[0]?.startsWith("{") || lines.filter((line) => line === "").length === 3;
  await until(() => said() !== undefined && introduced() === true);
  const { projectId, apiToken } = seededCredentials;
  return {
    child,
    space: said() ?? "",
    projectId,
    headers: basic(projectId, apiToken),
    lines,
    errors: () => errors,
    until,
    ended,
    end(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
  };
}
