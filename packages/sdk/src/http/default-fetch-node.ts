import { isRecord } from "../errors.js";
import type { Fetch } from "../options/client-options.js";
import { nodeFetch } from "./node-fetch.js";

/**
 * What sends requests in Node where a client is told nothing: `nodeFetch`, which does the same with less
 * work and sees more of a body's end; unless somebody has replaced the global fetch, or set the
 * dispatcher behind it, such as one for a proxy or a mock agent. Looked up at each request.
 */
export const defaultFetch: Fetch = (url, init) => {
  const { fetch } = globalThis;
  const isFree = isNodes(fetch) && isUsual(dispatcherAt(1)) && isUsual2(dispatcherAt(2));
  return (isFree ? nodeFetch : fetch)(url, init);
};

/** Where fetch keeps what sends its requests, and where the package `undici` sets another. */
function dispatcherAt(version: 1 | 2): unknown {
  return Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${version}`));
}

/** A question about a value that hardly ever changes, asked again only when it does. */
function remembered<Value>(judge: (value: Value) => boolean): (value: Value) => boolean {
  let last: { readonly value: Value; readonly verdict: boolean } | undefined;
  return (value) => {
    if (!last || last.value !== value) last = { value, verdict: judge(value) };
    return last.verdict;
  };
}

/** Whether it is Node's own fetch, by its text: a function that merely wraps it has another. */
const isNodes = remembered((fetch: typeof globalThis.fetch) => {
  const text = Function.prototype.toString.call(fetch);
  return (
    /^(?:async )?function fetch\(input, init = undefined\) \{/.test(text) &&
    text.includes("internal/deps/undici/undici")
  );
});

/**
 * Whether it is a dispatcher that Node sets by itself, or one without any option. What nobody can tell
 * is somebody's own.
 */
function isNodesDispatcher(dispatcher: unknown): boolean {
  // Set when Node's fetch is used for the first time.
  if (dispatcher === undefined) return true;
  if (!isRecord(dispatcher)) return false;
  const prototype: unknown = Object.getPrototypeOf(dispatcher);
  // A composed one hands out another than its class has.
  if (!isRecord(prototype) || dispatcher["dispatch"] !== prototype["dispatch"]) return false;
  const { name } = dispatcher.constructor;
  // By which Node 26 serves older versions of undici; what sends is at the other place.
  if (name === "Dispatcher1Wrapper") return true;
  const own = (field: string): unknown => {
    const key = Object.getOwnPropertySymbols(dispatcher).find((one) => one.description === field);
    return key && Reflect.get(dispatcher, key);
  };
  const [options, factory] = [own("options"), own("factory")];
  const isDefault = ([option, value]: [string, unknown]) =>
    value === undefined || (option === "maxOrigins" && value === Number.POSITIVE_INFINITY);
  return (
    name === "Agent" &&
    isRecord(options) &&
    Object.entries(options).every(isDefault) &&
    typeof factory === "function" &&
    factory.name === "defaultFactory"
  );
}

const isUsual = remembered(isNodesDispatcher);
const isUsual2 = remembered(isNodesDispatcher);
