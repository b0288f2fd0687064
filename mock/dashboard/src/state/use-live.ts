import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { type LiveView, live } from "./live.js";

/** What is known of the mock, as it changes. */
export function useLive(): LiveView {
  const [view, setView] = useState(live.view);
  useLayoutEffect(() => {
    setView(live.view);
    return live.subscribe(() => setView(live.view));
  }, []);
  return view;
}

/** Calls a function when what the platform holds has changed, or the window gets the focus back. */
export function useChanges(changed: () => void): void {
  useEffect(() => {
    let told = live.view.changes;
    const stop = live.subscribe(() => {
      const { changes } = live.view;
      // The first number, too: something may have changed between what was loaded and when it came.
      if (changes !== told) changed();
      told = changes;
    });
    addEventListener("focus", changed);
    return () => {
      stop();
      removeEventListener("focus", changed);
    };
  }, [changed]);
}
