/**
 * Gives jest's `expect` the matchers for the journal, and their types: import it in a test, or name it in
 * `setupFilesAfterEnv`.
 */

import { expect } from "@jest/globals";
import { type JournalMatchers, matchers } from "./journal/matchers.js";

declare module "expect" {
  interface Matchers<R extends void | Promise<void>> extends JournalMatchers<R> {}
}

expect.extend({ ...matchers });
