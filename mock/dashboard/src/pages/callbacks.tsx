import type { MediaKind } from "@media-protection/contract";
import type { Delivery } from "@media-protection/mock";
import { useState } from "preact/hooks";
import { Field, filledIn, Select, useAction } from "../parts/form.js";
import { Empty, Show } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { control } from "../state/control.js";
import { useLive } from "../state/use-live.js";
import { useLoaded } from "../state/use-loaded.js";
import { JournalTable } from "./journal-table.js";

const tells: Readonly<Record<MediaKind, string>> = {
  recording: "recordings",
  messageMedia: "attachments",
  faxMedia: "fax documents",
};

const faultWords: Readonly<Record<string, string>> = {
  "": "nothing",
  twice: "it comes twice",
  outOfOrder: "the last state comes first",
  wrongKey: "signed with another key",
  wrongUrl: "signed for another URL",
  beforeMedia: "it comes before the medium",
};

/** Sends callbacks, and shows what receivers answered. */
export function CallbacksPage({ media }: { readonly media: string | undefined }) {
  const { entries } = useLive();
  const sent = entries.filter(({ callback }) => callback !== undefined);
  return (
    <>
      <PageHeading title="Callbacks" />
      <p class="muted">
        The mock tells your receiver of a medium, in any shape in which the platform does, signed
        with the project's key.
      </p>
      <CallbackForm media={media} />
      <section aria-labelledby="sent">
        <h2 id="sent">Sent</h2>
        {sent.length === 0 ? (
          <Empty>None yet. Start your receiver, and send it one.</Empty>
        ) : (
          <JournalTable entries={sent} caption="Callbacks, the newest first" />
        )}
      </section>
    </>
  );
}

function CallbackForm({ media }: { readonly media: string | undefined }) {
  const [loaded] = useLoaded((signal) => control.read("callbacks", signal), []);
  const { run, busy, failure } = useAction();
  // A callback tells of media of one kind: of a medium that is named, the first shape of its kind.
  const [about] = useLoaded(
    async (signal) =>
      media === undefined ? undefined : (await control.medium(media, signal)).kind,
    [media],
  );
  const [chosenShape, setShape] = useState<string>();
  const [state, setState] = useState("");
  const [fault, setFault] = useState("");
  const [digest, setDigest] = useState("sha256");
  const [deliveries, setDeliveries] = useState<readonly Delivery[]>([]);
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const described = filledIn(event.currentTarget);
    setDeliveries([]);
    run(async () => setDeliveries((await control.sendCallback(described)).deliveries));
  };
  return (
    <Show loaded={loaded}>
      {({ described, faults }) => {
        const kind = about.state === "ready" ? about.value : undefined;
        const first = described.find((one) => kind === undefined || one.kind === kind);
        const shape = chosenShape ?? first?.shape ?? "recording";
        const chosen = described.find((one) => one.shape === shape);
        const kinds = described.map(
          (one) => [one.shape, `${one.shape} (${tells[one.kind]})`] as const,
        );
        return (
          <form class="card form" onSubmit={submit} aria-label="A callback">
            <Field label="Your receiver's URL">
              <input
                name="to"
                type="url"
                required
                placeholder="http://127.0.0.1:3000/hooks"
                autocomplete="on"
              />
            </Field>
            <div class="inline">
              <Field label="Shape">
                <Select
                  name="shape"
                  value={shape}
                  options={kinds}
                  onChoose={(value) => {
                    setShape(value);
                    setState("");
                  }}
                />
              </Field>
              <Field label="State">
                <Select
                  name="state"
                  value={state}
                  options={[["", "the last"], ...(chosen?.states ?? [])]}
                  onChoose={setState}
                />
              </Field>
              <Field label="Signed with">
                <Select
                  name="digest"
                  value={digest}
                  options={["sha256", "sha1"]}
                  onChoose={setDigest}
                />
              </Field>
              <Field label="What goes wrong">
                <Select
                  name="fault"
                  value={fault}
                  options={["", ...faults].map((one) => [one, faultWords[one] ?? one] as const)}
                  onChoose={setFault}
                />
              </Field>
              <Field label="Of the medium">
                <input
                  name="media"
                  defaultValue={media ?? ""}
                  placeholder="the newest"
                  autocomplete="off"
                  spellcheck={false}
                />
              </Field>
            </div>
            {failure}
            <button type="submit" class="button primary" aria-busy={busy}>
              Send
            </button>
            <div role="status">
              {deliveries.map((delivery, index) => (
                <p key={index}>
                  <Answered delivery={delivery} />
                </p>
              ))}
            </div>
          </form>
        );
      }}
    </Show>
  );
}

function Answered({ delivery: { status, error, state } }: { readonly delivery: Delivery }) {
  const isTaken = status !== null && status < 300;
  return (
    <>
      <strong class={isTaken ? "status served" : "status denied"}>{status ?? "No answer"}</strong>{" "}
      {error ?? `That is what the receiver answered when it was told of the state "${state}".`}
    </>
  );
}
