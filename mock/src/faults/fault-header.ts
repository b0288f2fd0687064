/**
 * A fault for the one request that carries it, in the header `x-mock-fault`: the kind, then its fields
 * as parameters.
 *
 *     x-mock-fault: cut; after=1000
 *     x-mock-fault: status; status=429; retryAfter=2; retryAfterAs=date
 *     x-mock-fault: redirect; to="https://elsewhere.example/"
 *
 * A value is a token, or a text in quotes where it holds anything else (RFC 9110 §5.6.6); in quotes a
 * backslash takes the next character as it is. Without quotes what looks like a number is one.
 */

import { type Fault, FaultError } from "./fault.js";
import { readFault } from "./read-fault.js";

/** The header, which only the mock knows. */
export const faultHeader = "x-mock-fault";

/** What says which requests a fault is for, and so makes no sense for one request. */
const targetFields: readonly string[] = [
  "media",
  "route",
  "origin",
  "probability",
  "seed",
  "times",
];

const parameter = /^;[ \t]*([A-Za-z]+)=(?:([\w.:+-]+)|"((?:[^"\\]|\\.)*)")[ \t]*/;

/**
 * Reads the header's value.
 *
 * @throws FaultError for a value of another form, or a fault that cannot be.
 */
export function parseFaultHeader(value: string): Fault {
  const [head, kind] = /^[ \t]*([A-Za-z]+)[ \t]*/.exec(value) ?? [];
  if (head === undefined) throw malformed();
  const fault: Record<string, unknown> = { kind };
  for (let rest = value.slice(head.length); rest !== ""; ) {
    const [whole, name, token, quoted] = parameter.exec(rest) ?? [];
    if (whole === undefined || name === undefined) throw malformed();
    if (Object.hasOwn(fault, name) && name !== "kind") {
      throw new FaultError(`The field "${name}" is there twice.`);
    }
    if (name === "kind" || targetFields.includes(name)) {
      throw new FaultError(`The header is for one request, so "${name}" has no place in it.`);
    }
    fault[name] = quoted === undefined ? readToken(token ?? "") : quoted.replace(/\\(.)/g, "$1");
    rest = rest.slice(whole.length);
  }
  return readFault(fault);
}

function readToken(token: string): string | number {
  return /^-?\d+(\.\d+)?$/.test(token) ? Number(token) : token;
}

function malformed(): FaultError {
  return new FaultError("It must be written: kind; name=value; …");
}
