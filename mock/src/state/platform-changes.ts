/**
 * What has changed in a platform, as a state writes it.
 */

import type { Platform } from "../platform/platform.js";
import type { Switches } from "../rules/switches.js";
import type { Table } from "./table.js";

/** What has changed since the last time. */
export interface PlatformChange {
  /** Whether all there was is gone, as after a reset. */
  readonly cleared: boolean;
  /** The change as a line. To be made at once, before there is another. */
  line(): Buffer;
  /** Makes the platform what it was before; later changes must be undone first. */
  undo(): void;
}

/** The parts of a platform that are no entities. */
interface Settings {
  readonly ids: number;
  readonly switches: Switches;
}

/** Looks after the changes of one platform. */
export class PlatformChanges {
  readonly #platform: Platform;
  readonly #tables: readonly Table[];
  #settings: Settings;

  constructor(platform: Platform, tables: readonly Table[]) {
    this.#platform = platform;
    this.#tables = tables;
    this.#settings = settingsOf(platform);
  }

  /** What has changed since the last call; nothing is noted before the first. */
  take(): PlatformChange | undefined {
    const before = this.#settings;
    const now = settingsOf(this.#platform);
    this.#settings = now;
    const tables = this.#tables.flatMap((table) => table.takeChange() ?? []);
    const settings = {
      ...(before.ids === now.ids ? {} : { ids: now.ids }),
      ...(before.switches === now.switches ? {} : { switches: now.switches }),
    };
    if (Object.keys(settings).length === 0 && tables.length === 0) return undefined;
    return {
      cleared: tables.some(({ cleared }) => cleared),
      line() {
        const removed = tables.map((table) => [table.name, table.remove()] as const);
        return lineOf({
          ...settings,
          remove: Object.fromEntries(removed.filter(([, ids]) => ids.length > 0)),
          ...Object.fromEntries(tables.map((table) => [table.name, table.set()])),
        });
      },
      undo: () => {
        for (const table of tables) table.undo();
        this.#platform.idPosition = before.ids;
        this.#platform.setSwitches(before.switches);
        this.#settings = settingsOf(this.#platform);
      },
    };
  }

  /** All there is, as lines. */
  whole(): Buffer[] {
    const lines = [lineOf(settingsOf(this.#platform))];
    for (const { name, lines: linesOfTable } of this.#tables) {
      for (const entities of linesOfTable()) lines.push(lineOf({ [name]: entities }));
    }
    return lines;
  }
}

function settingsOf({ idPosition, switches }: Platform): Settings {
  return { ids: idPosition, switches };
}

function lineOf(json: object): Buffer {
  return Buffer.from(`${JSON.stringify(json)}\n`);
}
