import { type Inputs, useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useChanges } from "./use-live.js";

/** Something that is being loaded, was loaded, or could not be. */
export type Loaded<Value> =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly error: unknown }
  | { readonly state: "ready"; readonly value: Value };

/**
 * Loads something, anew when one of the inputs changes, and again, with the former value shown
 * meanwhile, when the platform has changed.
 *
 * @returns what was loaded, and a function that puts a newer value in its place
 */
export function useLoaded<Value>(
  load: (signal: AbortSignal) => Promise<Value>,
  inputs: Inputs,
): readonly [loaded: Loaded<Value>, replace: (value: Value) => void] {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ state: "loading" });
  const current = useRef(new AbortController());
  const latest = useRef(load);
  latest.current = load;
  const start = useCallback(() => {
    current.current.abort();
    const run = new AbortController();
    current.current = run;
    latest.current(run.signal).then(
      (value) => run.signal.aborted || setLoaded({ state: "ready", value }),
      (error: unknown) => run.signal.aborted || setLoaded({ state: "failed", error }),
    );
  }, []);
  useEffect(() => {
    setLoaded({ state: "loading" });
    start();
    return () => current.current.abort();
  }, inputs);
  useChanges(start);
  const replace = useCallback((value: Value) => {
    // What was asked for before this was known would overwrite it when it comes.
    current.current.abort();
    setLoaded({ state: "ready", value });
  }, []);
  return [loaded, replace];
}
