/**
 * Gives vitest's `expect` the matchers for the journal, and their types: import it in a test, or name
 * it in `setupFiles`.
 */

import { expect } from "vitest";
import { type JournalMatchers, matchers } from "./journal/matchers.js";

declare module "vitest" {
  // Vitest's own declaration has this parameter, and all declarations of an interface must agree.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  interface Matchers<T = any> extends JournalMatchers<void> {}
}

expect.extend({ ...matchers });
