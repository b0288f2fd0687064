/**
 * The options of the command line: how each is written, and its default.
 */

import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { seededCredentials } from "../platform/options.js";
import {
  parseSwitch,
  readSwitches,
  SwitchError,
  type Switches,
  switchNames,
  switchTable,
} from "../rules/switches.js";

/** What the command line says, read and checked. */
export interface CommandOptions {
  readonly port: number;
  readonly host: string;
  readonly publicHost?: string;
  readonly space?: string;
  readonly projectId?: string;
  readonly apiToken?: string;
  readonly seed?: number;
  readonly empty?: true;
  readonly media?: number;
  readonly import?: string;
  readonly state?: string;
  readonly switch: Partial<Switches>;
  readonly switches?: Partial<Switches>;
  readonly cors?: boolean;
  readonly strict?: true;
  readonly https?: true;
  readonly quiet?: true;
  readonly json?: true;
  readonly endWithParent?: true;
}

const switchHelp = switchNames.map((name) => {
  const { values, default: usual } = switchTable[name];
  return `  ${name}=${values.join("|")} (${usual})`;
});

const { projectId } = seededCredentials;

/** The command; errors are thrown and not printed. */
export function createCommand(): Command {
  return (
    new Command("media-protection-mock")
      .description(
        "SignalWire's media protection rules on localhost: a stateful mock of the platform.",
      )
      .version(version(), "--version", "the version of this mock")
      .option(
        "--port <number>",
        "port of the space; the next two are the other hosts",
        readPort,
        4010,
      )
      .option("--host <address>", "address to listen on", "127.0.0.1")
      .option("--public-host <name>", "name or address that its URLs and its certificate have")
      // Their defaults are the state's where there is one, so commander must not know them.
      .option("--space <name>", 'name of the space (default: "example")')
      .option("--project-id <uuid>", `id of the root project (default: "${projectId}")`)
      .option("--api-token <token>", "API token of the root project (default: a synthetic one)")
      .option("--seed <number>", "other ids than the usual ones (default: 1)", readWhole)
      .option("--empty", "begin with the root project and its token only")
      .option(
        "--media <number>",
        "so many more recordings, attachments and faxes, in turn",
        readCount,
      )
      .option("--import <folder>", "your own files as media")
      .option("--state <file>", "keep the state in a file, so that it survives a restart")
      .option("--switch <name=value>", "a behaviour nobody has verified; repeatable", addSwitch, {})
      .option(
        "--switches <file>",
        "such behaviours as a JSON object, as media-protection doctor writes it",
        readSwitchesFile,
      )
      .option("--cors", "let pages of any origin read the answers, as --switch cors=true")
      .option("--no-cors", "the opposite")
      .option("--strict", "hold every request and answer against the contract, with Prism")
      .option("--https", "with a self-signed certificate, made at the start")
      .option("--quiet", "no line for each request")
      .option("--json", "lines of JSON, for programs")
      .option("--end-with-parent", "end when the process that started this one has ended")
      .addHelpText("after", ["", "Switches (default):", ...switchHelp].join("\n"))
      .exitOverride()
      .configureOutput({ outputError: () => {} })
  );
}

function version(): string {
  const file = new URL("../../package.json", import.meta.url);
  const manifest: { readonly version: string } = JSON.parse(readFileSync(file, "utf8"));
  return manifest.version;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_533) {
    throw new InvalidArgumentError("It must be from 0 to 65533.");
  }
  return port;
}

function readWhole(text: string): number {
  const number = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new InvalidArgumentError("It must be a whole number.");
  }
  return number;
}

/** More would take seconds to make, and belongs to a test of its own. */
const maxMedia = 100_000;

function readCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > maxMedia) {
    throw new InvalidArgumentError(`It must be from 0 to ${maxMedia}.`);
  }
  return count;
}

function addSwitch(text: string, before: Partial<Switches>): Partial<Switches> {
  try {
    return { ...before, ...parseSwitch(text) };
  } catch (error) {
    if (error instanceof SwitchError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

/** Switches from a file, checked. */
function readSwitchesFile(file: string): Partial<Switches> {
  try {
    return readSwitches(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof SwitchError) throw new InvalidArgumentError(error.message);
    throw new InvalidArgumentError("It cannot be read, or is no JSON.");
  }
}
