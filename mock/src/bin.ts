#!/usr/bin/env node
/**
 * The command line: the platform on local ports, until a signal ends it.
 */

import { Command, InvalidArgumentError } from "commander";
import type { JournalEntry } from "./journal.js";
import { OptionError, seededCredentials } from "./options.js";
import { type MockServer, PortInUseError, startMockServer } from "./server.js";
import { parseSwitch, SwitchError, type Switches, switchNames, switchTable } from "./switches.js";
import { recordingUrls } from "./urls.js";

interface CommandOptions {
  readonly port: number;
  readonly host: string;
  readonly space: string;
  readonly projectId: string;
  readonly apiToken: string;
  readonly switch: Partial<Switches>;
  readonly quiet?: true;
  readonly endWithParent?: true;
}

// Read at once: a parent that ends while the server starts is missed otherwise.
const parent = process.ppid;

const switchHelp = switchNames.map((name) => {
  const { values, default: usual } = switchTable[name];
  return `  ${name}=${values.join("|")} (${usual})`;
});

const command = new Command("media-protection-mock")
  .description("SignalWire's media protection rules on localhost: a stateful mock of the platform.")
  .option("--port <number>", "port of the space; the next two are the other hosts", readPort, 4010)
  .option("--host <address>", "address to listen on", "127.0.0.1")
  .option("--space <name>", "name of the space", "example")
  .option("--project-id <uuid>", "id of the root project", seededCredentials.projectId)
  .option("--api-token <token>", "API token of the root project", seededCredentials.apiToken)
  .option("--switch <name=value>", "a behaviour nobody has verified; repeatable", addSwitch, {})
  .option("--quiet", "no line for each request")
  .option("--end-with-parent", "end when the process that started this one has ended")
  .addHelpText("after", ["", "Switches (default):", ...switchHelp].join("\n"))
  .exitOverride()
  .configureOutput({ outputError: () => {} });

await run();

async function run(): Promise<void> {
  try {
    command.parse();
    const options = command.opts<CommandOptions>();
    const server = await startMockServer({
      port: options.port,
      host: options.host,
      platform: {
        spaceName: options.space,
        projectId: options.projectId,
        apiToken: options.apiToken,
        switches: options.switch,
      },
    });
    console.log(introduction(server, options.apiToken));
    if (options.quiet !== true) server.platform.journal.subscribe(logRequest);
    // Once nothing listens any more, nothing keeps the process from ending, with status 0.
    const end = () => void server.close();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
    if (options.endWithParent === true) onceOrphaned(end);
  } catch (error) {
    const message = explain(error);
    if (message === undefined) return;
    console.error(message);
    process.exitCode = 1;
  }
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

/** One line for what the user did wrong; `undefined` for --help, which was answered. */
function explain(error: unknown): string | undefined {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "commander.helpDisplayed") return undefined;
  const known =
    error instanceof PortInUseError || error instanceof OptionError || error instanceof SwitchError;
  const message = known ? error.message : error.message.replace(/^error: /, "");
  return `media-protection-mock: ${message.replaceAll("\n", " ")}`;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_533) {
    throw new InvalidArgumentError("It must be from 0 to 65533.");
  }
  return port;
}

function addSwitch(text: string, before: Partial<Switches>): Partial<Switches> {
  try {
    return { ...before, ...parseSwitch(text) };
  } catch (error) {
    if (error instanceof SwitchError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

function introduction({ platform, origins }: MockServer, apiToken: string): string {
  const { projectId } = platform.credentials;
  // The seeded token is fake and printed in the README; any other is the user's own secret.
  const seeded = apiToken === seededCredentials.apiToken;
  const shownToken = seeded ? apiToken : "$SIGNALWIRE_API_TOKEN";
  const credentials = `-u "${projectId}:${shownToken}"`;
  const recording = platform.recordings.of(projectId)[0]?.entity;
  const url = recording === undefined ? origins.space : recordingUrls(platform, recording).spaceWav;
  const project = `${origins.space}/api/projects/${projectId}`;
  const body = `-H 'content-type: application/json' -d '{"protect_recordings":true}'`;
  return [
    `space         ${origins.space}`,
    `files host    ${origins.files}`,
    `storage host  ${origins.storage}`,
    `dashboard     ${origins.space}/`,
    `project id    ${projectId}`,
    `API token     ${shownToken}${seeded ? "  (synthetic)" : ""}`,
    "",
    "# A recording is public: 200",
    `curl -s -o /dev/null -w '%{http_code}\\n' '${url}'`,
    "# Protect recordings",
    `curl -s -w '\\n' -X PATCH ${credentials} ${body} '${project}'`,
    "# Now it is denied: 401",
    `curl -s -o /dev/null -w '%{http_code}\\n' '${url}'`,
    "# With credentials it opens: 200",
    `curl -s ${credentials} -o recording.wav -w '%{http_code}\\n' '${url}'`,
    "",
  ].join("\n");
}

function logRequest(entry: JournalEntry): void {
  const time = new Date(entry.time).toISOString().slice(11, 23);
  const what = `${entry.status} ${entry.method.padEnd(6)} ${(entry.origin ?? "-").padEnd(7)}`;
  // A path can hold anything a client sends; control characters would write to the terminal.
  const path = entry.path.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const why = entry.reason === null ? "" : `  ${entry.decision}: ${entry.reason}`;
  console.log(`${time} ${what} ${path}${why}`);
}
