import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createPlatform } from "@media-protection/mock";
import { createFetch, handlers, setupMock } from "@media-protection/mock/node";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterEach, describe, expect, test, vi } from "vitest";
import { validatingFetch } from "../../helpers/contract/contract.js";

/** What the contract has is held against it; the rest is asked for with the global one. */
const fetch = validatingFetch();

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function listening(options?: Parameters<typeof setupMock>[0]) {
  const mock = setupMock(options);
  mock.listen();
  open.push(mock.close);
  return mock;
}

/** What is printed while MSW refuses or warns. */
function hush(method: "warn") {
  const spy = vi.spyOn(console, method).mockImplementation(() => undefined);
  open.push(() => spy.mockRestore());
  return spy;
}

describe("setupMock", () => {
  test("answers every fetch to the platform's origins, from listen() to close()", async () => {
    const mock = setupMock({ platform: { spaceName: "acme" } });
    const { urls } = mock.platform.addRecording();
    expect(urls.space).toMatch(/^https:\/\/acme\.signalwire\.com\//);
    mock.listen();
    open.push(mock.close);
    expect((await fetch(urls.space)).status).toBe(200);
    expect((await fetch(urls.files)).status).toBe(200);
    expect((await globalThis.fetch(`${mock.platform.origins.storage}/x`)).status).toBe(403);
    expect((await globalThis.fetch(`${mock.platform.origins.space}/no/such/path`)).status).toBe(
      404,
    );
    expect((await globalThis.fetch(mock.platform.origins.space)).status).toBe(404);
    expect(mock.platform.journal.size).toBe(5);
  });

  test("takes a platform that is there", () => {
    const platform = createPlatform();
    expect(setupMock({ platform }).platform).toBe(platform);
  });

  test("goes back to the beginning with reset()", async () => {
    const mock = listening();
    const { space } = mock.platform.origins;
    const added = mock.platform.addRecording().urls.space;
    mock.server.use(http.get(`${space}/api/projects`, () => HttpResponse.text("mine")));
    expect(await (await globalThis.fetch(`${space}/api/projects`)).text()).toBe("mine");
    mock.reset();
    expect((await fetch(`${space}/api/projects`)).status).toBe(401);
    expect((await fetch(added)).status).toBe(404);
  });

  test("lets go at the end of a scope", async () => {
    const mock = setupMock();
    const native = globalThis.fetch;
    mock.listen();
    expect(globalThis.fetch).not.toBe(native);
    mock[Symbol.dispose]();
    expect(globalThis.fetch).toBe(native);
  });
});

describe("requests to other origins", () => {
  test("pass on loopback, without a word", async () => {
    const warned = hush("warn");
    const server = createServer((_, response) => response.end("mine"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.push(() => server.close());
    listening();
    const { port } = server.address() as AddressInfo;
    expect(await (await globalThis.fetch(`http://127.0.0.1:${port}/`)).text()).toBe("mine");
    expect(await (await globalThis.fetch(`http://localhost:${port}/`)).text()).toBe("mine");
    expect(warned).not.toHaveBeenCalled();
  });

  test("may be treated in another way", async () => {
    const warned = hush("warn");
    const server = createServer((_, response) => response.end("mine"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const seen: string[] = [];
    listening({
      onUnhandledRequest: (request, print) => {
        seen.push(request.url);
        print.warning();
      },
    });
    const url = `http://127.0.0.1:${port}/`;
    expect(await (await globalThis.fetch(url)).text()).toBe("mine");
    expect(seen).toEqual([url]);
    expect(warned).toHaveBeenCalledTimes(1);
  });
});

describe("mocks side by side", () => {
  test("stay apart by their own fetch, which needs no interception", async () => {
    const [first, second] = [setupMock(), setupMock()];
    const { urls } = first.platform.addRecording({ seconds: 1 });
    expect((await validatingFetch(first.fetch)(urls.space)).status).toBe(200);
    expect((await validatingFetch(second.fetch)(urls.space)).status).toBe(404);
    expect(second.platform.journal.size).toBe(1);
  });

  test("share one MSW server and the files host, each with its own space", async () => {
    const first = createPlatform({ spaceName: "first" });
    const second = createPlatform({ spaceName: "second" });
    const server = setupServer(...handlers(first, second));
    server.listen({ onUnhandledRequest: "error" });
    open.push(() => server.close());
    for (const [mine, other] of [
      [first, second],
      [second, first],
    ] as const) {
      const { urls } = mine.addRecording();
      mine.setProtection(mine.credentials.projectId, { recordings: true });
      for (const url of [urls.space, urls.files]) {
        mine.journal.clear();
        other.journal.clear();
        expect((await fetch(url)).status).toBe(401);
        expect([mine.journal.size, other.journal.size]).toEqual([1, 0]);
      }
    }
    expect((await globalThis.fetch("https://files.signalwire.com/unknown/space")).status).toBe(404);
  });

  test("cannot be the same space", () => {
    expect(() => handlers(createPlatform(), createPlatform())).toThrow("spaceName");
  });
});

describe("the fetch in process", () => {
  test("is aborted, before and in the middle", async () => {
    const platform = createPlatform();
    const fetch = validatingFetch(createFetch(platform));
    const { urls } = platform.addRecording({ size: 2 ** 30 });
    await expect(fetch(urls.space, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
    const controller = new AbortController();
    const response = await fetch(urls.space, { signal: controller.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    controller.abort();
    const drain = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(drain()).rejects.toMatchObject({ name: "AbortError" });
  });

  test("follows redirects, shows them, or fails, as it is told", async () => {
    const platform = createPlatform({ switches: { redirectToStorage: true } });
    const fetch = validatingFetch(createFetch(platform));
    const { urls } = platform.addRecording();
    const followed = await fetch(urls.space);
    expect(followed).toMatchObject({ status: 200, redirected: true });
    expect(followed.url).toMatch(/^https:\/\/storage\./);
    const shown = await fetch(urls.space, { redirect: "manual" });
    expect(shown).toMatchObject({ status: 302, redirected: false, url: urls.space });
    await expect(fetch(urls.space, { redirect: "error" })).rejects.toThrow(TypeError);
  });
});
