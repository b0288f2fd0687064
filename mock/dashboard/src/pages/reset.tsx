import { useState } from "preact/hooks";
import { ConfirmButton, useAction } from "../parts/form.js";
import { PageHeading } from "../parts/page-heading.js";
import { control } from "../state/control.js";

/** Makes the mock what it was at the start. */
export function ResetPage() {
  const { run, busy, failure } = useAction();
  const [isDone, setDone] = useState(false);
  const reset = () =>
    run(async () => {
      setDone(false);
      await control.reset();
      setDone(true);
    });
  return (
    <>
      <PageHeading title="Reset" />
      <div class="card">
        <p>
          All is as it was at the start: the same projects, media and tokens with the same IDs,
          protection off, no faults, an empty journal. What was added since is gone.
        </p>
        <div>
          <ConfirmButton
            text="Reset the mock"
            question="Is all that was added to go?"
            busy={busy}
            onConfirm={reset}
          />
        </div>
        {failure}
        <p role="status">{isDone && "It is as it was at the start."}</p>
      </div>
    </>
  );
}
