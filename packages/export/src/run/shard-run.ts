import type { Client } from "@media-protection/sdk";
import type { RequestGate } from "../gate/request-gate.js";
import type { ShardPlan } from "../manifest/lines.js";
import type { KeyOf } from "../plan/key-template.js";
import type { Target } from "../targets/target.js";
import type { Room } from "./pool.js";
import type { Tally } from "./progress.js";

/** A shard as it is given out. */
export interface ShardTurn extends ShardPlan {
  /**
   * Whether an earlier try may have left copies of it that no line names: those are looked for, one by one,
   * before a medium is asked for.
   */
  readonly isLeft: boolean;
}

/** What the shards of one run share. */
export interface ShardRun {
  readonly client: Client;
  readonly target: Target;
  readonly keyOf: KeyOf;
  /** Where the platform's word to wait holds for all. */
  readonly gate: RequestGate;
  /** Connections. */
  readonly connections: Room;
  /** Media that have come and are not in place yet. */
  readonly landings: Room;
  readonly tally: Tally;
  /** The longest pause, in milliseconds. */
  readonly maxPause: number;
  /** How many media in a row may fail for a reason that would be any other's. */
  readonly maxFailures: number;
  /** Failures in a row. */
  readonly streak: { reason: string; count: number };
  readonly signal: AbortSignal;
  /** Called when something has changed. */
  readonly changed: () => void;
}
