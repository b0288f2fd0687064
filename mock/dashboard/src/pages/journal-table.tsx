import { useState } from "preact/hooks";
import type { NumberedEntry } from "../state/live.js";

const columns = ["Time", "Status", "Request", "Caller", "Decision"] as const;

/** Entries of the journal; each opens to all that is known of it. */
export function JournalTable({
  entries,
  caption,
}: {
  readonly entries: readonly NumberedEntry[];
  readonly caption: string;
}) {
  const [open, setOpen] = useState<number>();
  return (
    <table class="journal">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <JournalRow
            key={entry.number}
            entry={entry}
            isOpen={open === entry.number}
            onToggle={() => setOpen(open === entry.number ? undefined : entry.number)}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Faults after which an answer is none, whatever its status said before. */
const breaking: ReadonlySet<string | null> = new Set([
  ...["cut", "reset", "stall", "wrongLength", "wrongContentRange", "errorBody"],
]);

/** Whether a request got what it asked for; nobody knows what became of one that nobody answered. */
export function isServed({ status, fault }: Pick<NumberedEntry, "status" | "fault">): boolean {
  return status > 0 && status < 400 && !breaking.has(fault);
}

function JournalRow({
  entry,
  isOpen,
  onToggle,
}: {
  readonly entry: NumberedEntry;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { time, status, method, path, origin, caller, authorization, decision, reason } = entry;
  const { originUrl, callback, fault } = entry;
  const isCallback = callback !== undefined;
  const stranger = isCallback ? "the mock" : authorization ? "unknown credentials" : "nobody";
  return (
    <>
      <tr>
        <td data-label="Time">
          <button
            type="button"
            class="row-button"
            aria-expanded={isOpen}
            aria-label={`Details of ${method} ${path} at ${time.slice(11, 23)}`}
            onClick={onToggle}
          >
            <time dateTime={time}>{time.slice(11, 23)}</time>
          </button>
        </td>
        <td data-label="Status">
          <span class={isServed(entry) ? "status served" : "status denied"}>
            {status || "no answer"}
          </span>
        </td>
        <td data-label="Request" class="request">
          <strong>{method}</strong>{" "}
          <span class="muted">{isCallback ? "to" : (origin ?? "elsewhere")}</span>{" "}
          <code>{isCallback ? originUrl + path : path}</code>
        </td>
        <td data-label="Caller">
          {caller === null ? (
            <span class="muted">{stranger}</span>
          ) : (
            <code>
              {caller.projectId.slice(0, 8)}…{caller.projectId.slice(-4)}
            </code>
          )}
        </td>
        <td data-label="Decision">
          {decision === "none" ? (
            <span class="muted">{isCallback ? `callback: ${callback}` : "none"}</span>
          ) : (
            `${decision}: ${reason}`
          )}
          {fault !== null && (
            <>
              {" "}
              <span class="badge">fault: {fault}</span>
            </>
          )}
        </td>
      </tr>
      {isOpen && (
        <tr class="row-details">
          <td colSpan={columns.length}>
            <Details entry={entry} />
          </td>
        </tr>
      )}
    </>
  );
}

/** All that is told of an entry, by what it is called: the details, and what is searched. */
export function factsOf(entry: NumberedEntry): readonly (readonly [name: string, text: string])[] {
  const { caller, authorization, tokenExposed, sent } = entry;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ["When", entry.time],
    ["Asked", `${entry.method} ${entry.originUrl}${entry.askedPath ?? entry.path}`],
    ["In the contract", entry.askedPath === undefined ? undefined : entry.path],
    ["Medium", entry.media],
    ["Project", caller?.projectId],
    ["API token", caller?.tokenId],
    ["Authorization", authorization ? "came" : "none came"],
    ["Exposed", tokenExposed ? "an API token came where none belongs" : undefined],
    ["Decision", entry.reason === null ? entry.decision : `${entry.decision}: ${entry.reason}`],
    ["Status", entry.status === 0 ? "no answer" : String(entry.status)],
    ["Fault", entry.fault],
    ["Callback", entry.callback],
    ["Asked by", entry.dashboard ? "this dashboard" : undefined],
    ...Object.entries(sent?.headers ?? {}),
    ["Body", sent?.body],
  ];
  return facts.flatMap(([name, text]) =>
    text === null || text === undefined ? [] : [[name, text] as const],
  );
}

function Details({ entry }: { readonly entry: NumberedEntry }) {
  return (
    <dl class="facts">
      {factsOf(entry).flatMap(([name, text]) => [
        <dt key={name}>{name}</dt>,
        <dd key={`${name} is`}>
          <code>{text}</code>
        </dd>,
      ])}
    </dl>
  );
}
