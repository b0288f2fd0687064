/**
 * Behaviours of the real platform that nobody could verify, each with the values it can take and
 * the default we read into the documentation. One typed table: the types, the validation, the
 * command line and the README all come from it.
 */

interface SwitchDescription {
  /** Every value the switch can take. */
  readonly values: readonly (string | number | boolean)[];
  /** The value when nobody says otherwise: our reading, not verified. */
  readonly default: string | number | boolean;
  /** What the switch decides, in one line. */
  readonly description: string;
}

/** The table of switches: every name with its values, its default and what it decides. */
export const switchTable = {
  deniedStatus: {
    values: [401, 403, 404],
    default: 401,
    description: "Status of a request that may not read protected media.",
  },
  missingScopeStatus: {
    values: [401, 403],
    default: 401,
    description: "Status when the API token is right but lacks the scope.",
  },
  filesHostAuth: {
    values: ["basic", "bearer", "either"],
    default: "basic",
    description: "Authentication scheme that the files host accepts.",
  },
  jsonByAccept: {
    values: [true, false],
    default: false,
    description:
      "Whether a media path without extension answers metadata to Accept: application/json.",
  },
  jsonByCredentials: {
    values: [true, false],
    default: false,
    description:
      "Whether a recording's path without extension answers metadata to whoever brings credentials.",
  },
  compatAtRoot: {
    values: [true, false],
    default: true,
    description: "Whether the compatibility API is at /2010-04-01, too, without /api/laml.",
  },
  redirectToStorage: {
    values: [true, false],
    default: false,
    description: "Whether bytes come by a 302 to a signed URL of the storage host.",
  },
  redirectToFiles: {
    values: [true, false],
    default: false,
    description: "Whether the space answers attachments by a 302 to the files host.",
  },
  messageMediaPath: {
    values: ["messages", "message-media", "either"],
    default: "either",
    description:
      "Where the files host has attachments: by id at messages, by name at message-media, or both.",
  },
  retroactive: {
    values: [true, false],
    default: true,
    description: "Whether protection also covers media created before it was switched on.",
  },
  rootOpensSubprojects: {
    values: [true, false],
    default: true,
    description: "Whether credentials of a root project open its subprojects' media and metadata.",
  },
  checkCredentialsOnPublicMedia: {
    values: [true, false],
    default: false,
    description: "Whether wrong credentials are refused where the media is public anyway.",
  },
  supportsRange: {
    values: [true, false],
    default: true,
    description: "Whether media endpoints answer Range requests with 206.",
  },
  cors: {
    values: [true, false],
    default: true,
    description: "Whether browsers of any origin may read the answers.",
  },
} as const satisfies Record<string, SwitchDescription>;

/** The name of a switch. */
export type SwitchName = keyof typeof switchTable;

/** Every switch with its current value. */
export type Switches = {
  readonly [Name in SwitchName]: (typeof switchTable)[Name]["values"][number];
};

/** A switch that does not exist, or a value that it cannot take. */
export class SwitchError extends TypeError {
  override readonly name = "SwitchError";
}

/** Every switch name, in the order of the table. */
// The keys of a const object are exactly its literal names.
export const switchNames = Object.keys(switchTable) as readonly SwitchName[];

/** The defaults of all switches. */
export const defaultSwitches: Switches = Object.freeze(
  // Each value is the default of its own switch, which `satisfies` above holds to the table's shape.
  Object.fromEntries(switchNames.map((name) => [name, switchTable[name].default])) as Switches,
);

const isSwitchName = (name: string): name is SwitchName => Object.hasOwn(switchTable, name);

function expectName(name: string): SwitchName {
  if (isSwitchName(name)) return name;
  throw new SwitchError(`Unknown switch "${name}". Known switches: ${switchNames.join(", ")}.`);
}

function wrongValue(name: SwitchName, shown: string): SwitchError {
  const allowed = switchTable[name].values.join(", ");
  return new SwitchError(`Switch "${name}" cannot be ${shown}. Allowed: ${allowed}.`);
}

/**
 * Checks switches that come from outside (options, the control endpoint).
 *
 * @param input an object of switch names and values; `undefined` values are ignored.
 * @returns the named switches only.
 * @throws SwitchError for anything but an object, an unknown name, or a value the switch cannot take.
 */
export function readSwitches(input: unknown): Partial<Switches> {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new SwitchError("Switches must be an object of names and values.");
  }
  const read: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(input)) {
    if (value === undefined) continue;
    const name = expectName(key);
    const known = switchTable[name].values.find((candidate) => candidate === value);
    if (known === undefined) throw wrongValue(name, JSON.stringify(value) ?? String(value));
    read[name] = known;
  }
  // Every name was looked up in the table and every value found among its own switch's values.
  return read as Partial<Switches>;
}

/**
 * Reads one switch written as `name=value`, as on the command line.
 *
 * @throws SwitchError when there is no `=`, the name is unknown, or the value is not one of its values.
 */
export function parseSwitch(text: string): Partial<Switches> {
  const at = text.indexOf("=");
  if (at < 0) throw new SwitchError(`A switch is written name=value, not "${text}".`);
  const name = expectName(text.slice(0, at));
  const written = text.slice(at + 1);
  const known = switchTable[name].values.find((candidate) => String(candidate) === written);
  if (known === undefined) throw wrongValue(name, JSON.stringify(written));
  return readSwitches({ [name]: known });
}
