import { createClient } from "@media-protection/sdk";
import { nodeFetch } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startOrigin, type TestOrigin } from "../../helpers/origins/origin.js";
import { collect } from "../../helpers/values/collect.js";
import { noise } from "../../helpers/values/noise.js";

let origin: TestOrigin;
const get = (path = "/") => nodeFetch(`${origin.origin}${path}`, { redirect: "manual" });

beforeEach(async () => {
  origin = await startOrigin((request, response) => {
    if (request.url === "/none") return void response.writeHead(204).end();
    const type = "application/json";
    response.writeHead(200, { "content-type": type, "set-cookie": ["a=1", "b=2"] });
    response.end('{"one":1}');
  });
});

afterEach(() => origin[Symbol.asyncDispose]());

describe("what nodeFetch answers is a Response", () => {
  test("of which everything can be read, each in its own way", async () => {
    expect(await get()).toBeInstanceOf(Response);
    expect(await (await get()).text()).toBe('{"one":1}');
    expect(await (await get()).json()).toEqual({ one: 1 });
    expect((await (await get()).arrayBuffer()).byteLength).toBe(9);
    expect(await (await get()).blob()).toMatchObject({ size: 9, type: "application/json" });
    const { body } = await get();
    expect(body && Buffer.concat(await collect(body)).toString()).toBe('{"one":1}');
  });

  test("that can be cloned, and read once", async () => {
    const response = await get();
    const clone = response.clone();
    expect(response.bodyUsed).toBe(false);
    expect([await response.text(), await clone.text()]).toEqual(['{"one":1}', '{"one":1}']);
    expect(response.bodyUsed).toBe(true);
    await expect(response.text()).rejects.toThrow(TypeError);
    const streamed = await get();
    await streamed.body?.cancel();
    expect(streamed.bodyUsed).toBe(true);
  });

  test("with every field", async () => {
    const { headers, status, ok, redirected } = await get();
    expect(headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect({ status, ok, redirected }).toEqual({ status: 200, ok: true, redirected: false });
  });

  test("without a body where there can be none", async () => {
    const { status, body } = await get("/none");
    expect([status, body]).toEqual([204, null]);
  });
});

describe("a fetch around nodeFetch that looks at the body, too", () => {
  const audio = noise(400_000);
  const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
  const recording = { kind: "recording", recordingId: projectId } as const;

  /** Downloads in chunks without a length, where nothing else would tell that some are missing. */
  async function download(look: (response: Response) => void) {
    await using space = await startOrigin((_, response) => {
      response.writeHead(200, { "content-type": "audio/wav" });
      const rest = () => response.end(audio.subarray(200_000));
      response.write(audio.subarray(0, 200_000), () => setTimeout(rest, 20));
    });
    const client = createClient({
      space: space.origin,
      projectId,
      apiToken: "PT-synthetic",
      retry: { retries: 0 },
      async fetch(url, init) {
        const response = await nodeFetch(url, init);
        look(response);
        return response;
      },
    });
    const media = await client.media.download(recording);
    return await media.bytes();
  }

  test("by a clone takes no bytes from the download", async () => {
    let copy: Promise<ArrayBuffer> | undefined;
    const bytes = await download((response) => {
      copy = response.clone().arrayBuffer();
    });
    expect(Buffer.compare(bytes, audio)).toBe(0);
    expect(Buffer.compare(Buffer.from((await copy) ?? new ArrayBuffer(0)), audio)).toBe(0);
  });

  test("is refused a body that is being read", async () => {
    let late: Promise<unknown> | undefined;
    const bytes = await download((response) => {
      late = new Promise((resolve) => setTimeout(resolve, 5)).then(() => response.arrayBuffer());
      late.catch(() => {});
    });
    expect(Buffer.compare(bytes, audio)).toBe(0);
    await expect(late).rejects.toThrow(TypeError);
  });
});
