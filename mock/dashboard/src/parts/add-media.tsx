import { type MediaKind, mediaKinds } from "@media-protection/contract";
import { useEffect, useRef, useState } from "preact/hooks";
import { control } from "../state/control.js";
import { explain } from "../state/explain.js";
import { Field, filledIn, Select, useAction } from "./form.js";

/** What can be made of each kind. */
const made: Readonly<Record<MediaKind, readonly string[]>> = {
  recording: [],
  messageMedia: ["image/jpeg", "image/png", "image/gif", "video/mp4", "text/vcard"],
  faxMedia: ["application/pdf", "image/tiff"],
};

const kindNames: readonly (readonly [MediaKind, string])[] = [
  ["recording", "Recording"],
  ["messageMedia", "Message attachment"],
  ["faxMedia", "Fax document"],
];

const nouns: Readonly<Record<MediaKind, string>> = {
  recording: "a recording",
  messageMedia: "an attachment",
  faxMedia: "a fax document",
};

/** Adds media to a project: one's own files, dropped or chosen, or one that is made here. */
export function AddMedia({ projectId }: { readonly projectId: string }) {
  const { run, busy, failure } = useAction();
  const [kind, setKind] = useState<MediaKind>("recording");
  const [said, setSaid] = useState("");
  const [isOver, setOver] = useState(false);

  const addFiles = (files: readonly File[]) => {
    if (files.length === 0) return;
    run(async () => {
      setSaid("");
      const added: string[] = [];
      const refused: string[] = [];
      // One that is refused stops none of the others.
      for (const file of files) {
        try {
          const { kind: became } = await control.addFile(file, projectId);
          added.push(`${file.name} as ${nouns[became]}`);
        } catch (error) {
          refused.push(`${file.name}: ${explain(error)}`);
        }
      }
      if (added.length > 0) setSaid(`Added ${added.join(", ")}.`);
      if (refused.length > 0) throw new Error(`Not added: ${refused.join(" ")}`);
    });
  };
  const latest = useRef(addFiles);
  latest.current = addFiles;
  // Wherever on the page: elsewhere a browser would leave it, to show the file.
  useEffect(() => {
    const over = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, []);
  const addMade = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const { seconds, pages, ...rest } = filledIn(event.currentTarget);
    run(async () => {
      setSaid("");
      await control.addMedium({
        ...{ projectId, ...rest },
        ...(seconds !== undefined && { seconds: Number(seconds) }),
        ...(pages !== undefined && { pages: Number(pages) }),
      });
      setSaid("Added.");
    });
  };
  return (
    <section class="card" aria-labelledby="add-media">
      <h2 id="add-media">Add media</h2>
      <label class={isOver ? "drop over" : "drop"}>
        <span>
          <strong>Drop files here</strong>, or choose them
        </span>
        <span class="hint">
          WAV and MP3 become recordings, PDF and TIFF fax documents, all else attachments; 64 MiB at
          most. Of a recording the format that you do not give is made up.
        </span>
        <input
          type="file"
          multiple
          onChange={({ currentTarget }) => {
            addFiles([...(currentTarget.files ?? [])]);
            currentTarget.value = "";
          }}
        />
      </label>
      <form class="form inline" onSubmit={addMade}>
        <Field label="Or have one made">
          <Select
            name="kind"
            value={kind}
            options={kindNames}
            onChoose={(value) => setKind(value in mediaKinds ? (value as MediaKind) : "recording")}
          />
        </Field>
        {kind === "recording" && (
          <Field label="Length in seconds">
            <input name="seconds" type="number" min="0" step="any" placeholder="3" />
          </Field>
        )}
        {kind === "faxMedia" && (
          <Field label="Pages">
            <input name="pages" type="number" min="1" placeholder="1" />
          </Field>
        )}
        {made[kind].length > 0 && (
          <Field label="Type">
            <TypeSelect key={kind} types={made[kind]} />
          </Field>
        )}
        <button type="submit" class="button primary" aria-busy={busy}>
          Add
        </button>
      </form>
      {failure}
      <p role="status" class="muted">
        {said}
      </p>
    </section>
  );
}

function TypeSelect({ types }: { readonly types: readonly string[] }) {
  const [type, setType] = useState(types[0] ?? "");
  return <Select name="contentType" value={type} options={types} onChoose={setType} />;
}
