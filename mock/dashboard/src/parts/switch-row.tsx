import { useId, useState } from "preact/hooks";
import { Failure } from "./notice.js";

/** A setting that is No or Yes and takes effect at once: its label left, `No [switch] Yes` right. */
export function SwitchRow({
  label,
  on,
  onChange,
}: {
  readonly label: string;
  readonly on: boolean;
  /** Makes the change; the switch turns when this resolves, and stays where it is when it rejects. */
  readonly onChange: (on: boolean) => Promise<void>;
}) {
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ readonly error: unknown }>();
  const turn = () => {
    if (busy) return;
    setBusy(true);
    setFailed(undefined);
    onChange(!on)
      .catch((error: unknown) => setFailed({ error }))
      .finally(() => setBusy(false));
  };
  return (
    <li class="setting">
      <span class="setting-label" id={`${id}-label`}>
        {label}
      </span>
      <span class="setting-value">
        <span class={on ? "muted" : "chosen"} aria-hidden="true">
          No
        </span>
        <button
          type="button"
          class="switch"
          role="switch"
          aria-checked={on}
          aria-labelledby={`${id}-label`}
          aria-busy={busy}
          {...(failed && { "aria-describedby": `${id}-failure` })}
          onClick={turn}
        >
          <span class="switch-knob" />
        </button>
        <span class={on ? "chosen" : "muted"} aria-hidden="true">
          Yes
        </span>
      </span>
      {failed && <Failure id={`${id}-failure`} error={failed.error} />}
    </li>
  );
}
