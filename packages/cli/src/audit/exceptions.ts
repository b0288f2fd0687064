/**
 * Findings that somebody answers for, until a day. Pure.
 */

import { CommandError } from "../terminal/failure.js";
import { parseMoment } from "../words/when.js";
import { type AuditKind, type AuditRow, auditKinds } from "./verdict.js";

/** An exception: which finding, who answers for it, why, and until when. */
export interface Exception {
  readonly project: string;
  readonly kind: AuditKind;
  readonly owner: string;
  readonly reason: string;
  /** From this moment on the finding counts again. */
  readonly expires: Date;
}

const fields = ["project", "kind", "owner", "reason", "expires"] as const;

/**
 * Reads a list of exceptions; each must say everything, so that none is for ever or for nobody.
 *
 * @throws CommandError that names what is missing
 */
export function readExceptions(value: unknown): Exception[] {
  if (!Array.isArray(value)) throw new CommandError("Exceptions are a list.");
  return value.map((one: unknown, index) => {
    const where = `exceptions[${index}]`;
    if (typeof one !== "object" || one === null)
      throw new CommandError(`${where} must be a mapping.`);
    const said = new Map(Object.entries(one).map(([name, text]) => [name, String(text)]));
    for (const name of said.keys()) {
      if (!fields.some((field) => field === name))
        throw new CommandError(`${where} has "${name}".`);
    }
    const text = (name: (typeof fields)[number]) => {
      const found = said.get(name)?.trim() ?? "";
      if (found === "") throw new CommandError(`${where} must say its ${name}.`);
      return found;
    };
    const kind = auditKinds.find((known) => known === text("kind"));
    if (kind === undefined)
      throw new CommandError(`${where}.kind must be one of ${auditKinds.join(", ")}.`);
    const expires = parseMoment(text("expires"), 0);
    if (expires === undefined) throw new CommandError(`${where}.expires must be a date.`);
    const project = text("project").toLowerCase();
    return { project, kind, owner: text("owner"), reason: text("reason"), expires };
  });
}

/** The row as it counts: muted where an exception holds, with a note where one has expired. */
export function mute(row: AuditRow, exceptions: readonly Exception[], now: Date): AuditRow {
  if (row.found === "PROTECTED" || row.found === "UNKNOWN") return row;
  const [one] = exceptions
    .filter(({ project, kind }) => project === row.projectId && kind === row.kind)
    .sort((first, second) => second.expires.getTime() - first.expires.getTime());
  if (one === undefined) return row;
  const { owner, reason, expires } = one;
  const day = expires.toISOString().slice(0, 10);
  if (expires <= now)
    return { ...row, note: `The exception of ${owner} expired on ${day}: ${reason}` };
  return { ...row, verdict: "MUTED", note: `${owner}, until ${day}: ${reason}` };
}
