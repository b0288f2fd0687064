import { connect, type Socket } from "node:net";
import { startMockServer } from "@media-protection/mock/server";
import { expect } from "vitest";
import { basic } from "../scene.js";

export const badRequest = { error: "Bad Request" };
export const notFound = { error: "Not Found" };

/** All that comes back until the connection ends, in any way. */
export function received(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  return new Promise((resolve) => {
    // A reset is no clean end, and the answer before it counts.
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}

export const lines = (...all: readonly string[]) => `${all.join("\r\n")}\r\n\r\n`;

/** An answer that came over a socket, taken apart. */
export function read(answer: string): { status: number; body: unknown; head: string } {
  const at = answer.indexOf("\r\n\r\n");
  const [head, text] = [answer.slice(0, at), answer.slice(at + 4)];
  expect(head).toMatch(/^HTTP\/1\.1 \d{3} /);
  const chunked = /^transfer-encoding: chunked$/im.test(head);
  const body = chunked
    ? text.replace(/^[0-9a-f]+\r\n|\r\n[0-9a-f]+\r\n|\r\n0?\r?\n?$/gi, "")
    : text;
  return { status: Number(head.slice(9, 12)), body: body === "" ? null : JSON.parse(body), head };
}

/** A mock with one recording, and ways to send it requests as no HTTP client would. */
export async function startForRawRequests() {
  // Short, so that clients that never finish are told so within the test.
  const server = await startMockServer({ port: 0, requestTimeout: 300 });
  const { projectId, apiToken } = server.platform.credentials;
  const authorization = `Authorization: ${basic(projectId, apiToken).authorization}`;
  const { recording, urls } = server.platform.addRecording({ seconds: 1 });

  function open(origin = server.url): Socket {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    socket.setEncoding("latin1");
    return socket;
  }

  /** A request with credentials after which the connection ends. */
  const request = (line: string, ...headers: readonly string[]) =>
    lines(line, "Host: localhost", "Connection: close", authorization, ...headers);

  return {
    server,
    recordingPath: new URL(urls.space).pathname,
    size: recording.files.wav.size,
    open,
    /** Sends bytes as they are, keeps its own half open, and answers what comes back. */
    exchange(text: string, origin?: string): Promise<string> {
      const socket = open(origin);
      const answer = received(socket);
      socket.write(text, "latin1");
      return answer;
    },
    request,
    /** A request with a body of JSON, or of what is none. */
    sending: (line: string, body: string, ...headers: readonly string[]) =>
      request(line, `Content-Length: ${Buffer.byteLength(body, "latin1")}`, ...headers) + body,
    project: () => `/api/projects/${server.platform.credentials.projectId}`,
    /** It still answers, and what was there is unharmed. */
    async expectUnharmed(): Promise<void> {
      const project = `${server.url}/api/projects/${server.platform.credentials.projectId}`;
      const response = await fetch(project, {
        headers: { authorization: authorization.slice(15) },
      });
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ name: "Example project" });
    },
  };
}
