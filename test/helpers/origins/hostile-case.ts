import { inspect } from "node:util";
import { type ClientOptions, createClient, isMediaProtectionError } from "@media-protection/sdk";
import { nodeFetch } from "@media-protection/sdk/node";
import { describe, expect, test } from "vitest";
import { noise } from "../values/noise.js";
import {
  type Answer,
  type Certificate,
  type RawOrigin,
  type RawRequest,
  startRawOrigin,
} from "./raw-origin.js";

export const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
export const recording = {
  kind: "recording",
  recordingId: "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f",
} as const;
/** Where the space has the recording. */
export const recordingPath = `/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${recording.recordingId}`;
/** The API token, which must be seen nowhere but at the space. */
export const canary = "PTcanary0123456789abcdef";
const secrets = [canary, btoa(`${projectId}:${canary}`)];

/** What every origin has, unless it lies. */
export const medium = noise(1000);
const size = medium.length;

/** Both transports that the SDK stands for. */
export const transports: [string, Pick<ClientOptions, "fetch">][] = [
  ["the global fetch", { fetch: (url, init) => fetch(url, init) }],
  ["nodeFetch", { fetch: nodeFetch }],
];

/** Header fields: several of one name, or one left out. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The head of an answer, as text. */
export function head(status: string, fields: Fields): string {
  const lines = Object.entries(fields).flatMap(([name, value = []]) =>
    [value].flat().map((one) => `${name}: ${one}\r\n`),
  );
  return `HTTP/1.1 ${status}\r\n${lines.join("")}\r\n`;
}

/** A whole answer's head; fields replace those of the truth, `undefined` leaves one out. */
export function wholeHead(fields: Fields = {}): string {
  return head("200 OK", {
    "content-type": "audio/wav",
    "content-length": `${size}`,
    etag: '"v1"',
    connection: "close",
    ...fields,
  });
}

/** The whole medium. */
export function whole(fields: Fields = {}, body: string | Uint8Array = medium): Answer {
  return [wholeHead(fields), body];
}

/** The first bytes of the whole medium; the rest is announced, but does not come. */
export function beginning(bytes: number, fields: Fields = {}): Answer {
  return [wholeHead(fields), medium.subarray(0, bytes)];
}

/** A part of the medium, both ends included. */
export function part(start: number, end = size - 1, fields: Fields = {}): Answer {
  const fieldsOfPart = {
    "content-length": `${end - start + 1}`,
    "content-range": `bytes ${start}-${end}/${size}`,
  };
  const text = wholeHead({ ...fieldsOfPart, ...fields }).replace("200 OK", "206 Partial Content");
  return [text, medium.subarray(start, end + 1)];
}

/** An answer of another kind. */
export function status(line: string, fields: Fields = {}, body = ""): Answer {
  return [head(line, { "content-length": `${body.length}`, connection: "close", ...fields }), body];
}

/** What an honest origin answers, RFC 9110 §14. */
export function honest({ headers }: RawRequest): Answer {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers["range"] ?? "") ?? [];
  const condition = headers["if-range"];
  if (from === undefined || (condition !== undefined && condition !== '"v1"')) return whole();
  if (Number(from) >= size) {
    return status("416 Range Not Satisfiable", { "content-range": `bytes */${size}` });
  }
  return part(Number(from), to ? Math.min(Number(to), size - 1) : size - 1);
}

/** One thing an origin does to the requests, and what the caller must get. */
export interface HostileCase {
  /** What it does to the first requests; it is honest to all later ones. */
  readonly faults?: readonly (Answer | ((request: RawRequest, other: string) => Answer))[];
  /** What it does to every request after the faults, in place of the truth. */
  readonly always?: Answer | ((request: RawRequest, other: string) => Answer);
  /** What another origin answers, to which `other` in the functions above leads. */
  readonly elsewhere?: Answer | ((request: RawRequest) => Answer);
  /** Exactly these bytes (`"exact"`: the medium), or one of these errors. */
  readonly ends: "exact" | Uint8Array | readonly string[];
  /** What else is known of the error. */
  readonly error?: object;
  /** How many requests reach the space, where that is certain. */
  readonly requests?: number;
  /** The `Range` of the second request. */
  readonly resumes?: string;
  /** How many requests reach the other origin. */
  readonly elsewhereRequests?: number;
  readonly options?: Partial<ClientOptions>;
  /** What the space does to each connection, before any request. */
  readonly onConnect?: Answer;
  /** That the runtime keeps the socket for a while, whatever the SDK does. */
  readonly lingers?: boolean;
  /** How many requests at most go out anew, as they are, if a kept connection had just been closed. */
  readonly resent?: number;
  /** Where nodeFetch knows more, or less. */
  readonly withNodeFetch?: HostileCase;
}

/** No second attempt. */
export const noRetry = { retry: { retries: 0 } };
/** How a transport and the SDK say that an answer is not what it should be. */
export const bad = ["ConnectionError", "IntegrityError"];

/** An answer that is refused, without another request where retries are turned off. */
export function refused(always: Answer, ends = bad): HostileCase {
  return { always, ends, options: noRetry, requests: 1 };
}

/** Waits as short as can be: a suite of failures must not take the time that failures take. */
export const impatient = {
  retry: { retries: 3, minDelay: 1, maxDelay: 2 },
  stallTimeout: 5000,
  attemptTimeout: 5000,
} as const;

export function clientOf(space: RawOrigin, options: Partial<ClientOptions> = {}) {
  return createClient({
    space: space.origin,
    projectId,
    apiToken: canary,
    ...impatient,
    ...options,
  });
}

/** The bytes, or the error. */
export async function outcomeOf(promise: Promise<Uint8Array>): Promise<unknown> {
  return promise.catch((error: unknown) => error);
}

/** A suite over both transports of one test for each case; with a certificate, over TLS. */
export function describeCases(
  title: string,
  cases: Readonly<Record<string, HostileCase>>,
  tls?: Certificate,
): void {
  describe.each(transports)(`${title}, over %s`, (_, transport) => {
    test.each(Object.entries(cases))(
      "%s",
      async (_, given) => {
        const { withNodeFetch = given } = given;
        await meet(transport.fetch === nodeFetch ? withNodeFetch : given, transport, tls);
      },
      10_000,
    );
  });
}

async function meet(
  given: HostileCase,
  transport: Partial<ClientOptions>,
  tls: Certificate | undefined,
): Promise<void> {
  const { faults = [], always = honest, elsewhere = honest, onConnect, resent = 0 } = given;
  const secure = tls && { tls };
  await using other = await startRawOrigin(
    (request) => (typeof elsewhere === "function" ? elsewhere(request) : elsewhere),
    { hostname: "localhost", ...secure },
  );
  await using space = await startRawOrigin(
    (request, index) => {
      const answer = faults[index] ?? always;
      return typeof answer === "function" ? answer(request, other.origin) : answer;
    },
    { ...secure, ...(onConnect && { onConnect }) },
  );
  let tokens = 0;
  const apiToken = () => {
    tokens++;
    return canary;
  };
  const client = clientOf(space, { ...transport, apiToken, ...given.options });
  const download = async () => (await client.media.download(recording)).bytes();
  const outcome = await outcomeOf(download());
  expectEnd(outcome, given);
  if (given.requests !== undefined) expect(space.requests).toHaveLength(given.requests);
  if (given.resumes !== undefined) {
    expect(space.requests[1]?.headers).toMatchObject({ range: given.resumes, "if-range": '"v1"' });
  }
  if (given.elsewhereRequests !== undefined) {
    expect(other.requests).toHaveLength(given.elsewhereRequests);
  }
  expectNoSecrets(other);
  // The token was resolved for the requests that carried it, and for no other; not each arrives.
  const authorized = space.requests.filter(({ headers }) => headers["authorization"] !== undefined);
  if (onConnect) expect(space.requests).toEqual([]);
  else {
    const anew = authorized.length + (isRefused(outcome) ? 1 : 0) - tokens;
    expect(anew).toBeGreaterThanOrEqual(0);
    expect(anew).toBeLessThanOrEqual(resent);
  }
  if (!given.lingers) await Promise.all([space.idle(), other.idle()]);
}

/** Whether the credentials were refused, after which the token is asked for once more. */
function isRefused(outcome: unknown): boolean {
  return isMediaProtectionError(outcome) && outcome.name === "AuthenticationError";
}

/** Fails unless the outcome is what the case says; wrong bytes are never right. */
export function expectEnd(outcome: unknown, { ends, error }: HostileCase): void {
  const bytes = ends === "exact" ? medium : ends;
  if (bytes instanceof Uint8Array) {
    if (!(outcome instanceof Uint8Array)) throw outcome;
    expect(Buffer.compare(outcome, bytes), `${outcome.length} bytes`).toBe(0);
    return;
  }
  if (outcome instanceof Uint8Array) expect.fail(`it gave ${outcome.length} bytes`);
  if (!isMediaProtectionError(outcome)) throw outcome;
  expect(bytes, outcome.message).toContain(outcome.name);
  if (error) expect(outcome).toMatchObject(error);
  const shown = inspect(outcome, { depth: 10, showHidden: true }) + JSON.stringify(outcome);
  for (const secret of secrets) expect(shown).not.toContain(secret);
}

/** Fails if an origin that is not the space got a credential, a cookie or a custom field. */
export function expectNoSecrets({ requests }: RawOrigin): void {
  for (const { headers, text } of requests) {
    expect(headers).not.toHaveProperty("authorization");
    expect(headers).not.toHaveProperty("cookie");
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
}
