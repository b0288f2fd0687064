import type { Fetch } from "@media-protection/sdk";

/** What is done with one request. */
export type Step = (init: RequestInit) => Promise<Response>;

/** A request that the script answered. */
export interface ScriptedRequest {
  /** When it was made, in milliseconds of `performance.now()` since the first. */
  readonly at: number;
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A `fetch` that does one step after the other, and the last one for ever. */
export interface ScriptedFetch {
  readonly fetch: Fetch;
  readonly requests: readonly ScriptedRequest[];
  /** The `at` of every request. */
  times(): number[];
}

/** Builds a `fetch` that opens no socket. */
export function scriptedFetch(...steps: readonly Step[]): ScriptedFetch {
  const requests: ScriptedRequest[] = [];
  let first: number | undefined;
  return {
    requests,
    times: () => requests.map(({ at }) => at),
    fetch: async (url, init) => {
      first ??= performance.now();
      const { method = "GET", headers, body } = init;
      const at = performance.now() - first;
      requests.push({ at, url, method, headers: new Headers(headers), body });
      const step = steps[Math.min(requests.length, steps.length) - 1];
      if (!step) throw new Error("a script without steps");
      return step(init);
    },
  };
}

/** An answer; a fresh one each time. */
export function answer(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array<ArrayBuffer> = "{}",
): Step {
  return async () =>
    new Response(body, { status, headers: { "content-type": "application/json", ...headers } });
}

/** A medium of the bytes `RIFF`. */
export const medium: Step = answer(
  200,
  { "content-type": "audio/wav", "content-length": "4", etag: '"v1"' },
  "RIFF",
);

/** No connection, as Node's fetch reports it. */
export const refusal: Step = async () => {
  const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  throw new TypeError("fetch failed", { cause });
};

/** No answer, until the request is given up. */
export const silence: Step = (init) =>
  new Promise((_, reject) => {
    init.signal?.addEventListener("abort", () => reject(init.signal?.reason), { once: true });
  });

/** A medium whose connection breaks after so many of its bytes. */
export function brokenMedium(
  sent: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
  status = 200,
): Step {
  return async () => {
    const chunks = [sent].values();
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        const { done, value } = chunks.next();
        if (done) controller.error(new TypeError("terminated"));
        else controller.enqueue(value);
      },
    });
    return new Response(body, { status, headers: { "content-type": "audio/wav", ...headers } });
  };
}
