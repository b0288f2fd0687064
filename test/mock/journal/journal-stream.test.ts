import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Journal } from "../../../mock/dist/journal/journal.js";
import type { JournalEntry } from "../../../mock/dist/journal/journal-entry.js";
import {
  type JournalEvent,
  mostEntries,
  streamJournal,
} from "../../../mock/dist/journal/journal-stream.js";
import { ChangeCount } from "../../../mock/dist/platform/change-count.js";
import { journalEntry } from "./journal-entry.js";

/** A journal that knows how many listen to it. */
class WatchedJournal extends Journal {
  listeners = 0;

  override subscribe(listener: (entry: JournalEntry) => void): () => void {
    this.listeners++;
    const stop = super.subscribe(listener);
    return () => {
      this.listeners--;
      stop();
    };
  }
}

function record(journal: Journal, ...paths: readonly string[]): void {
  for (const path of paths) {
    journal.record({ ...journalEntry(path), time: Date.UTC(2026, 0, 15) });
  }
}

/** Reads events one by one; the pause between them is over at once. */
function watch(
  journal: Journal,
  changes = new ChangeCount(),
  wanted?: (entry: JournalEntry) => boolean,
) {
  const reader = streamJournal(journal, changes, wanted).getReader();
  return {
    cancel: () => reader.cancel(),
    read: () => reader.read(),
    async next() {
      const reading = reader.read();
      await vi.runAllTimersAsync();
      const { value } = await reading;
      const text = new TextDecoder().decode(value);
      expect(text).toMatch(/^data: .*\n\n$/);
      // The format under test, parsed to be compared.
      const event = JSON.parse(text.slice("data: ".length)) as JournalEvent;
      return [event.change, event.recorded, ...event.entries.map(({ path }) => path)];
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the journal as an event stream", () => {
  test("begins with what there is, then adds what comes", async () => {
    const journal = new Journal(10);
    record(journal, "/1", "/2");
    const events = watch(journal);
    expect(await events.next()).toEqual(["replace", 2, "/1", "/2"]);
    record(journal, "/3");
    record(journal, "/4");
    expect(await events.next()).toEqual(["add", 4, "/3", "/4"]);
    const waiting = events.next();
    await vi.runAllTimersAsync();
    record(journal, "/5");
    expect(await waiting).toEqual(["add", 5, "/5"]);
  });

  test("begins with nothing where nothing was", async () => {
    const journal = new Journal(10);
    const events = watch(journal);
    expect(await events.next()).toEqual(["replace", 0]);
    record(journal, "/1");
    expect(await events.next()).toEqual(["replace", 1, "/1"]);
  });

  test("says all anew after the journal was cleared", async () => {
    const journal = new Journal(10);
    record(journal, "/1", "/2");
    const events = watch(journal);
    await events.next();
    journal.clear();
    record(journal, "/3", "/4", "/5");
    expect(await events.next()).toEqual(["replace", 3, "/3", "/4", "/5"]);
  });

  test("a reader that fell behind gets the newest, and no event has more than 200", async () => {
    const journal = new Journal(1000);
    const many = Array.from({ length: 2 * mostEntries + 1 }, (_, index) => `/${index}`);
    record(journal, ...many.slice(0, 1));
    const events = watch(journal);
    await events.next();
    record(journal, ...many.slice(1));
    const event = await events.next();
    expect(event).toEqual(["replace", many.length, ...many.slice(-mostEntries)]);
    record(journal, ...many.slice(0, mostEntries));
    expect(await events.next()).toEqual([
      "add",
      many.length + mostEntries,
      ...many.slice(0, mostEntries),
    ]);
  });

  test("a journal that dropped what was told says all anew", async () => {
    const journal = new Journal(2);
    record(journal, "/1");
    const events = watch(journal);
    await events.next();
    record(journal, "/2", "/3", "/4");
    expect(await events.next()).toEqual(["replace", 4, "/3", "/4"]);
  });

  test("tells of each change of the platform, with no entry where there is none", async () => {
    const journal = new Journal(10);
    const changes = new ChangeCount();
    record(journal, "/1");
    const events = watch(journal, changes);
    await events.next();
    changes.add();
    expect(await events.next()).toEqual(["add", 1]);
    const waiting = events.next();
    await vi.runAllTimersAsync();
    changes.add();
    changes.add();
    expect(await waiting).toEqual(["add", 1]);
  });

  test("tells of the entries that are wanted alone", async () => {
    const journal = new Journal(10);
    const events = watch(journal, new ChangeCount(), ({ path }) => path !== "/2");
    record(journal, "/1", "/2");
    expect(await events.next()).toEqual(["replace", 2, "/1"]);
    record(journal, "/2", "/3");
    expect(await events.next()).toEqual(["add", 4, "/3"]);
  });

  test("listens only while it is read, and no longer once it is cancelled", async () => {
    const journal = new WatchedJournal(10);
    const events = watch(journal);
    await events.next();
    expect(journal.listeners).toBe(0);
    const waiting = events.read();
    await vi.runAllTimersAsync();
    expect(journal.listeners).toBe(1);
    await events.cancel();
    expect((await waiting).done).toBe(true);
    expect(journal.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
