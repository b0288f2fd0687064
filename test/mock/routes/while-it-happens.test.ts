import { once } from "node:events";
import { connect } from "node:net";
import type { Schemas } from "@media-protection/contract";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { basic } from "../scene.js";

// What is deleted or revoked while something else that needs it is on its way.

let server: MockServer;
beforeAll(async () => {
  server = await startMockServer({ port: 0 });
});
afterAll(() => server.close());
beforeEach(() => server.platform.reset());

const root = () => {
  const { projectId, apiToken } = server.platform.credentials;
  return basic(projectId, apiToken);
};

test("subprojects that are deleted while their list is walked are all in it", async () => {
  const { platform } = server;
  const made = Array.from({ length: 7 }, () => platform.addProject().id);
  const seen: string[] = [];
  let next: string | undefined = `${server.url}/api/projects?page_size=2`;
  while (next !== undefined) {
    const answer: Response = await fetch(next, { headers: root() });
    const page = (await answer.json()) as Schemas["ProjectList"];
    for (const { id } of page.data) {
      seen.push(id);
      if (!made.includes(id)) continue;
      const gone = await fetch(`${server.url}/api/projects/${id}`, {
        method: "DELETE",
        headers: root(),
      });
      expect(gone.status).toBe(204);
    }
    next = page.links.next;
  }
  expect(seen).toEqual(expect.arrayContaining(made));
  expect(new Set(seen).size).toBe(seen.length);
});

describe("while the body of a request is on its way", () => {
  /** Sends a request whose body comes in two halves, and what happens between them. */
  async function halves(line: string, body: unknown, headers: object, between: () => unknown) {
    const text = JSON.stringify(body);
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    await once(socket, "connect");
    const fields = Object.entries({
      host: new URL(server.url).host,
      "content-type": "application/json",
      "content-length": text.length,
      connection: "close",
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`${line} HTTP/1.1\r\n${fields.join("")}\r\n${text.slice(0, 5)}`);
    // The server has that when it has answered a request that came after it.
    await fetch(`${server.url}/api/projects`);
    await between();
    socket.write(text.slice(5));
    const chunks: Buffer[] = await socket.toArray();
    return Buffer.concat(chunks).toString();
  }

  test("its project is deleted: there is none", async () => {
    const { id } = server.platform.addProject();
    const created = await halves(
      `POST /api/projects/${id}/tokens`,
      { name: "late", permissions: ["calling"] },
      root(),
      () => fetch(`${server.url}/api/projects/${id}`, { method: "DELETE", headers: root() }),
    );
    expect(created).toMatch(/^HTTP\/1\.1 404 /);
  });

  test.each(["its token is revoked", "the mock is reset"])(
    "%s: what was asked for does not happen",
    async (what) => {
      const { platform } = server;
      const { projectId } = platform.credentials;
      const { id, token } = platform.addToken({ projectId, scopes: ["management"] });
      const line = `PATCH /api/projects/${projectId}`;
      const between = () =>
        what === "the mock is reset" ? platform.reset() : platform.revokeToken(id);
      const change = { protect_recordings: true };
      const answer = await halves(line, change, basic(projectId, token), between);
      expect(answer).toMatch(/^HTTP\/1\.1 401 /);
      const project = await fetch(`${server.url}/api/projects/${projectId}`, { headers: root() });
      expect(await project.json()).toMatchObject({ protect_recordings: false });
    },
  );
});
