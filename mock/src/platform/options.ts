/**
 * The options of a platform, checked before anything is built from them.
 */

import type { Wait } from "../faults/faulty-body.js";
import {
  type Checks,
  callable,
  number,
  OptionError,
  oneOf,
  readFields,
  record,
  secret,
  text,
  uuid,
  whole,
} from "../rules/checks.js";
import { defaultOrigins, type Origins } from "../rules/origins.js";
import { defaultSwitches, readSwitches, type Switches } from "../rules/switches.js";
import { wait } from "./wait.js";

export { OptionError } from "../rules/checks.js";

/** What a platform starts with, but for what plants it; every field is optional. */
export interface PlatformSettings {
  /** The name of the space, the first label of its host. Default "example". */
  readonly spaceName?: string | undefined;
  /** The id of the root project, a UUID. Default: that of `seededCredentials`. */
  readonly projectId?: string;
  /** The root project's API token, which has every scope. Default: that of `seededCredentials`. */
  readonly apiToken?: string | undefined;
  /** Behaviours nobody has verified, by name. Default: see `switchTable`. */
  readonly switches?: Partial<Switches> | undefined;
  /**
   * What is there at first and after `reset()`. `"example"`: a subproject, a token of few scopes,
   * recordings, messages and faxes. `"empty"`: the root project and its token only.
   * Default "example".
   */
  readonly seed?: "example" | "empty" | undefined;
  /** Makes other ids than the usual ones, and the same for the same number. Default 1. */
  readonly idSeed?: number | undefined;
  /** The clock, in ms since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /**
   * For how long the old signing key stays valid after a rotation, in ms. The platform documents one
   * to two minutes. Default 120,000.
   */
  readonly signingKeyOverlap?: number | undefined;
  /** How many requests the journal keeps; the oldest are dropped. Default 10,000. */
  readonly journalSize?: number | undefined;
  /**
   * How faults wait: resolves after so many ms, or at once when the signal aborts. Default: a timer.
   * Tests that do not want to wait pass one of their own.
   */
  readonly wait?: Wait | undefined;
  /** The origins, where the real names will not do. Default: those of the space on the platform. */
  readonly origins?: Partial<Origins> | undefined;
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

/**
 * The credentials of the seeded root project: synthetic, the same for everybody, and worth nothing
 * anywhere but here.
 */
export const seededCredentials = {
  projectId: "5eed0000-0000-4000-8000-000000000001",
  apiToken: "PTmock00000000000000000000000000000000000000000001",
} as const;

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const settings: Checks<PlatformSettings & { readonly plant?: unknown }> = {
  spaceName: {
    holds: (value) => typeof value === "string" && label.test(value),
    expected: "a host label: lower-case letters, digits and inner hyphens",
  },
  projectId: uuid,
  apiToken: secret,
  switches: record,
  seed: oneOf("example", "empty"),
  idSeed: whole(),
  now: callable,
  signingKeyOverlap: number(0, Number.MAX_VALUE, "ms"),
  journalSize: whole(0),
  wait: callable,
  origins: record,
  plant: callable,
};

/**
 * Checks options and fills in defaults.
 *
 * @throws OptionError for an option that is unknown, or cannot be that.
 * @throws SwitchError for an unknown switch or value.
 */
export function readOptions(options: PlatformSettings = {}): CheckedOptions {
  const read = readFields<PlatformSettings>("a platform", options, settings);
  const spaceName = read.spaceName ?? "example";
  return {
    spaceName,
    projectId: read.projectId ?? seededCredentials.projectId,
    apiToken: read.apiToken ?? seededCredentials.apiToken,
    switches: Object.freeze({ ...defaultSwitches, ...readSwitches(read.switches ?? {}) }),
    seed: read.seed ?? "example",
    idSeed: read.idSeed ?? 1,
    now: read.now ?? Date.now,
    signingKeyOverlap: read.signingKeyOverlap ?? 120_000,
    journalSize: read.journalSize ?? 10_000,
    wait: read.wait ?? wait,
    origins: readOrigins({
      ...defaultOrigins(spaceName),
      ...readFields<Partial<Origins>>("origins", read.origins ?? {}, {
        space: text,
        files: text,
        storage: text,
      }),
    }),
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
  if (!different) throw new OptionError("origins", "three different origins");
  return Object.freeze(read);
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
