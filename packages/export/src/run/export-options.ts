import { type Client, OptionError } from "@media-protection/sdk";
import type { RequestGate } from "../gate/request-gate.js";
import { keyTemplate } from "../plan/key-template.js";
import { checkSelection, type Selection } from "../plan/list-media.js";
import type { Target } from "../targets/target.js";
import type { ExportProgress } from "./progress.js";

/** Options of `exportMedia`. */
export interface ExportOptions extends Selection {
  /** Where the media go: `folderTarget` or `bucketTarget`. It stays open. */
  readonly target: Target;
  /**
   * How keys are made, of `{kind}`, `{project}`, `{date:yyyy/MM/dd}`, `{id}`, `{ext}`, `{from}`, `{to}`,
   * `{direction}`, `{call}`, `{conference}`, `{message}`, `{fax}`, `{duration}`. A target keeps the one that
   * it was begun with.
   * @default the target's own; of a new one "{kind}/{project}/{date:yyyy/MM/dd}/{id}.{ext}"
   */
  readonly template?: string | undefined;
  /** How many media are moved at a time. @default 8 */
  readonly concurrency?: number | undefined;
  /** How many media a shard has at most. @default 200 */
  readonly shardSize?: number | undefined;
  /** The gate of the client's `gatedFetch`, so that a pause holds for all. @default one of its own */
  readonly gate?: RequestGate | undefined;
  /** The longest pause, in milliseconds, that the platform may ask for. @default 300000 */
  readonly maxPause?: number | undefined;
  /** How many media in a row may fail for a reason that would be any other's. @default 10 */
  readonly maxFailures?: number | undefined;
  /** Ends the run; what is in place stays, and another run goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each medium, and while large ones come. Not awaited; what it throws ends the run. */
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
}

/** What an export did. */
export interface ExportReport extends Omit<ExportProgress, "running" | "isPaused"> {
  /** Whether everything that the platform listed, and still has, is in the target. */
  readonly isComplete: boolean;
}

/** Options that are checked, with their defaults. */
export type CheckedExport = ExportOptions &
  Required<{
    readonly [Name in "concurrency" | "shardSize" | "maxPause" | "maxFailures"]: NonNullable<
      ExportOptions[Name]
    >;
  }>;

const known: Readonly<Record<keyof ExportOptions, true>> = {
  target: true,
  projects: true,
  kinds: true,
  since: true,
  until: true,
  template: true,
  concurrency: true,
  shardSize: true,
  gate: true,
  maxPause: true,
  maxFailures: true,
  signal: true,
  onProgress: true,
};

/** @throws OptionError for what no export can be made with */
export function checkExport(client: Client, options: ExportOptions): CheckedExport {
  if (typeof client?.media?.download !== "function") {
    throw new OptionError("client", "a client made by createClient");
  }
  if (typeof options !== "object" || options === null)
    throw new OptionError("options", "an object");
  const unknown = Object.keys(options).find((name) => !(name in known));
  if (unknown !== undefined) throw new OptionError(unknown, "left out: no option has this name");
  checkSelection(options);
  const { target, template, concurrency = 8, shardSize = 200 } = options;
  const { maxPause = 300_000, maxFailures = 10 } = options;
  if (typeof target?.receive !== "function") {
    throw new OptionError("target", "what folderTarget or bucketTarget made");
  }
  if (template !== undefined) keyTemplate(template);
  checkCount("concurrency", concurrency, 256);
  checkCount("shardSize", shardSize, 1000);
  checkCount("maxFailures", maxFailures, Number.MAX_SAFE_INTEGER);
  if (typeof maxPause !== "number" || !(maxPause >= 0)) {
    throw new OptionError("maxPause", "milliseconds, 0 or more");
  }
  return { ...options, concurrency, shardSize, maxPause, maxFailures };
}

function checkCount(option: string, value: unknown, most: number): void {
  if (Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= most) return;
  throw new OptionError(option, `a whole number, 1 to ${most}`);
}
