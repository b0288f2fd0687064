/**
 * Matchers for the journal, for any test runner with `expect.extend`.
 */

export {
  type Entries,
  type HowOften,
  type JournalMatchers,
  type MatcherResult,
  matchers,
  type Wanted,
} from "./journal/matchers.js";
