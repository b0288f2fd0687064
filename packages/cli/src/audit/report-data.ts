/**
 * An audit's rows for programs: JSON lines' fields, and CSV (RFC 4180). Pure.
 */

import { type AuditRow, answerInWords } from "./verdict.js";

const head = [
  "projectId",
  "name",
  "kind",
  "switch",
  "verdict",
  "found",
  "media",
  "sample",
  "time",
  "path",
  "anonymous",
  "credentialed",
  "note",
] as const;

/** A line for each try, and for each row without one. */
export function csvReport(rows: readonly AuditRow[]): string {
  const lines = rows.flatMap((row) => {
    const { projectId, name, kind, isOn, verdict, found, media, sample, note = "" } = row;
    const start = [projectId, name, kind, isOn ? "on" : "off", verdict, found, media, sample];
    if (row.tries.length === 0) return [[...start, "", "", "", "", note]];
    return row.tries.map(({ time, path, anonymous, credentialed }) => [
      ...start,
      ...[time, path, answerInWords(anonymous), answerInWords(credentialed), note],
    ]);
  });
  return [head, ...lines].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string | number): string {
  const text = String(value);
  // A name that begins so would be a formula in a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
