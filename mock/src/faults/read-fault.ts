/**
 * Checks faults that come from outside: code without types, the control endpoint, the header.
 */

import { isUuid } from "../rules/ids.js";
import { type Fault, FaultError, type FaultKind, type FaultTarget } from "./fault.js";

/** What a field must be: the check, and how to say it. */
type Rule = readonly [holds: (value: unknown) => boolean, expected: string];

const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

const whole = (minimum: number): Rule => [
  (value) => Number.isSafeInteger(value) && Number(value) >= minimum,
  minimum === Number.MIN_SAFE_INTEGER ? "a whole number" : `a whole number from ${minimum}`,
];

const oneOf = (...values: readonly unknown[]): Rule => [
  (value) => values.includes(value),
  `one of ${values.join(", ")}`,
];

/** The longest delay of a timer, in ms. */
const longest = 2 ** 31 - 1;

const delay: Rule = [
  (value) => isNumber(value) && value >= 0 && value <= longest,
  `a number of ms from 0 to ${longest}`,
];
const bytes = whole(0);
const anyWhole = whole(Number.MIN_SAFE_INTEGER);
const broken = { after: bytes };

const target: Readonly<Record<keyof FaultTarget, Rule>> = {
  media: [(value) => typeof value === "string" && isUuid(value), "the id of a medium"],
  route: [
    (value) => typeof value === "string" && /^(GET|POST|PATCH|DELETE) \/\S*$/.test(value),
    "a method and a path of the contract, GET /api/projects/{id}",
  ],
  origin: oneOf("space", "files", "storage"),
  probability: [(value) => isNumber(value) && value >= 0 && value <= 1, "a number from 0 to 1"],
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
    status: oneOf(429, 500, 502, 503, 504),
    retryAfter: whole(0),
    retryAfterAs: oneOf("seconds", "date"),
  },
  errorBody: {
    contentType: [
      (value) => typeof value === "string" && /^[!-~]+\/[ -~]*[!-~]$/.test(value),
      "a media type",
    ],
  },
  redirect: {
    hops: [
      (value) => value === "loop" || (Number.isSafeInteger(value) && Number(value) >= 1),
      'a whole number from 1, or "loop"',
    ],
    status: oneOf(301, 302, 303, 307, 308),
    to: [(value) => typeof value === "string" && URL.canParse(value), "an absolute URL"],
  },
} as const satisfies {
  readonly [Kind in FaultKind["kind"]]: Readonly<
    Record<Exclude<keyof Extract<FaultKind, { readonly kind: Kind }>, "kind">, Rule>
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
  const given = Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined),
  );
  const kind = faultKinds.find((known) => known === given["kind"]);
  if (kind === undefined) {
    throw new FaultError(`A fault's kind must be one of ${faultKinds.join(", ")}.`);
  }
  const rules: Readonly<Record<string, Rule>> = { ...target, ...fields[kind] };
  for (const [name, value] of Object.entries(given)) {
    if (name === "kind") continue;
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) throw new FaultError(`A fault ${kind} has no field "${name}".`);
    const [holds, expected] = rule;
    if (!holds(value)) {
      throw new FaultError(`The field "${name}" of a fault ${kind} must be ${expected}.`);
    }
  }
  const missing = required[kind];
  if (missing !== undefined && given[missing] === undefined) {
    throw new FaultError(`A fault ${kind} needs the field "${missing}".`);
  }
  if (typeof given["media"] === "string") given["media"] = given["media"].toLowerCase();
  // The kind is known, each field was held against its rule, and the required one is there.
  return Object.freeze(given) as unknown as Fault;
}
