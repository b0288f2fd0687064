import { useEffect, useState } from "preact/hooks";
import { CopyButton } from "../parts/copy-button.js";
import { Select, useAction } from "../parts/form.js";
import { Empty } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { control } from "../state/control.js";
import { live, type NumberedEntry } from "../state/live.js";
import { useLive } from "../state/use-live.js";
import { plural } from "../state/words.js";
import { factsOf, isServed, JournalTable } from "./journal-table.js";

const outcomes = {
  all: () => true,
  served: isServed,
  denied: ({ decision }: NumberedEntry) => decision === "deny",
  failed: (entry: NumberedEntry) => !isServed(entry),
  "with a fault": ({ fault }: NumberedEntry) => fault !== null,
  callbacks: ({ callback }: NumberedEntry) => callback !== undefined,
} as const;

type Outcome = keyof typeof outcomes;

// The keys of a const object are exactly its literal names.
const outcomeNames = Object.keys(outcomes) as Outcome[];

/** What the platform was asked and what it decided, as it happens. */
export function JournalPage() {
  const now = useLive();
  const [frozen, setFrozen] = useState<readonly NumberedEntry[]>();
  const [own, setOwn] = useState(false);
  const [withControl, setWithControl] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>("all");
  const [sought, setSought] = useState("");
  const { run, failure } = useAction();
  useEffect(() => {
    live.withDashboard = own;
    return () => {
      live.withDashboard = false;
    };
  }, [own]);
  const entries = frozen ?? now.entries;
  const shown = entries.filter(
    (entry) =>
      (withControl || own || !entry.path.startsWith("/__mock/")) &&
      outcomes[outcome](entry) &&
      matches(entry, sought),
  );
  const isFiltered = outcome !== "all" || sought.trim() !== "";
  return (
    <>
      <PageHeading title="Journal" />
      <div class="toolbar">
        <input
          type="search"
          aria-label="Search the journal"
          placeholder="Path, ID, status, reason…"
          value={sought}
          onInput={({ currentTarget }) => setSought(currentTarget.value)}
        />
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the select is in it */}
        <label class="check">
          Show
          <Select
            name="outcome"
            value={outcome}
            options={outcomeNames}
            onChoose={(value) => setOutcome(outcomeNames.find((name) => name === value) ?? "all")}
          />
        </label>
        <button
          type="button"
          class="button"
          onClick={() => setFrozen(frozen === undefined ? now.entries : undefined)}
        >
          {frozen === undefined ? "Pause" : "Resume"}
        </button>
        <button type="button" class="button" onClick={() => run(control.clearJournal)}>
          Clear
        </button>
        <p class="muted" role="status">
          {frozen === undefined ? liveWords[now.connection] : "Paused"}
        </p>
      </div>
      <div class="toolbar">
        <Check text="Show control requests" checked={withControl} onChange={setWithControl} />
        <Check text="Show this page's own requests" checked={own} onChange={setOwn} />
        <span class="muted">{plural(shown.length, "request")} below, the newest first</span>
      </div>
      {failure}
      {shown.length > 0 ? (
        <JournalTable entries={shown} caption="Requests, the newest first" />
      ) : (
        <Empty>{isFiltered ? "Nothing here is like that." : <FirstRequest />}</Empty>
      )}
    </>
  );
}

/** How to have something in the journal. */
function FirstRequest() {
  const line = `curl -i ${location.origin}/api/projects`;
  return (
    <>
      <p>Nobody has asked the platform for anything yet. Try it:</p>
      <p class="url">
        <code>{line}</code>
        <CopyButton text={line} what="the command" />
      </p>
    </>
  );
}

function Check({
  text,
  checked,
  onChange,
}: {
  readonly text: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {text}
    </label>
  );
}

/** Whether an entry has every word that is sought, in its row or its details. */
function matches(entry: NumberedEntry, sought: string): boolean {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = [entry.origin, ...factsOf(entry).map(([, fact]) => fact)].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

const liveWords = {
  connecting: "Connecting…",
  live: "Live",
  lost: "The mock does not answer; trying again…",
} as const;
