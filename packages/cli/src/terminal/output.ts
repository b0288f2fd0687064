/**
 * What a command says: results on stdout, notes on stderr, so that a program that reads the one never
 * meets the other.
 */

import { styleText } from "node:util";
import { wrapped } from "../words/wrapped.js";
import type { Progress } from "./live-lines.js";

/** A style of text. */
export type Style = "bold" | "dim" | "green" | "red" | "yellow" | "cyan";

/** How a command was asked to speak. */
export interface OutputSettings {
  /** Results as JSON, one object a line. */
  readonly json?: boolean | undefined;
  /** No notes. */
  readonly quiet?: boolean | undefined;
}

/** The two streams of a process, as far as a command uses them. */
export interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly env: NodeJS.ProcessEnv;
}

/** The voice of one command. */
export class Output {
  readonly json: boolean;
  readonly #quiet: boolean;
  readonly #streams: Streams;

  constructor({ json = false, quiet = false }: OutputSettings, streams: Streams = process) {
    this.json = json;
    this.#quiet = quiet;
    this.#streams = streams;
  }

  /** Whether somebody sits at a terminal and can be asked. */
  get isInteractive(): boolean {
    return this.#streams.stdin.isTTY === true && this.#streams.stderr.isTTY === true && !this.json;
  }

  /** What shows how far something is, on stderr; `undefined` with `--quiet` or `--json`. */
  async progress(): Promise<Progress | undefined> {
    if (this.#quiet || this.json) return undefined;
    const { LiveLines, PlainLines } = await import("./live-lines.js");
    const { stderr } = this.#streams;
    return stderr.isTTY === true ? new LiveLines(stderr) : new PlainLines(stderr);
  }

  /** Columns of the terminal; no end where there is none: programs want lines whole. */
  get width(): number {
    return this.#streams.stdout.columns ?? Number.POSITIVE_INFINITY;
  }

  /** A result for people; nothing with `--json`. */
  say(text = ""): void {
    if (!this.json) this.#streams.stdout.write(`${text}\n`);
  }

  /** A result for programs: one line; nothing without `--json`. */
  tell(result: object): void {
    if (this.json) this.#streams.stdout.write(`${JSON.stringify(result)}\n`);
  }

  /** What goes on, for people who wait; nothing with `--quiet`. */
  note(text: string): void {
    if (!this.#quiet) this.#streams.stderr.write(`${text}\n`);
  }

  /** A failure or a warning, whatever was asked. */
  warn(text: string): void {
    const { stderr } = this.#streams;
    // On a terminal words are kept whole; in a log a failure is one line.
    const lines = stderr.isTTY === true ? wrapped(text, stderr.columns) : [text];
    stderr.write(`${lines.join("\n")}\n`);
  }

  /** A text in a style, where stdout is a terminal that has them (https://no-color.org). */
  paint(style: Style, text: string): string {
    const { NO_COLOR: refused = "", FORCE_COLOR: forced = "" } = this.#streams.env;
    const has = this.#streams.stdout.isTTY && this.#streams.stdout.hasColors();
    const isWanted = refused === "" && (forced !== "" || has);
    return isWanted && !this.json ? styleText(style, text, { validateStream: false }) : text;
  }
}
