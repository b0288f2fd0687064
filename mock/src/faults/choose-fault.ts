/**
 * Which fault hits a request: pure, no I/O, no clock, no state.
 */

import type { OriginRole } from "../rules/origins.js";
import type { Fault } from "./fault.js";

/** What a fault is chosen by. */
export interface FaultQuestion {
  readonly origin: OriginRole | null;
  /** The operation of the contract, `GET /api/projects/{id}`; `null` where it is none. */
  readonly route: string | null;
  /** The medium whose bytes are asked for; `null` where it is none. */
  readonly media: string | null;
  /** How many redirects of a fault led here. */
  readonly hop: number;
  /** In ms since the epoch. */
  readonly now: number;
}

/** A fault and what has become of it so far. */
export interface ArmedFault {
  readonly id: string;
  readonly fault: Fault;
  /** When it was added, in ms since the epoch. */
  readonly since: number;
  /** How many requests it was for, whether drawn or not. */
  readonly met: number;
  /** How many requests it hit. */
  readonly hits: number;
  /** How many of them asked for a medium, by the medium's id. */
  readonly hitsByMedia: ReadonlyMap<string, number>;
}

/** What was chosen. */
export interface FaultChoice<Armed extends ArmedFault> {
  /** The first fault, in order of addition, that hits the request. */
  readonly hit: Armed | undefined;
  /** Those that were for the request up to there, each of which has now met one more. */
  readonly met: readonly Armed[];
}

/** Chooses the fault that hits a request; at most one does. */
export function chooseFault<Armed extends ArmedFault>(
  faults: Iterable<Armed>,
  question: FaultQuestion,
): FaultChoice<Armed> {
  const met: Armed[] = [];
  for (const armed of faults) {
    if (!isFor(armed.fault, question) || isSpent(armed, question)) continue;
    met.push(armed);
    if (isDrawn(armed)) return { hit: armed, met };
  }
  return { hit: undefined, met };
}

/** Whether a fault is about media alone, and counted for each; no other request uses up its `times`. */
export function countsMedia({ kind }: Fault): boolean {
  return kind === "notReady" || kind === "newVersion";
}

function isFor(fault: Fault, { media, route, origin }: FaultQuestion): boolean {
  return (
    (fault.media === undefined || fault.media === media) &&
    (fault.route === undefined || fault.route === route) &&
    (fault.origin === undefined || fault.origin === origin) &&
    (!countsMedia(fault) || media !== null)
  );
}

function isSpent(armed: ArmedFault, question: FaultQuestion): boolean {
  const { fault, hits } = armed;
  // The later hops belong to a chain that was begun in time.
  const goesOn = fault.kind === "redirect" && question.hop > 0;
  if (fault.times !== undefined && hits >= fault.times && !goesOn) return true;
  return fault.kind === "notReady" && isReady(fault, armed, question);
}

function isReady(
  fault: { readonly ms?: number | undefined; readonly requests?: number | undefined },
  { since, hitsByMedia }: ArmedFault,
  { now, media }: FaultQuestion,
): boolean {
  if (fault.ms === undefined && fault.requests === undefined) return false;
  const told = hitsByMedia.get(media ?? "") ?? 0;
  return now - since >= (fault.ms ?? 0) && told >= (fault.requests ?? 0);
}

/** Draws by the number of requests met, so that the same requests are hit in every run. */
function isDrawn({ fault, met }: ArmedFault): boolean {
  const { probability = 1, seed = 1 } = fault;
  return probability >= 1 || share(seed, met) < probability;
}

/** A number from 0 up to 1 from a seed and a place in its sequence: well mixed, and always the same. */
function share(seed: number, place: number): number {
  let mixed = (Math.imul(seed | 0, 0x9e3779b1) + Math.imul(place + 1, 0x6d2b79f5)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
