#!/usr/bin/env node
/**
 * The command line: the platform on local ports, until a signal ends it.
 */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLoopback } from "./app/unhandled.js";
import type { PlatformOptions } from "./platform/create-platform.js";
import { OptionError } from "./platform/options.js";
import { seedMedia } from "./platform/seed-media.js";
import { SwitchError } from "./rules/switches.js";
import { type CommandOptions, createCommand } from "./server/command-options.js";
import { readImport } from "./server/import.js";
import { introduction, introductionFacts } from "./server/introduction.js";
import { createLog, line, printable, wantsColour } from "./server/log.js";
import { type MockServer, PortInUseError, StateError, startMockServer } from "./server.js";

/** How long requests that are being answered may go on after a signal, in ms. */
const grace = 2000;

// Read at once: a parent that ends while the server starts is missed otherwise.
const parent = process.ppid;

// Whoever read what it says has gone, such as head; it serves on.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

await run();

async function run(): Promise<void> {
  try {
    const options = createCommand().parse().opts<CommandOptions>();
    const server = await startMockServer({
      port: options.port,
      host: options.host,
      ...(options.publicHost === undefined ? {} : { publicHost: options.publicHost }),
      platform: await platformOptions(options),
      strict: options.strict === true,
      https: options.https === true,
      ...(options.state === undefined ? {} : { state: options.state }),
    });
    try {
      introduce(server, options);
    } catch (error) {
      await server.close();
      throw error;
    }
  } catch (error) {
    const message = explain(error);
    if (message === undefined) return;
    console.error(message);
    process.exitCode = 1;
  }
}

/** Says where the server is and what it is asked, and ends it when it should. */
function introduce(server: MockServer, options: CommandOptions): void {
  const certificateFile = writeCertificate(server);
  if (!isLoopback(options.host)) {
    console.error(
      `media-protection-mock: ${options.host} can be reached by others. Whoever reaches it can read and change everything in the mock, and its control endpoints need no credentials.`,
    );
  }
  if (options.json === true) {
    const facts = introductionFacts(server, certificateFile);
    console.log(line("listening", { time: Date.now(), ...facts }));
  } else {
    console.log(introduction(server, certificateFile));
  }
  logRequests(server, options);
  const signals = ["SIGINT", "SIGTERM"] as const;
  let isEnding = false;
  const end = (signal?: NodeJS.Signals) => {
    if (!isEnding) {
      isEnding = true;
      void finish(server, certificateFile);
    } else if (signal !== undefined) {
      // Whichever of the two comes second: nothing is waited for any more.
      removeCertificate(certificateFile);
      for (const each of signals) process.off(each, end);
      process.kill(process.pid, signal);
    }
  };
  for (const signal of signals) process.on(signal, end);
  if (options.endWithParent === true) onceOrphaned(end);
}

async function platformOptions(options: CommandOptions): Promise<PlatformOptions> {
  const { space, projectId, apiToken, seed, media = 0, cors } = options;
  const imported = options.import === undefined ? undefined : await readImport(options.import);
  for (const skipped of imported?.skipped ?? []) {
    console.error(`media-protection-mock: not served: ${printable(skipped)}`);
  }
  return {
    ...(space === undefined ? {} : { spaceName: space }),
    ...(projectId === undefined ? {} : { projectId }),
    ...(apiToken === undefined ? {} : { apiToken }),
    ...(seed === undefined ? {} : { idSeed: seed }),
    seed: options.empty === true ? "empty" : "example",
    switches: { ...options.switches, ...options.switch, ...(cors === undefined ? {} : { cors }) },
    plant(platform) {
      seedMedia(platform, media);
      imported?.plant(platform);
    },
  };
}

/**
 * Puts the certificate where clients can be told to trust it: `curl --cacert`, NODE_EXTRA_CA_CERTS.
 * The key never leaves this process.
 */
function writeCertificate({ certificate }: MockServer): string | undefined {
  if (certificate === undefined) return undefined;
  const file = join(mkdtempSync(join(tmpdir(), "media-protection-mock-")), "certificate.pem");
  writeFileSync(file, certificate);
  return file;
}

function logRequests({ platform }: MockServer, { quiet, json }: CommandOptions): void {
  const log = createLog({
    json: json === true,
    colour: wantsColour(process.stdout, process.env),
  });
  if (quiet !== true) {
    platform.journal.subscribe((entry) => {
      // The page looks on, again with each change; what is of interest is what an app asks.
      if (entry.dashboard === undefined) console.log(log.request(entry));
    });
  }
  platform.violations?.subscribe((exchange) => {
    console.log(log.violations(exchange));
    process.exitCode = 1;
  });
}

function removeCertificate(file: string | undefined): void {
  if (file !== undefined) rmSync(join(file, ".."), { recursive: true, force: true });
}

/** Once nothing listens any more, nothing keeps the process from ending, with status 0 unless one was set. */
async function finish(server: MockServer, certificateFile: string | undefined): Promise<void> {
  try {
    await server.close({ grace });
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
  removeCertificate(certificateFile);
}

/**
 * Runs when the parent has ended. npm hands a signal to the shell it runs a script in, and shells end
 * without handing it on; a server that lived on would hold its ports. No event tells, hence the look
 * four times a second.
 */
function onceOrphaned(end: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(parent)) return;
    clearInterval(timer);
    end();
  }, 250).unref();
}

/** Whether a process runs; Windows gives an orphan no other parent. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It may belong to somebody else, and then it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** One line for what the user did wrong; `undefined` for --help and --version, which were answered. */
function explain(error: unknown): string | undefined {
  if (!(error instanceof Error)) return String(error);
  const answered = ["commander.helpDisplayed", "commander.version"];
  if ("code" in error && answered.includes(String(error.code))) return undefined;
  const known = [PortInUseError, OptionError, SwitchError, StateError].some(
    (known) => error instanceof known,
  );
  const message = known ? error.message : error.message.replace(/^error: /, "");
  return `media-protection-mock: ${message.replaceAll("\n", " ")}`;
}
