import { isRecord, OptionError } from "../errors.js";
import { checkTimeout } from "./option-values.js";

/** Options that every call takes. */
export interface RequestOptions {
  /** Cancels the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds the call may take; `Infinity` waits for ever.
   * @default the client's `timeout`
   */
  readonly timeout?: number | undefined;
}

/** Options of calls that concern one project. */
export interface ProjectRequestOptions extends RequestOptions {
  /**
   * A subproject of the client's project. Given as `undefined`, it is an OptionError: a setting that
   * is missing must not turn into the client's own project.
   * @default the client's `projectId`
   */
  readonly projectId?: string;
}

/** Options that narrow what a call is about: without them it concerns another project, or more. */
const narrowing = [
  "projectId",
  "callId",
  "conferenceId",
  "name",
  "from",
  "to",
  "status",
  "createdAfter",
  "createdBefore",
  "createdOn",
  "sentAfter",
  "sentBefore",
  "sentOn",
];

/**
 * The options of a call, as an object, since untyped code may pass `null`. What narrows the call must
 * be there or left out: a setting that is unset, passed on, must not mean "all" or "mine".
 *
 * @throws OptionError for no object, or for an option that narrows the call and is `undefined`
 */
export function checkObject<Options extends object>(options: Options): Options {
  if (!isRecord(options)) throw new OptionError("options", "an object, or left out");
  const unset = narrowing.find((name) => name in options && options[name] === undefined);
  if (unset === undefined) return options;
  throw new OptionError(unset, "a value, or left out altogether: undefined would widen the call");
}

/**
 * The options that every call takes, checked before anything is resolved or sent. A call with more
 * takes its own out first and passes what is left: whatever is in it then is misspelt, and a call
 * that ignored a misspelt `projectId` would change another project.
 *
 * @throws OptionError for an option that is left, a timeout that is no positive number, or a signal
 *   that is none
 */
export function checkRequest(options: {
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
}): RequestOptions {
  const { signal, timeout, ...left } = checkObject(options);
  const [unknown] = Object.keys(left);
  if (unknown !== undefined) {
    throw new OptionError(unknown, "left out: this call has no such option");
  }
  // By shape, since a signal may come from another realm.
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw new OptionError("signal", "an AbortSignal");
  }
  return {
    ...(signal !== undefined && { signal }),
    ...(timeout !== undefined && { timeout: checkTimeout(timeout) }),
  };
}
