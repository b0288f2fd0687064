import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type AuditEvent, generateKey } from "@media-protection/gateway";
import {
  type RunningGateway,
  type StartGatewayOptions,
  startGateway,
} from "@media-protection/gateway/node";
import { bytesFile } from "@media-protection/mock";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { type Client, createClient } from "@media-protection/sdk";

/** A mock with all switches on, and a gateway before it. */
export interface GatewayScene extends AsyncDisposable {
  readonly mock: MockServer;
  readonly client: Client;
  readonly running: RunningGateway;
  readonly audit: AuditEvent[];
  /** Lines of the log. */
  readonly logged: string[];
  /** Where scripts that run would call. */
  readonly home: { readonly url: string; readonly calls: string[] };
  /** A link to a medium. */
  link(source: string, options?: object): Promise<string>;
}

/** The synthetic token, which nobody may ever see. */
export const canary = "PTmock00000000000000000000000000000000000000000001";

export async function gatewayScene(
  given: Partial<StartGatewayOptions> | ((mock: MockServer) => Partial<StartGatewayOptions>) = {},
  apiToken?: string,
): Promise<GatewayScene> {
  const mock = await startMockServer({ port: 0 });
  const options = typeof given === "function" ? given(mock) : given;
  const { origins, credentials } = mock.platform;
  const client = createClient({
    space: mock.url,
    mediaOrigins: [origins.files],
    ...credentials,
    ...(apiToken === undefined ? {} : { apiToken }),
    retry: { retries: 0 },
  });
  await createClient({ space: mock.url, ...credentials }).protection.enable("all");
  const audit: AuditEvent[] = [];
  const logged: string[] = [];
  const note = (...args: unknown[]) => void logged.push(JSON.stringify(args));
  const running = await startGateway({
    client,
    keys: generateKey(),
    port: 0,
    logger: { info: note, warn: note, error: note },
    onAudit: (event) => void audit.push(event),
    ...options,
  });
  const calls: string[] = [];
  const home = createServer((request, response) => {
    calls.push(request.url ?? "");
    response.end();
  });
  const homeUrl = await listen(home);
  return {
    mock,
    client,
    running,
    audit,
    logged,
    home: { url: homeUrl, calls },
    link: async (source, how = {}) => (await running.gateway.links.mint(source, how)).url,
    async [Symbol.asyncDispose]() {
      await running.close();
      await mock.close();
      home.close();
    },
  };
}

/** Listens on a free port of loopback. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Safe: a server that listens on a port has such an address.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An attachment of any type. */
export function attachment(
  mock: MockServer,
  text: string | Uint8Array,
  contentType: string,
  extension: string,
) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const file = bytesFile({ bytes, contentType, extension, lastModified: new Date(0) });
  return mock.platform.addMessageMedia({ file });
}

/** A medium of each kind, by its URLs on the platform. */
export function mediaUrls({ platform }: MockServer): Record<string, string> {
  const recording = platform.addRecording({ seconds: 2 }).urls;
  const fax = platform.addFaxMedia().urls;
  const picture = platform.addMessageMedia().urls;
  return {
    "a recording": recording.space,
    "a hosted recording": recording.files,
    "a picture": picture.space,
    "a hosted picture": picture.files,
    "a fax": fax.space,
    "a hosted fax": fax.files,
  };
}
