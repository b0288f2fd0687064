/**
 * The options of a platform, checked before anything is built from them.
 */

import type { Wait } from "../faults/faulty-body.js";
import { isUuid } from "../rules/ids.js";
import { defaultOrigins, type Origins } from "../rules/origins.js";
import { defaultSwitches, readSwitches, type Switches } from "../rules/switches.js";
import { wait } from "./wait.js";

/** What a platform starts with, but for what plants it; every field is optional. */
export interface PlatformSettings {
  /** The name of the space, the first label of its host. Default "example". */
  readonly spaceName?: string;
  /** The id of the root project, a UUID. Default: that of `seededCredentials`. */
  readonly projectId?: string;
  /** The root project's API token, which has every scope. Default: that of `seededCredentials`. */
  readonly apiToken?: string;
  /** Behaviours nobody has verified, by name. Default: see `switchTable`. */
  readonly switches?: Partial<Switches>;
  /**
   * What is there at first and after `reset()`. `"example"`: a subproject, a token of few scopes,
   * recordings, messages and faxes. `"empty"`: the root project and its token only.
   * Default "example".
   */
  readonly seed?: "example" | "empty";
  /** Makes other ids than the usual ones, and the same for the same number. Default 1. */
  readonly idSeed?: number;
  /** The clock, in ms since the epoch. Default `Date.now`. */
  readonly now?: () => number;
  /**
   * For how long the old signing key stays valid after a rotation, in ms. The platform documents one
   * to two minutes. Default 120,000.
   */
  readonly signingKeyOverlap?: number;
  /** How many requests the journal keeps; the oldest are dropped. Default 10,000. */
  readonly journalSize?: number;
  /**
   * How faults wait: resolves after so many ms, or at once when the signal aborts. Default: a timer.
   * Tests that do not want to wait pass one of their own.
   */
  readonly wait?: Wait;
  /** The origins, where the real names will not do. Default: those of the space on the platform. */
  readonly origins?: Partial<Origins>;
}

/** The options with every default filled in. */
export interface CheckedOptions {
  readonly spaceName: string;
  readonly projectId: string;
  readonly apiToken: string;
  readonly switches: Switches;
  readonly seed: "example" | "empty";
  readonly idSeed: number;
  readonly now: () => number;
  readonly signingKeyOverlap: number;
  readonly journalSize: number;
  readonly wait: Wait;
  readonly origins: Origins;
}

/** An option that cannot be used; says which, and what was expected. */
export class OptionError extends TypeError {
  override readonly name = "OptionError";
  /** The name of the option. */
  readonly option: string;

  constructor(option: string, expected: string) {
    super(`Option "${option}" must be ${expected}.`);
    this.option = option;
  }
}

/**
 * The credentials of the seeded root project: synthetic, the same for everybody, and worth nothing
 * anywhere but here.
 */
export const seededCredentials = {
  projectId: "5eed0000-0000-4000-8000-000000000001",
  apiToken: "PTmock00000000000000000000000000000000000000000001",
} as const;

/**
 * Checks options and fills in defaults.
 *
 * @throws OptionError for a space name that is no host label, a project id that is no UUID, an empty
 *   token, a journal size or an overlap below 0, an unknown seed, or an origin that is no origin.
 * @throws SwitchError for an unknown switch or value.
 */
export function readOptions(options: PlatformSettings = {}): CheckedOptions {
  const spaceName = options.spaceName ?? "example";
  const projectId = options.projectId ?? seededCredentials.projectId;
  const apiToken = options.apiToken ?? seededCredentials.apiToken;
  const seed = options.seed ?? "example";
  const idSeed = options.idSeed ?? 1;
  const signingKeyOverlap = options.signingKeyOverlap ?? 120_000;
  const journalSize = options.journalSize ?? 10_000;

  expect(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(spaceName),
    "spaceName",
    "a host label: lower-case letters, digits and inner hyphens",
  );
  expect(isUuid(projectId), "projectId", "a UUID");
  expect(typeof apiToken === "string" && apiToken !== "", "apiToken", "a text that is not empty");
  expect(seed === "example" || seed === "empty", "seed", '"example" or "empty"');
  expect(Number.isSafeInteger(idSeed), "idSeed", "a whole number");
  expect(
    Number.isFinite(signingKeyOverlap) && signingKeyOverlap >= 0,
    "signingKeyOverlap",
    "0 or more",
  );
  expect(Number.isSafeInteger(journalSize) && journalSize >= 0, "journalSize", "0 or more");

  return {
    spaceName,
    projectId: projectId.toLowerCase(),
    apiToken,
    switches: Object.freeze({ ...defaultSwitches, ...readSwitches(options.switches ?? {}) }),
    seed,
    idSeed,
    now: options.now ?? Date.now,
    signingKeyOverlap,
    journalSize,
    wait: options.wait ?? wait,
    origins: readOrigins({ ...defaultOrigins(spaceName), ...options.origins }),
  };
}

/**
 * Checks three origins and writes them without a trailing slash.
 *
 * @throws OptionError for what is no http(s) origin, or when two of the three are the same.
 */
export function readOrigins(origins: Origins): Origins {
  const read = {
    space: readOrigin("space", origins.space),
    files: readOrigin("files", origins.files),
    storage: readOrigin("storage", origins.storage),
  };
  const different = new Set(Object.values(read)).size === 3;
  expect(different, "origins", "three different origins");
  return Object.freeze(read);
}

/**
 * Checks that ids among some options are UUIDs, as the contract has them.
 *
 * @throws OptionError for the first that is none.
 */
export function checkIds(ids: Readonly<Record<string, string | null | undefined>>): void {
  for (const [option, id] of Object.entries(ids)) {
    expect(id === undefined || id === null || isUuid(id), option, "a UUID");
  }
}

function readOrigin(role: keyof Origins, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin =
    url !== undefined &&
    (url.protocol === "https:" || url.protocol === "http:") &&
    `${url.origin}/` === url.href;
  if (!isOrigin) throw new OptionError(`origins.${role}`, "an http or https origin");
  return url.origin;
}

function expect(holds: boolean, option: string, expected: string): void {
  if (!holds) throw new OptionError(option, expected);
}
