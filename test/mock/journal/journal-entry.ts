import type { JournalEntry } from "@media-protection/mock";

/** An entry of a journal about which only the path says something. */
export function journalEntry(path: string): JournalEntry {
  return {
    time: 0,
    origin: "space",
    originUrl: "https://example.signalwire.com",
    method: "GET",
    path,
    media: null,
    caller: null,
    authorization: false,
    tokenExposed: false,
    decision: "none",
    reason: null,
    status: 200,
    fault: null,
  };
}
