/**
 * `/__mock/journal`: what happened, as far as it is wanted.
 */

import { faultKinds } from "../faults/read-fault.js";
import type { Call } from "../http/call.js";
import { parseWhen } from "../http/dates.js";
import { flag, integer, oneOf, readQuery, type TextReader, text, uuid } from "../http/readers.js";
import { type JournalFilter, matcherOf } from "../journal/journal-filter.js";
import { entryJson, streamJournal } from "../journal/journal-stream.js";
import { originRoles } from "../rules/origins.js";
import { accessReasons } from "../rules/protection.js";

const time: TextReader<number> = (value, name) => {
  const when = parseWhen(value);
  if (when !== undefined) return { ok: true, value: when.moment };
  const message = `${name} must be a date (YYYY-MM-DD) or a time`;
  return { ok: false, malformed: true, problem: { code: "invalid_value", message } };
};

/** A reader that also takes `none`, for null. */
const orNone = <Value>(read: TextReader<Value>): TextReader<Value | null> => {
  return (value, name) => (value === "none" ? { ok: true, value: null } : read(value, name));
};

/** The query's parameters: the fields of a filter, and how many of the newest entries. */
const readers = {
  since: time,
  until: time,
  origin: orNone(oneOf(...originRoles)),
  method: text,
  path: text,
  media: uuid,
  caller: orNone(uuid),
  authorization: flag,
  decision: oneOf("allow", "deny", "none"),
  reason: orNone(oneOf(...accessReasons)),
  status: integer(0, 599),
  fault: orNone(oneOf(...faultKinds)),
  callback: orNone(text),
  dashboard: flag,
  limit: integer(0),
} as const satisfies {
  readonly [Name in keyof JournalFilter | "limit"]-?: TextReader<
    Name extends keyof JournalFilter ? JournalFilter[Name] : number
  >;
};

/** What a query asks for: a filter, and how many of the newest entries; or why it cannot be. */
function readFilter(call: Call) {
  const { searchParams } = new URL(call.request.url);
  const unknown = [...searchParams.keys()].find((name) => !Object.hasOwn(readers, name));
  if (unknown !== undefined) return call.refuse(422, `The journal has no filter "${unknown}".`);
  const read = readQuery(searchParams, readers);
  if (!read.ok) return call.refuse(422, `${read.problem.message}.`);
  // Each value was read by the reader of its name, whose type is held to the filter's above.
  const { limit, ...filter } = read.value as JournalFilter & { readonly limit?: number };
  return { limit, filter };
}

/** `GET /__mock/journal` */
export function showJournal(call: Call): Response {
  const asked = readFilter(call);
  if (asked instanceof Response) return asked;
  const { limit, filter } = asked;
  const { journal } = call.platform;
  const found = journal.find(filter);
  const entries = found
    .slice(limit === undefined ? 0 : Math.max(0, found.length - limit))
    .map(entryJson);
  return call.json(200, { recorded: journal.recorded, capacity: journal.capacity, entries });
}

/** `GET /__mock/journal/events`: of the entries that a query asks for. */
export function streamEvents(call: Call): Response {
  const asked = readFilter(call);
  if (asked instanceof Response) return asked;
  const headers = { "content-type": "text/event-stream", "cache-control": "no-store" };
  const { journal, changes } = call.platform;
  return call.answer(200, headers, streamJournal(journal, changes, matcherOf(asked.filter)));
}

/** `DELETE /__mock/journal` */
export function clearJournal(call: Call): Response {
  call.platform.journal.clear();
  return call.empty(204);
}
