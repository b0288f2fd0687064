import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { expect, onTestFinished } from "vitest";
import { startExportScene } from "./export-scene.js";

const bin = resolve(import.meta.dirname, "../../../packages/export/bin/media-protection-export.js");

/** What a command that ended had to say. */
export interface Ended {
  readonly status: number | string;
  readonly out: string;
  readonly err: string;
}

/** A command that runs. */
export interface Running {
  readonly ended: Promise<Ended>;
  /** Resolves when it has said this on the standard error; rejects when it ended without. */
  said(text: string): Promise<void>;
  /** What Ctrl-C does. */
  interrupt(): void;
}

/** A platform with media, and the command with its credentials in the environment. */
export async function startCommandScene(count: number) {
  const scene = await startExportScene();
  scene.add(count);
  const { projectId, apiToken } = scene.platform.credentials;
  const env = {
    ...process.env,
    SIGNALWIRE_SPACE: scene.server.origins.space,
    SIGNALWIRE_MEDIA_ORIGINS: scene.server.origins.files,
    SIGNALWIRE_PROJECT_ID: projectId,
    SIGNALWIRE_API_TOKEN: apiToken,
  };
  /** Starts the command. It says no token, whatever happens, and does not outlive the test. */
  const start = (args: readonly string[]): Running => {
    const child = spawn(process.execPath, [bin, ...args], { env, cwd: scene.folder });
    onTestFinished(() => void child.kill("SIGKILL"));
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    const ended = new Promise<Ended>((done) => {
      child.on("close", (code, signal) => {
        expect(out + err).not.toContain(apiToken);
        done({ status: code ?? String(signal), out, err });
      });
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    const said = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => err.includes(text) && resolve();
        child.stderr.on("data", look);
        look();
        void ended.then(() => reject(new Error(`It ended without "${text}": ${err}`)));
      });
    return { ended, said, interrupt: () => void child.kill("SIGINT") };
  };
  /** Runs the command to its end, or until it is interrupted. */
  const run = (args: readonly string[], signal?: AbortSignal): Promise<Ended> => {
    const running = start(args);
    signal?.addEventListener("abort", () => running.interrupt());
    return running.ended;
  };
  return { ...scene, to: join(scene.folder, "archive"), start, run };
}
