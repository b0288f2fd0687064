import { nodeFetch } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collect } from "../helpers/collect.js";
import { startOrigin, type TestOrigin } from "../helpers/origin.js";

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
