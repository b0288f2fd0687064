import { useEffect, useState } from "preact/hooks";

/** How long the button says that it has copied, in ms. */
const saidFor = 2000;

/** Puts a text on the clipboard, and says whether it did. */
export function CopyButton({
  text,
  what,
  label = "Copy",
}: {
  readonly text: string;
  readonly what: string;
  readonly label?: string;
}) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), saidFor);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () => {
    // There is no clipboard in a page that came by plain http from another machine.
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject();
    written.then(
      () => setSaid("Copied"),
      () => setSaid("Not allowed"),
    );
  };
  const shown = said || label;
  return (
    <>
      <button
        type="button"
        class="button small"
        onClick={copy}
        aria-label={said === "" ? `Copy ${what}` : `${said} ${what}`}
      >
        {shown}
      </button>
      <span class="unseen" role="status">
        {said}
      </span>
    </>
  );
}
