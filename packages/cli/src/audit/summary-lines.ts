/**
 * What an audit found, for a terminal. Pure.
 */

import { type AuditRow, auditKinds, type Verdict } from "./verdict.js";

/** One line: a verdict, and of what. */
export interface SummaryLine {
  readonly verdict: Verdict;
  readonly name: string;
  readonly about: string;
}

/** The gravest last: what is to be done stands right above the sum, and above the prompt. */
const order: readonly Verdict[] = [
  ...(["UNKNOWN", "MUTED", "PROTECTED", "PUBLIC", "BROKEN", "EXPOSED"] as const),
];

/** The kinds of a project that came to the same, on one line; projects in the order of their names. */
export function summaryLines(rows: readonly AuditRow[]): SummaryLine[] {
  const lines = new Map<string, { verdict: Verdict; name: string; kinds: string[] }>();
  const inOrder = auditKinds.flatMap((kind) => rows.filter((row) => row.kind === kind));
  for (const { verdict, projectId, name, kind, sample, media, note } of inOrder) {
    const key = `${verdict} ${projectId}`;
    const line = lines.get(key) ?? { verdict, name, kinds: [] };
    const said = media === 0 && note === "No media." ? "no media" : note;
    const tried = `${sample} of ${media}`;
    line.kinds.push(`${kind} (${said === undefined ? tried : said.replace(/\.$/, "")})`);
    lines.set(key, line);
  }
  return [...lines.values()]
    .sort(
      (one, other) =>
        order.indexOf(one.verdict) - order.indexOf(other.verdict) ||
        one.name.localeCompare(other.name, "en", { numeric: true }),
    )
    .map(({ verdict, name, kinds }) => ({ verdict, name, about: kinds.join(", ") }));
}
