/**
 * The command line with a state, as a process that can be killed.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { basic } from "../scene.js";

const bin = fileURLToPath(new URL("../../../mock/dist/bin.js", import.meta.url));

/** A server that runs. */
export interface MockProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** The file of its certificate; none without HTTPS. */
  readonly certificate: string | undefined;
  /** The root project's URL, and its credentials as headers. */
  readonly project: string;
  readonly headers: { readonly authorization: string };
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

/** What the command said, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], blocks: number | undefined): ChildProcess {
  const command = ["--json", "--quiet", ...args];
  if (blocks === undefined) return spawn(process.execPath, [bin, ...command]);
  // No file may become larger than so many KiB: for the process the disk is full.
  const script = `ulimit -f ${blocks}; exec "$@"`;
  return spawn("bash", ["-c", script, "bash", process.execPath, bin, ...command]);
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = "";
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

/** Starts a server that is expected to run. */
export async function startProcess(args: readonly string[], blocks?: number): Promise<MockProcess> {
  const child = run(args, blocks);
  const failed = textOf(child.stderr);
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  if (!text.includes("\n")) throw new Error(`It ended: ${await failed}`);
  const { origins, projectId, certificate } = JSON.parse(text.slice(0, text.indexOf("\n")));
  const token = "PTmock00000000000000000000000000000000000000000001";
  return {
    child,
    url: origins.space,
    certificate,
    project: `${origins.space}/api/projects/${projectId}`,
    headers: basic(projectId, token),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Starts a server that is expected to end by itself. */
export async function endedProcess(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  const child = spawn(process.execPath, [bin, "--json", "--quiet", ...args], { env });
  const [out, err, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, "close"),
  ]);
  return { code, out, err };
}
