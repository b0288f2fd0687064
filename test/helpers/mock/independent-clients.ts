import dns from "node:dns";
import https from "node:https";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { RestClient } from "@signalwire/compatibility-api";
import axios from "axios";
import twilio from "twilio";
import type RequestClient from "twilio/lib/base/RequestClient.js";
import { expect, type MockInstance, vi } from "vitest";

/** One thing of an account, by its id. */
interface Resource<Item> {
  fetch(): Promise<Item>;
  /** Whether it was answered 204. */
  remove(): Promise<boolean>;
}

/** The things of one kind that an account has. */
interface Resources<Item, Filter, One = Resource<Item>> {
  (sid: string): One;
  /** All of them, page by page as far as there are pages. */
  list(options?: Filter & { pageSize?: number; limit?: number }): Promise<Item[]>;
}

interface Item {
  readonly sid: string;
  readonly uri: string;
  toJSON(): object;
}

interface WhenCreated {
  dateCreated?: Date;
  dateCreatedBefore?: Date;
  dateCreatedAfter?: Date;
}

interface WhenSent {
  dateSent?: Date;
  dateSentBefore?: Date;
  dateSentAfter?: Date;
}

/** The part of an account that both clients have. The types of each client are held against it. */
export interface Account {
  readonly recordings: Resources<Item, WhenCreated & { callSid?: string; conferenceSid?: string }>;
  readonly messages: Resources<
    Item,
    WhenSent & { from?: string; to?: string },
    Resource<Item> & { readonly media: Resources<Item, WhenCreated> }
  >;
}

/** A server for clients that others wrote, and what watches over them. */
export interface Stage {
  readonly server: MockServer;
  /** Every host name that was looked up; all are refused. */
  readonly lookup: MockInstance;
  /** Ends it, and fails for a request or an answer that was outside the contract. */
  close(): Promise<void>;
}

/**
 * Starts the mock as those clients need it: with HTTPS, which they do not do without, and strict, so
 * that what they ask for is held against the contract.
 *
 * Nothing real can be reached from now on. Loopback is reached by its address, so a name that is
 * looked up at all is that of a real host, and fails at once.
 */
export async function setStage(): Promise<Stage> {
  // The clients would obey these, and go elsewhere or print what they send.
  for (const name of ["HTTP_PROXY", "TWILIO_EDGE", "TWILIO_REGION", "TWILIO_LOG_LEVEL"]) {
    vi.stubEnv(name, undefined);
  }
  const server = await startMockServer({
    port: 0,
    https: true,
    strict: true,
    platform: { seed: "empty" },
  });
  // From here on; listening looks up its own address.
  const lookup = vi.spyOn(dns, "lookup").mockImplementation((name: string) => {
    throw new Error(`A client is about to look up the real host ${name}.`);
  });
  // What NODE_EXTRA_CA_CERTS does for a process that is yet to start: the client of the compatibility
  // API takes no certificate, its TWILIO_CA_BUNDLE never gets as far as the connection.
  const { options } = https.globalAgent;
  const { ca } = options;
  options.ca = server.certificate;
  return {
    server,
    lookup,
    async close() {
      options.ca = ca;
      await server.close();
      vi.unstubAllEnvs();
      lookup.mockRestore();
      expect(server.platform.violations?.entries()).toEqual([]);
      expect(server.platform.violations?.checked).toBeGreaterThan(10);
    },
  };
}

/** The token of the server's root project, or another one in its place. */
function credentials(server: MockServer, token?: string): readonly [string, string] {
  const { projectId, apiToken } = server.platform.credentials;
  return [projectId, token ?? apiToken];
}

/** `@signalwire/compatibility-api`, which is told the host and nothing else, as its own guide has it. */
export function signalwireClient(server: MockServer, token?: string) {
  const { host } = new URL(server.url);
  return RestClient(...credentials(server, token), { signalwireSpaceUrl: host });
}

/**
 * Sends to the mock what is meant for api.twilio.com. An HTTP client of one's own is the only way to
 * another host that twilio's has: `edge` and `region` make other names of twilio.com.
 */
class RequestsToMock extends twilio.RequestClient {
  readonly #space: string;

  constructor(server: MockServer) {
    super(server.certificate === undefined ? {} : { ca: server.certificate });
    this.#space = server.url;
  }

  override request<Body>(options: RequestClient.RequestOptions<Body>) {
    const { origin, pathname, search } = new URL(options.uri);
    expect(origin).toBe("https://api.twilio.com");
    return super.request<Body>({ ...options, uri: this.#space + pathname + search });
  }
}

/**
 * `twilio`. It refuses an account whose id does not begin with AC, so it is given one that never goes
 * over the wire; the project is the user of its credentials.
 */
export function twilioClient(server: MockServer, token?: string) {
  return twilio(...credentials(server, token), {
    accountSid: `AC${"0".repeat(32)}`,
    httpClient: new RequestsToMock(server),
  });
}

/** The clients by name: each opens the account of the server's root project. */
export const independentClients: [
  name: string,
  open: (server: MockServer, token?: string) => Account,
][] = [
  ["@signalwire/compatibility-api", signalwireClient],
  [
    "twilio",
    (server, token) =>
      // The account that is not the client's own, as it is asked for with twilio's subaccounts.
      twilioClient(server, token).api.v2010.accounts(server.platform.credentials.projectId),
  ],
];

/** Reads bytes as those do who have a URL from one of these clients: none of them downloads. */
export async function readBytes(url: string, server?: MockServer, token?: string) {
  const [username, password] = server === undefined ? [] : credentials(server, token);
  const auth =
    username === undefined || password === undefined ? {} : { auth: { username, password } };
  const { status, data } = await axios.get<ArrayBuffer>(url, {
    ...auth,
    responseType: "arraybuffer",
    validateStatus: null,
    proxy: false,
  });
  return { status, bytes: Buffer.from(data) };
}

/** The URL of the bytes whose metadata is at a `uri`: as the platform has it, the same without `.json`. */
export function bytesUrl(server: MockServer, { uri }: Pick<Item, "uri">): string {
  return server.url + uri.replace(/\.json$/, "");
}

/**
 * Fails where a client could not read a date or a number: these clients keep the text then, and what
 * they make of a field that is missing is the present time.
 *
 * @returns the fields, to be compared.
 */
export function expectRead(item: { toJSON(): object }): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = { ...item.toJSON() };
  for (const [name, value] of Object.entries(fields)) {
    if (/^date|Time$/.test(name)) {
      expect(value, name).toBeInstanceOf(Date);
      expect(String(value), name).not.toBe("Invalid Date");
    }
    if (/^(channels|duration|num\w+)$/.test(name)) expect(value, name).toBeTypeOf("number");
    expect(value, name).not.toBeNaN();
  }
  return fields;
}

/** What a client rejects with, and the name of its class: these errors do not carry it themselves. */
export async function rejectionOf(promise: Promise<unknown>): Promise<object> {
  const reason: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(reason instanceof Error)) throw new TypeError("This was to be rejected with an error.");
  return { ...reason, name: reason.constructor.name, message: reason.message };
}
