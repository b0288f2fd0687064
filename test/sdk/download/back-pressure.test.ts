import { getEventListeners, once } from "node:events";
import type { Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import type { ClientOptions } from "@media-protection/sdk";
import { describe, expect, test, vi } from "vitest";
import {
  beginning,
  canary,
  clientOf,
  honest,
  medium,
  part,
  recording,
  status,
  transports,
  whole,
  wholeHead,
} from "../../helpers/origins/hostile-case.js";
import {
  type Answer,
  forever,
  hold,
  type RawOrigin,
  reset,
  startRawOrigin,
} from "../../helpers/origins/raw-origin.js";
import { noise } from "../../helpers/values/noise.js";

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;
/** What the kernel's buffers of both ends and the runtime's own may hold together. */
const readAhead = 24 * mebibyte;
const endless: Answer = [wholeHead({ "content-length": `${gibibyte}` }), noise(64 * 1024), forever];

/** The only socket of an origin. */
function socketOf({ sockets }: RawOrigin): Socket {
  const [socket] = sockets;
  return socket ?? expect.fail("nobody is connected");
}

/** How much was sent when an origin, which would send on at once, could not for 500 turns. */
async function settled(socket: Socket): Promise<number> {
  let before = -1;
  for (let idle = 0; idle < 500; idle++) {
    await turn();
    const now = socket.bytesWritten;
    if (now !== before) idle = 0;
    before = now;
  }
  return before;
}

describe.each(transports)("over %s, a slow reader", (_, transport) => {
  test("that reads nothing holds the origin back, and closes its socket when it cancels", async () => {
    await using space = await startRawOrigin(() => endless);
    const media = await clientOf(space, transport).media.download(recording);
    expect(await settled(socketOf(space))).toBeLessThan(readAhead);
    await media.body.cancel();
    await space.idle();
  });

  test("that pauses lets the origin send no more than it reads", async () => {
    await using space = await startRawOrigin(() => endless);
    const media = await clientOf(space, transport).media.download(recording);
    const socket = socketOf(space);
    const reader = media.body.getReader();
    let read = 0;
    for (const pause of [1, 16, 32, 48]) {
      while (read < pause * mebibyte) read += (await reader.read()).value?.length ?? 0;
      const ahead = (await settled(socket)) - read;
      expect(ahead).toBeGreaterThan(0);
      expect(ahead).toBeLessThan(readAhead);
    }
    await reader.cancel();
    await space.idle();
  });
});

/** A place in a download where a caller may lose patience. */
interface Stage {
  readonly answers: readonly Answer[];
  /** How many requests have come when it is reached. */
  readonly requests?: number;
  /** How many bytes have been read. */
  readonly bytes?: number;
  /** Whether the next read waits for ever. */
  readonly reads?: boolean;
  readonly options?: Partial<ClientOptions>;
}

const beforeTheHead: Record<string, Stage> = {
  "before the head": { answers: [[hold]] },
  "in the head": { answers: [["HTTP/1.1 200 OK\r\n", hold]] },
  "in the body of an error": {
    answers: [["HTTP/1.1 403 Forbidden\r\ncontent-length: 9\r\n\r\n{", hold]],
  },
  "after a redirect": { answers: [status("302 Found", { location: "/hop" }), [hold]], requests: 2 },
  "at the second attempt": { answers: [[reset], [hold]], requests: 2 },
};

const inTheBody: Record<string, Stage> = {
  "between the head and the first read": { answers: [[...beginning(400), hold]] },
  "while the first byte is awaited": { answers: [[...beginning(0), hold]], reads: true },
  "in the middle of the body": {
    answers: [[...beginning(400), hold]],
    bytes: 400,
  },
  "while more of the body is awaited": {
    answers: [[...beginning(400), hold]],
    bytes: 400,
    reads: true,
  },
  "in the request for the rest": {
    answers: [beginning(400), [hold]],
    requests: 2,
    bytes: 400,
    reads: true,
  },
  "in the head of the rest": {
    answers: [beginning(400), ["HTTP/1.1 206 Partial Content\r\n", hold]],
    requests: 2,
    bytes: 400,
    reads: true,
  },
  "while the rest is awaited": {
    answers: [beginning(400), [...part(400).slice(0, 1), hold]],
    requests: 2,
    bytes: 400,
    reads: true,
  },
  "while what comes before the rest is passed over": {
    answers: [beginning(400), [...beginning(100), hold]],
    requests: 2,
    bytes: 400,
    reads: true,
  },
};

/** An origin that gives these answers one after the other. */
function originOf({ answers }: Stage): Promise<RawOrigin> {
  return startRawOrigin((request, index) => answers[index] ?? honest(request));
}

/** Downloads as far as the stage. */
async function reach(space: RawOrigin, stage: Stage, options: object, transport: object) {
  const client = clientOf(space, { ...transport, ...stage.options });
  const { body } = await client.media.download(recording, options);
  const reader = body.getReader();
  for (let read = 0; read < (stage.bytes ?? 0); ) read += (await reader.read()).value?.length ?? 0;
  const next = stage.reads ? reader.read().catch((error: unknown) => error) : undefined;
  await space.received(stage.requests ?? 1);
  return { reader, next };
}

const reason = new Error("the caller hung up");

describe.each(transports)("over %s, an aborted signal", (_, transport) => {
  test.each(Object.entries(beforeTheHead))("closes the socket %s", async (_, stage) => {
    await using space = await originOf(stage);
    const controller = new AbortController();
    const { signal } = controller;
    const call = clientOf(space, transport).media.download(recording, { signal });
    const failure = call.catch((error: unknown) => error);
    await space.received(stage.requests ?? 1);
    controller.abort(reason);
    expect(await failure).toBe(reason);
    await space.idle();
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test.each(Object.entries(inTheBody))("closes the socket %s", async (_, stage) => {
    await using space = await originOf(stage);
    const controller = new AbortController();
    const { signal } = controller;
    const { reader, next } = await reach(space, stage, { signal }, transport);
    controller.abort(reason);
    await space.idle();
    expect(await (next ?? reader.read().catch((error: unknown) => error))).toBe(reason);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("ends the wait for another attempt, and for the rest", async () => {
    for (const answer of [[reset], beginning(400)] satisfies Answer[]) {
      await using space = await startRawOrigin(() => answer);
      const controller = new AbortController();
      const { signal } = controller;
      const patient = {
        retry: { minDelay: 1e9, maxDelay: 1e9 },
        timeout: Number.POSITIVE_INFINITY,
        onRetry: () => void setImmediate(() => controller.abort(reason)),
      };
      const client = clientOf(space, { ...transport, ...patient });
      const download = async () => (await client.media.download(recording, { signal })).bytes();
      expect(await download().catch((error: unknown) => error)).toBe(reason);
      await space.idle();
      expect(space.requests).toHaveLength(1);
      expect(getEventListeners(signal, "abort")).toEqual([]);
    }
  });

  test("before the call resolves no token and makes no request", async () => {
    await using space = await startRawOrigin(honest);
    const apiToken = vi.fn(() => canary);
    const client = clientOf(space, { ...transport, apiToken });
    const call = client.media.download(recording, { signal: AbortSignal.abort(reason) });
    expect(await call.catch((error: unknown) => error)).toBe(reason);
    expect(apiToken).not.toHaveBeenCalled();
    expect(space.requests).toEqual([]);
  });

  test("reaches the reader whatever it is", async () => {
    for (const odd of ["a text", 0, null, { an: "object" }]) {
      await using space = await startRawOrigin(() => [...beginning(400), hold]);
      const controller = new AbortController();
      const { signal } = controller;
      const media = await clientOf(space, transport).media.download(recording, { signal });
      const failure = media.bytes().catch((error: unknown) => error);
      controller.abort(odd);
      expect(await failure).toBe(odd);
      await space.idle();
    }
  });

  test("that outlives many downloads keeps no listener of them", async () => {
    const answers = [whole(), beginning(400), part(400), status("403 Forbidden"), beginning(0)];
    await using space = await startRawOrigin(
      (request, index) => answers[index % answers.length] ?? honest(request),
    );
    const { signal } = new AbortController();
    const client = clientOf(space, { ...transport, retry: { retries: 1, minDelay: 0 } });
    for (let count = 0; count < 50; count++) {
      const download = async () => (await client.media.download(recording, { signal })).bytes();
      await download().catch(() => {});
      expect(getEventListeners(signal, "abort")).toEqual([]);
    }
    await space.idle();
  });

  test("when all is over changes nothing", async () => {
    await using space = await startRawOrigin(honest);
    const controller = new AbortController();
    const { signal } = controller;
    const media = await clientOf(space, transport).media.download(recording, { signal });
    const bytes = await media.bytes();
    controller.abort(reason);
    expect(Buffer.compare(bytes, medium)).toBe(0);
  });
});

describe.each(transports)("over %s, a cancelled body", (_, transport) => {
  test.each(Object.entries(inTheBody))("closes the socket %s", async (_, stage) => {
    await using space = await originOf(stage);
    const { signal } = new AbortController();
    const { reader, next } = await reach(space, stage, { signal }, transport);
    await reader.cancel(reason);
    await space.idle();
    if (next) expect(await next).toEqual({ done: true, value: undefined });
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(space.requests).toHaveLength(stage.requests ?? 1);
  });

  test("ends the wait for the rest: no other request is made", async () => {
    await using space = await startRawOrigin(() => beginning(400));
    const waits = new EventTarget();
    const waiting = once(waits, "wait");
    const client = clientOf(space, {
      ...transport,
      retry: { minDelay: 1e9, maxDelay: 1e9 },
      onRetry: () => void setImmediate(() => waits.dispatchEvent(new Event("wait"))),
    });
    const { body } = await client.media.download(recording);
    const reader = body.getReader();
    for (let read = 0; read < 400; ) read += (await reader.read()).value?.length ?? 0;
    const next = reader.read();
    await waiting;
    await reader.cancel(reason);
    expect(await next).toEqual({ done: true, value: undefined });
    await space.idle();
    expect(space.requests).toHaveLength(1);
  });
});
