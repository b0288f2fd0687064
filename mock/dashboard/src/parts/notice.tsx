import type { ComponentChildren } from "preact";
import { explain } from "../state/explain.js";
import type { Loaded } from "../state/use-loaded.js";
import { PageHeading } from "./page-heading.js";

/** A failure, said aloud by screen readers when it appears. */
export function Failure({ error, id }: { readonly error: unknown; readonly id?: string }) {
  return (
    <p class="failure" role="alert" {...(id !== undefined && { id })}>
      {explain(error)}
    </p>
  );
}

/** What stands where there is nothing yet: what to do so that there is something. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}

/** What was loaded; until then, or instead of it, what became of it. */
export function Show<Value>({
  loaded,
  title,
  children,
}: {
  readonly loaded: Loaded<Value>;
  /** The heading of the page where it is a failure, if the heading comes with what is loaded. */
  readonly title?: string;
  readonly children: (value: Value) => ComponentChildren;
}) {
  if (loaded.state === "loading") return <p class="muted">Loading…</p>;
  if (loaded.state === "failed") {
    return (
      <>
        {title !== undefined && <PageHeading title={title} />}
        <Failure error={loaded.error} />
      </>
    );
  }
  return <>{children(loaded.value)}</>;
}
