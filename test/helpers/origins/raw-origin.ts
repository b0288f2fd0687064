import { type AddressInfo, createServer, type Socket } from "node:net";
import { createSecureContext, type SecureContextOptions, TLSSocket } from "node:tls";

/** A request as its bytes said it. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case; of a repeated field, the last. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The whole head as it came. */
  readonly text: string;
}

/** Closes the connection properly, as `close` does: FIN, and under TLS `close_notify` before it. */
export const fin = Symbol("fin");
/** Breaks the connection: RST. */
export const reset = Symbol("reset");
/** Closes the connection below TLS, without `close_notify`: a truncation. */
export const truncate = Symbol("truncate");
/** Sends no more, and waits until the client closes. */
export const hold = Symbol("hold");
/** Sends the step before it without end, as fast as the client reads. */
export const forever = Symbol("forever");

/** What an origin does next: writes these bytes as they are, or how it ends. */
export type Step = string | Uint8Array | typeof fin | typeof reset | typeof truncate | typeof hold;

/** The whole behaviour towards one request; it ends with `fin` unless it says otherwise. */
export type Answer = readonly (Step | typeof forever)[];

/** Decides about each request, counted from 0. */
export type Script = (request: RawRequest, index: number) => Answer;

/** An origin below HTTP: whatever bytes a test wants, and every socket accounted for. */
export interface RawOrigin extends AsyncDisposable {
  /** As `URL.origin` writes it. */
  readonly origin: string;
  readonly requests: readonly RawRequest[];
  /**
   * The open sockets that have carried a request. Not those that a runtime opened in advance and
   * keeps, as undici does after it lost one.
   */
  readonly sockets: ReadonlySet<Socket>;
  /** Resolves once so many requests have come. */
  received(count: number): Promise<void>;
  /** Resolves once none of {@link sockets} is open. */
  idle(): Promise<void>;
}

export interface RawOriginOptions {
  /** Which loopback name to be reached by; two names are two origins. @default "127.0.0.1" */
  readonly hostname?: "127.0.0.1" | "localhost";
  /** Speaks TLS with this certificate and key. */
  readonly tls?: Certificate;
  /** What it does to each connection at once, without waiting for a request. */
  readonly onConnect?: Answer;
}

/** A certificate and its key, as PEM. */
export type Certificate = Required<Pick<SecureContextOptions, "cert" | "key">>;

/** Starts an origin on a free port, which does to each request what the script says. */
export async function startRawOrigin(
  script: Script,
  { hostname = "127.0.0.1", tls, onConnect }: RawOriginOptions = {},
): Promise<RawOrigin> {
  const requests: RawRequest[] = [];
  const open = new Set<Socket>();
  const sockets = new Set<Socket>();
  let waiting: (() => void)[] = [];
  const changed = () => {
    for (const wake of waiting.splice(0)) wake();
  };
  const until = async (met: () => boolean) => {
    while (!met()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const server = createServer((socket) => {
    open.add(socket);
    // A client that breaks off is what many tests are about.
    socket.on("error", () => {});
    socket.once("close", () => {
      open.delete(socket);
      sockets.delete(socket);
      changed();
    });
    if (onConnect) {
      sockets.add(socket);
      socket.resume();
      return void act(socket, socket, onConnect);
    }
    const stream = tls
      ? new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(tls) })
      : socket;
    stream.on("error", () => {});
    readRequests(stream, (request) => {
      sockets.add(socket);
      const index = requests.push(request) - 1;
      changed();
      void act(stream, socket, script(request, index));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, hostname, resolve));
  // The server listens on TCP, so its address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${tls ? "https" : "http"}://${hostname}:${port}`,
    requests,
    sockets,
    received: (count) => until(() => requests.length >= count),
    idle: () => until(() => sockets.size === 0),
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      waiting = [];
    },
  };
}

/** Calls back for each request head; what a test's client sends has no body. */
function readRequests(stream: Socket, onRequest: (request: RawRequest) => void): void {
  let text = "";
  stream.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    for (let end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
      onRequest(parseRequest(text.slice(0, end)));
      text = text.slice(end + 4);
    }
  });
}

function parseRequest(text: string): RawRequest {
  const [first = "", ...lines] = text.split("\r\n");
  const [method = "", path = ""] = first.split(" ");
  const fields = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { method, path, headers: Object.fromEntries(fields), text };
}

async function act(stream: Socket, socket: Socket, answer: Answer): Promise<void> {
  let last: string | Uint8Array = "";
  for (const step of answer) {
    if (stream.destroyed) return;
    if (step === hold) return;
    if (step === fin) break;
    if (step === reset) return void socket.resetAndDestroy();
    if (step === truncate) return void socket.destroy();
    if (step === forever) {
      while (await written(stream, last));
      return;
    }
    last = step;
    if (!(await written(stream, step))) return;
  }
  stream.end();
}

/** Whether the bytes went to the kernel; not when the client closed before. */
function written(stream: Socket, bytes: string | Uint8Array): Promise<boolean> {
  if (stream.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const closed = () => resolve(false);
    stream.once("close", closed);
    const chunk = typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes;
    stream.write(chunk, (error) => {
      stream.off("close", closed);
      resolve(!error);
    });
  });
}

/** The same bytes in so many pieces, each written by itself. */
export function drip(bytes: string | Uint8Array, size = 1): Uint8Array[] {
  const whole = typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes;
  const count = Math.ceil(whole.length / size);
  return Array.from({ length: count }, (_, index) =>
    whole.subarray(index * size, (index + 1) * size),
  );
}
