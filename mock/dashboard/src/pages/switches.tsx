import { useId } from "preact/hooks";
import { useAction } from "../parts/form.js";
import { Show } from "../parts/notice.js";
import { PageHeading } from "../parts/page-heading.js";
import { control, type DescribedSwitch } from "../state/control.js";
import { useLoaded } from "../state/use-loaded.js";

/** What nobody knows of the platform, and can be set here. */
export function SwitchesPage() {
  const [loaded] = useLoaded((signal) => control.read("switches", signal), []);
  return (
    <>
      <PageHeading title="Behaviours" />
      <p class="muted">
        What nobody has verified about the platform is a switch of the mock (<code>--switch</code>).
        Your app should work whichever way they are set.
      </p>
      <Show loaded={loaded}>
        {({ described }) => (
          <ul class="card rows" aria-label="Unverified behaviours">
            {described.map((one) => (
              <SwitchChoice key={one.name} described={one} />
            ))}
          </ul>
        )}
      </Show>
    </>
  );
}

function SwitchChoice({ described }: { readonly described: DescribedSwitch }) {
  const id = useId();
  const { run, busy, failure } = useAction();
  const { name, value, values, description } = described;
  const choose = (text: string) => {
    const chosen = values.find((one) => String(one) === text);
    if (chosen !== undefined) run(() => control.change(name, chosen));
  };
  return (
    <li>
      <div>
        <label for={id}>
          <code>{name}</code>
        </label>{" "}
        {value !== described.default && <span class="badge">changed</span>}
        <p class="small-text muted" id={`${id}-about`}>
          {description}
        </p>
      </div>
      <select
        id={id}
        value={String(value)}
        aria-describedby={`${id}-about`}
        aria-busy={busy}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {values.map((one) => (
          <option key={String(one)} value={String(one)}>
            {String(one)}
            {one === described.default ? " (default)" : ""}
          </option>
        ))}
      </select>
      {failure}
    </li>
  );
}
