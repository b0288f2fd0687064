import { isRecord, OptionError } from "../errors.js";
import { checkTimeout } from "./option-values.js";

/** Options that every call takes. */
export interface RequestOptions {
  /** Cancels the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds the call may take; `Infinity` waits for ever.
   * @default the client's `timeout`
   */
  readonly timeout?: number;
}

/** Options of calls that concern one project. */
export interface ProjectRequestOptions extends RequestOptions {
  /**
   * A subproject of the client's project.
   * @default the client's `projectId`
   */
  readonly projectId?: string;
}

/** @throws OptionError unless the options of a call are an object, since untyped code may pass `null` */
export function checkObject<Options extends object>(options: Options): Options {
  if (isRecord(options)) return options;
  throw new OptionError("options", "an object, or left out");
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
