/**
 * What the command line says about each request: a line for people, or a line of JSON for programs.
 */

import { styleText } from "node:util";
import type { JournalEntry } from "../journal/journal-entry.js";
import type { ViolatedExchange, Violation } from "../journal/violations.js";

/** How requests are told. */
export interface LogStyle {
  readonly json: boolean;
  readonly colour: boolean;
}

/** Makes lines of what happens. */
export interface LogFormat {
  request(entry: JournalEntry): string;
  violations(exchange: ViolatedExchange): string;
}

/** Where lines go, as far as it tells whether colours are wanted there. */
interface Output {
  readonly isTTY?: boolean;
  /** Obeys NO_COLOR, FORCE_COLOR and TERM. */
  hasColors?(): boolean;
}

/** Whether to write in colour: to a terminal that has them, unless NO_COLOR or FORCE_COLOR say otherwise. */
export function wantsColour(
  output: Output,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const { NO_COLOR: without, FORCE_COLOR: force } = environment;
  // https://no-color.org: any value but the empty one.
  if (without !== undefined && without !== "") return false;
  if (force !== undefined) return force !== "0" && force !== "false";
  return output.isTTY === true && output.hasColors?.() === true;
}

/** The format of a style. */
export function createLog({ json, colour }: LogStyle): LogFormat {
  return json ? jsonLog : createTextLog(colour);
}

const jsonLog: LogFormat = {
  request: (entry) => line("request", entry),
  violations: (exchange) => line("violation", exchange),
};

/** One event in JSON; lines of that are easy to read for programs (https://jsonlines.org). */
export function line(event: string, { time, ...rest }: { readonly time: number }): string {
  return JSON.stringify({ event, time: new Date(time).toISOString(), ...rest });
}

type Style = Parameters<typeof styleText>[0];

function createTextLog(colour: boolean): LogFormat {
  const paint = (style: Style, text: string) => (colour ? styleText(style, text) : text);
  return {
    request({ time, status, method, origin, originUrl, path, decision, reason, callback }) {
      const why = reason === null ? "" : `  ${decision}: ${reason}`;
      const where = callback === undefined ? path : `${originUrl}${path}  ${callback}`;
      return [
        paint("dim", clock(time)),
        paint(statusStyle(status), String(status)),
        printable(method).padEnd(6),
        (callback === undefined ? (origin ?? "-") : "sent").padEnd(7),
        printable(where) + paint(decision === "deny" ? "yellow" : "dim", why),
      ].join(" ");
    },
    violations({ time, method, path, violations }) {
      const head = [
        paint("dim", clock(time)),
        paint("magenta", "!!!"),
        printable(method),
        printable(path),
      ];
      return [head.join(" "), ...violations.map((one) => `  ${described(one)}`)].join("\n");
    },
  };
}

function described({ location, message }: Violation): string {
  return printable(`${location.join(".")}: ${message}`);
}

function statusStyle(status: number): Style {
  if (status >= 500) return "red";
  if (status >= 400) return "yellow";
  return status >= 300 ? "cyan" : "green";
}

const clock = (time: number): string => new Date(time).toISOString().slice(11, 23);

/** Text from outside, which can hold anything: control characters would write to the terminal. */
export function printable(text: string): string {
  return text.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
