/**
 * Checks faults that come from outside: code without types, the control endpoint, the header.
 */

import {
  type Check,
  number,
  OptionError,
  oneOf,
  readFields,
  uuid,
  whole,
} from "../rules/checks.js";
import { originRoles } from "../rules/origins.js";
import {
  type Fault,
  FaultError,
  type FaultKind,
  type FaultTarget,
  faultStatuses,
} from "./fault.js";

/** The longest delay of a timer, in ms; as seconds, no date that is added to a clock overflows. */
const longest = 2 ** 31 - 1;

const delay = number(0, longest, "ms");
const bytes = whole(0);
const anyWhole = whole();
const broken = { after: bytes };

const matching = (pattern: RegExp, expected: string): Check => ({
  holds: (value) => typeof value === "string" && pattern.test(value),
  expected,
});

const target: Readonly<Record<keyof FaultTarget, Check>> = {
  media: { ...uuid, expected: "the id of a medium" },
  route: matching(
    /^(GET|POST|PATCH|DELETE) \/\S*$/,
    "a method and a path of the contract, GET /api/projects/{id}",
  ),
  origin: oneOf(...originRoles),
  probability: number(0, 1),
  seed: anyWhole,
  times: whole(1),
};

/** The fields of each kind, besides the target's; those that must be there are in `required`. */
const fields = {
  latency: { ms: delay },
  throttle: { bytesPerSecond: whole(1) },
  stall: broken,
  cut: broken,
  reset: broken,
  wrongLength: { by: anyWhole },
  wrongContentRange: { by: anyWhole },
  newVersion: { after: bytes, ifRange: oneOf("obey", "ignore") },
  notReady: { ms: delay, requests: whole(1) },
  status: {
    status: oneOf(...faultStatuses),
    retryAfter: whole(0, longest),
    retryAfterAs: oneOf("seconds", "date"),
  },
  errorBody: { contentType: matching(/^[!-~]+\/[ -~]*[!-~]$/, "a media type") },
  redirect: {
    hops: {
      holds: (value) => value === "loop" || whole(1).holds(value),
      expected: 'a whole number from 1, or "loop"',
    },
    status: oneOf(301, 302, 303, 307, 308),
    to: {
      // A header carries visible ASCII alone: RFC 9110 §5.5, and a URI is written in nothing else.
      holds: (value) => typeof value === "string" && /^[!-~]+$/.test(value) && URL.canParse(value),
      expected: "an absolute URL in ASCII",
    },
  },
} as const satisfies {
  readonly [Kind in FaultKind["kind"]]: Readonly<
    Record<Exclude<keyof Extract<FaultKind, { readonly kind: Kind }>, "kind">, Check>
  >;
};

const required: Partial<Record<FaultKind["kind"], string>> = {
  latency: "ms",
  throttle: "bytesPerSecond",
  status: "status",
};

// The keys of a const object are exactly its literal names.
/** Every kind of fault. */
export const faultKinds = Object.keys(fields) as readonly FaultKind["kind"][];

/**
 * Checks a fault; fields that are `undefined` are as good as absent.
 *
 * @returns a frozen copy.
 * @throws FaultError for anything but an object with a known kind and its fields.
 */
export function readFault(input: unknown): Fault {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new FaultError("A fault must be an object with a kind.");
  }
  const given: unknown = Reflect.get(input, "kind");
  const kind = faultKinds.find((known) => known === given);
  if (kind === undefined) {
    throw new FaultError(`A fault's kind must be one of ${faultKinds.join(", ")}.`);
  }
  const checks: Record<string, Check> = { kind: oneOf(kind), ...target, ...fields[kind] };
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(checks, name))
      throw new FaultError(`A fault ${kind} has no field "${name}".`);
  }
  const missing = required[kind];
  if (missing !== undefined && Reflect.get(input, missing) === undefined) {
    throw new FaultError(`A fault ${kind} needs the field "${missing}".`);
  }
  try {
    // The kind is known, each field was held against its check, and the required one is there.
    return Object.freeze(readFields("a fault", input, checks)) as unknown as Fault;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    const { option } = error;
    throw new FaultError(
      `The field "${option}" of a fault ${kind} must be ${checks[option]?.expected}.`,
      { cause: error },
    );
  }
}
