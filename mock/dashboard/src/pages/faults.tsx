import type { Fault, ShownFault } from "@media-protection/mock";
import { useState } from "preact/hooks";
import { Field, filledIn, Select, useAction } from "../parts/form.js";
import { Empty, Show } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { control } from "../state/control.js";
import { useLoaded } from "../state/use-loaded.js";
import { plural } from "../state/words.js";

type Kind = Fault["kind"];

/** A field of a fault: what it is for, and whether it is a number. */
type FieldOf<Name extends string> = readonly [name: Name, label: string, example: string];

/** Each kind, in words, and its own fields. */
const kinds: {
  readonly [One in Kind]: {
    readonly does: string;
    readonly fields: readonly FieldOf<
      Exclude<keyof Extract<Fault, { readonly kind: One }> & string, "kind">
    >[];
  };
} = {
  latency: { does: "waits before it answers", fields: [["ms", "Milliseconds", "300"]] },
  throttle: { does: "sends slowly", fields: [["bytesPerSecond", "Bytes a second", "10000"]] },
  stall: { does: "stops sending, and never ends", fields: [["after", "After bytes", "0"]] },
  cut: { does: "closes the connection", fields: [["after", "After bytes", "1000"]] },
  reset: { does: "breaks the connection (RST)", fields: [["after", "After bytes", "1000"]] },
  wrongLength: { does: "says a wrong Content-Length", fields: [["by", "By bytes", "1"]] },
  wrongContentRange: { does: "says a wrong Content-Range", fields: [["by", "By bytes", "1"]] },
  newVersion: {
    does: "changes the medium while it is downloaded",
    fields: [
      ["after", "After bytes", "1000"],
      ["ifRange", "If-Range: obey or ignore", "obey"],
    ],
  },
  notReady: {
    does: "is not there yet: 404",
    fields: [
      ["requests", "Requests", "2"],
      ["ms", "Milliseconds", "1000"],
    ],
  },
  status: {
    does: "refuses the request",
    fields: [
      ["status", "Status", "503"],
      ["retryAfter", "Retry-After, seconds", "2"],
    ],
  },
  errorBody: {
    does: "answers 200 with an error in it",
    fields: [["contentType", "Type", "application/json"]],
  },
  redirect: {
    does: "redirects to the answer, or elsewhere",
    fields: [
      ["hops", "Hops, or loop", "1"],
      ["to", "To an absolute URL", "https://elsewhere.example/"],
    ],
  },
};

const required: Partial<Record<Kind, string>> = {
  latency: "ms",
  throttle: "bytesPerSecond",
  status: "status",
};

const targets: readonly FieldOf<"media" | "times" | "probability" | "route">[] = [
  ["media", "Only for the medium", "its ID"],
  ["times", "At most so many times", "always"],
  ["probability", "With probability", "1"],
  ["route", "Only for the operation", "GET /api/projects"],
];

/** What goes wrong on command. */
export function FaultsPage({ media }: { readonly media: string | undefined }) {
  const [loaded] = useLoaded((signal) => control.read("faults", signal), []);
  const { run, busy, failure } = useAction();
  return (
    <>
      <PageHeading title="Faults" />
      <p class="muted">
        What goes wrong on command, for your app's requests; this page's own are never hit. Of
        several faults the first hits.
      </p>
      <FaultForm media={media} />
      <section aria-labelledby="armed">
        <h2 id="armed">Armed</h2>
        <Show loaded={loaded}>
          {({ faults }) =>
            faults.length === 0 ? (
              <Empty>Nothing goes wrong. Arm a fault above, and ask again from your app.</Empty>
            ) : (
              <>
                <ul class="card rows" aria-label="Armed faults">
                  {faults.map((fault) => (
                    <FaultRow key={fault.id} fault={fault} />
                  ))}
                </ul>
                <button
                  type="button"
                  class="button"
                  aria-busy={busy}
                  onClick={() => run(control.clearFaults)}
                >
                  Disarm all
                </button>
              </>
            )
          }
        </Show>
        {failure}
      </section>
    </>
  );
}

function FaultRow({ fault }: { readonly fault: ShownFault }) {
  const { run, busy, failure } = useAction();
  const { id, hits, kind, ...fields } = fault;
  const said = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
  return (
    <li>
      <div>
        <strong>{kind}</strong> <span class="muted">{kinds[kind].does}</span>{" "}
        {fault.times !== undefined && hits >= fault.times && <span class="badge">spent</span>}
        <br />
        <span class="small-text">
          {said.length > 0 && <code>{said.join(", ")}</code>} hit {plural(hits, "request")}
        </span>
      </div>
      <button
        type="button"
        class="button small"
        aria-label={`Disarm ${kind} (${id})`}
        aria-busy={busy}
        onClick={() => run(() => control.removeFault(id))}
      >
        Disarm
      </button>
      {failure}
    </li>
  );
}

function FaultForm({ media }: { readonly media: string | undefined }) {
  const { run, busy, failure } = useAction();
  const [kind, setKind] = useState<Kind>("cut");
  const [origin, setOrigin] = useState("");
  // The keys of a const object are exactly its literal names.
  const names = Object.keys(kinds) as Kind[];
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const said = filledIn(event.currentTarget);
    const fields = Object.entries(said).map(([name, value]) => {
      const isNumber = name !== "media" && value !== "" && !Number.isNaN(Number(value));
      return [name, isNumber ? Number(value) : value];
    });
    // The mock checks each field itself, and says what is wrong.
    run(() => control.addFault(Object.fromEntries(fields) as Fault));
  };
  return (
    <form class="card form" onSubmit={submit} aria-label="A new fault">
      <div class="inline">
        <Field label="What goes wrong" hint={`It ${kinds[kind].does}.`}>
          <Select
            name="kind"
            value={kind}
            options={names}
            onChoose={(value) => setKind(names.find((name) => name === value) ?? "cut")}
          />
        </Field>
        {kinds[kind].fields.map(([name, label, example]) => (
          <Field key={`${kind} ${name}`} label={label}>
            <input
              name={name}
              placeholder={example}
              autocomplete="off"
              required={required[kind] === name}
            />
          </Field>
        ))}
      </div>
      <fieldset>
        <legend>Whom it hits</legend>
        <div class="inline">
          <Field label="Only at the origin">
            <Select
              name="origin"
              value={origin}
              options={[["", "any"], "space", "files", "storage"]}
              onChoose={setOrigin}
            />
          </Field>
          {targets.map(([name, label, example]) => (
            <Field key={name} label={label}>
              <input
                name={name}
                placeholder={example}
                autocomplete="off"
                spellcheck={false}
                {...(name === "media" && { defaultValue: media ?? "" })}
              />
            </Field>
          ))}
        </div>
      </fieldset>
      {failure}
      <button type="submit" class="button primary" aria-busy={busy}>
        Arm it
      </button>
    </form>
  );
}
