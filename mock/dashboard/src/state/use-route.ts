import { useEffect, useState } from "preact/hooks";
import { type Route, readRoute } from "./route.js";

/** The route that the URL names now. */
export function useRoute(): Route {
  const [fragment, setFragment] = useState(location.hash);
  useEffect(() => {
    const read = () => setFragment(location.hash);
    addEventListener("hashchange", read);
    // It may have changed since the first look, when nobody listened yet.
    read();
    return () => removeEventListener("hashchange", read);
  }, []);
  return readRoute(fragment);
}
