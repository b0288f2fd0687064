import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Failure } from "./notice.js";

/** A field of a form: its label above, and what helps below. */
export function Field({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label class="field">
      <span>{label}</span>
      {children}
      {hint !== undefined && <span class="hint">{hint}</span>}
    </label>
  );
}

/** One of several values. */
export function Select({
  name,
  value,
  options,
  onChoose,
}: {
  readonly name: string;
  readonly value: string;
  readonly options: readonly (string | readonly [value: string, text: string])[];
  readonly onChoose: (value: string) => void;
}) {
  return (
    <select
      name={name}
      value={value}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
    >
      {options.map((option) => {
        const [own, text] = typeof option === "string" ? [option, option] : option;
        return (
          <option key={own} value={own}>
            {text}
          </option>
        );
      })}
    </select>
  );
}

/** What was written into the fields of a form that are not empty, by their names. */
export function filledIn(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === "string" && value.trim() !== "" ? [[name, value.trim()]] : [],
    ),
  );
}

/**
 * Does something that takes a while, once at a time.
 *
 * @returns what starts it, whether it goes on, and its failure to show
 */
export function useAction(): {
  readonly run: (action: () => Promise<unknown>) => void;
  readonly busy: boolean;
  readonly failure: ComponentChildren;
} {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ readonly error: unknown }>();
  const run = (action: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    setFailed(undefined);
    action()
      .catch((error: unknown) => setFailed({ error }))
      .finally(() => setBusy(false));
  };
  return { run, busy, failure: failed && <Failure error={failed.error} /> };
}

/** A button that asks once more before it does what cannot be undone. */
export function ConfirmButton({
  text,
  question,
  busy,
  onConfirm,
}: {
  readonly text: string;
  readonly question: string;
  readonly busy: boolean;
  readonly onConfirm: () => void;
}) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" class="button danger" aria-busy={busy} onClick={() => setAsking(true)}>
        {text}
      </button>
    );
  }
  const answer = (yes: boolean) => {
    setAsking(false);
    if (yes) onConfirm();
  };
  return (
    <fieldset class="toolbar plain">
      <legend class="unseen">{question}</legend>
      <span>{question}</span>
      <button type="button" class="button danger" onClick={() => answer(true)}>
        Yes
      </button>
      <button type="button" class="button" ref={focus} onClick={() => answer(false)}>
        No
      </button>
    </fieldset>
  );
}

/** Whoever pressed the button that went away goes on here. */
function focus(button: HTMLButtonElement | null): void {
  button?.focus();
}
