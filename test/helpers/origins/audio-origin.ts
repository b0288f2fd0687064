import type { RequestListener } from "node:http";
import { type ClientOptions, createClient } from "@media-protection/sdk";
import { expect, onTestFinished } from "vitest";
import { startOrigin, type TestOrigin } from "./origin.js";

export const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
export const recordingId = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
export const path = `/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${recordingId}`;
export const canary = "PTcanary0123456789abcdef";
export const audio = new Uint8Array(300_000).map((_, index) => index * 31);

/** Starts an origin that ends with the test. */
export async function serve(listener: RequestListener, hostname?: "127.0.0.1" | "localhost") {
  const server = await startOrigin(listener, hostname);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

/** A client of that space, which asks once. */
export function clientOf(space: TestOrigin, options: Partial<ClientOptions> = {}) {
  return createClient({
    space: space.origin,
    projectId,
    apiToken: canary,
    retry: { retries: 0 },
    ...options,
  });
}

export const sendAudio: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "audio/wav", "content-length": audio.length });
  response.end(audio);
};

export function redirectTo(location: () => string): RequestListener {
  return (_, response) => {
    response.writeHead(302, { location: location(), "set-cookie": "session=1" }).end();
  };
}

/** The error a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it should have failed"),
    (error: unknown) => error,
  );
}
