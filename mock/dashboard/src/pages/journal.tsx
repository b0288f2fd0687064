import { useState } from "preact/hooks";
import { Failure } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { ask } from "../state/explain.js";
import { type NumberedEntry, useJournal } from "../state/use-journal.js";

const columns = ["Time", "Status", "Request", "Caller", "Decision"] as const;

/** What the platform was asked and what it decided, as it happens. */
export function JournalPage() {
  const [watching, setWatching] = useState(true);
  const [all, setAll] = useState(false);
  const [failed, setFailed] = useState<{ readonly error: unknown }>();
  const { entries, recorded, connection } = useJournal(watching);
  const shown = all ? entries : entries.filter(({ path }) => !path.startsWith("/__mock/"));
  const clear = () => {
    setFailed(undefined);
    ask("/__mock/journal", { method: "DELETE" }).catch((error: unknown) => setFailed({ error }));
  };
  return (
    <>
      <PageHeading title="Journal" />
      <div class="toolbar">
        <button type="button" class="button" onClick={() => setWatching(!watching)}>
          {watching ? "Pause" : "Resume"}
        </button>
        <button type="button" class="button" onClick={clear}>
          Clear
        </button>
        <label class="check">
          <input
            type="checkbox"
            checked={all}
            onChange={({ currentTarget }) => setAll(currentTarget.checked)}
          />
          Show control requests
        </label>
        <p class="muted" role="status">
          {watching ? liveWords[connection] : "Paused"}
        </p>
      </div>
      {failed && <Failure error={failed.error} />}
      <p class="muted">
        {recorded} {recorded === 1 ? "request" : "requests"} since the journal was cleared
        {shown.length > 0 && `, the newest ${shown.length} below`}.
      </p>
      {shown.length > 0 && (
        <table class="journal">
          <caption class="unseen">Requests, the newest first</caption>
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
            {shown.map((entry) => (
              <JournalRow key={entry.number} entry={entry} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

const liveWords = {
  connecting: "Connecting…",
  live: "Live",
  lost: "The mock does not answer; trying again…",
} as const;

function JournalRow({ entry }: { readonly entry: NumberedEntry }) {
  const { time, status, method, path, origin, caller, authorization, decision, reason } = entry;
  const { originUrl, callback } = entry;
  const isCallback = callback !== undefined;
  const stranger = isCallback ? "the mock" : authorization ? "unknown credentials" : "nobody";
  // Nobody knows what became of a request that nobody answered.
  const isServed = status > 0 && status < 400;
  return (
    <tr>
      <td data-label="Time">
        <time dateTime={time}>{time.slice(11, 23)}</time>
      </td>
      <td data-label="Status">
        <span class={isServed ? "status served" : "status denied"}>{status}</span>
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
      </td>
    </tr>
  );
}
