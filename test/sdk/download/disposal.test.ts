import { type ClientOptions, createClient } from "@media-protection/sdk";
import { nodeFetch } from "@media-protection/sdk/node";
import { describe, expect, test, vi } from "vitest";
import { failureOf, path, projectId, serve } from "../../helpers/origins/audio-origin.js";
import { answer, scriptedFetch } from "../../helpers/origins/scripted-fetch.js";

const transports: [string, Pick<ClientOptions, "fetch">][] = [
  ["the global fetch", { fetch: (url, init) => fetch(url, init) }],
  ["nodeFetch", { fetch: nodeFetch }],
];

describe.each(transports)("await using, over %s", (_, transport) => {
  /** An origin that goes on until its client leaves, and resolves when it does. */
  async function endless() {
    let left: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      left = resolve;
    });
    const space = await serve((_, response) => {
      response.once("close", left);
      response.writeHead(200, { "content-type": "audio/wav", "content-length": 2 ** 40 });
      const more = () => {
        if (!response.destroyed) response.write(new Uint8Array(65_536).fill(7), more);
      };
      more();
    });
    const client = createClient({
      space: space.origin,
      projectId,
      apiToken: "PT-synthetic",
      ...transport,
    });
    return { gone, download: () => client.media.download(space.origin + path) };
  }

  test("closes the connection of a body that nobody read", async () => {
    const { gone, download } = await endless();
    {
      await using media = await download();
      expect(media.contentType).toBe("audio/wav");
    }
    await gone;
  });

  test("closes that of a body that is asked for and not read", async () => {
    const { gone, download } = await endless();
    {
      await using media = await download();
      expect(media.response().body).not.toBeNull();
    }
    await gone;
  });

  test("closes that of one read in part, for which its reader gets an error", async () => {
    const { gone, download } = await endless();
    let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
    {
      await using media = await download();
      reader = media.body.getReader();
      await reader.read();
    }
    await gone;
    expect(await failureOf(reader.read())).toMatchObject({ name: "AbortError" });
  });

  test("keeps the error of what failed in the block", async () => {
    const { gone, download } = await endless();
    const work = async () => {
      await using media = await download();
      await media.body.getReader().read();
      throw new Error("the block's own");
    };
    expect(await failureOf(work())).toMatchObject({ message: "the block's own" });
    await gone;
  });
});

describe("disposal", () => {
  const medium = () => answer(200, { "content-type": "audio/wav", "content-length": "4" }, "RIFF");
  const clientOf = (step = medium()) => {
    const { fetch } = scriptedFetch(step);
    const options = { space: "example", projectId, apiToken: "PT-synthetic", fetch };
    return createClient({ ...options, retry: { retries: 0 } });
  };
  const recording = { kind: "recording", recordingId: projectId } as const;

  test("takes nothing from what was read", async () => {
    const media = await clientOf().media.download(recording);
    const bytes = await media.bytes();
    await media[Symbol.asyncDispose]();
    await media[Symbol.asyncDispose]();
    expect(Buffer.from(bytes).toString()).toBe("RIFF");
  });

  test("of a body that failed, of one that was cancelled and of none does not reject", async () => {
    const cut = answer(200, { "content-type": "audio/wav", "content-length": "9" }, "RIFF");
    const failed = await clientOf(cut).media.download(recording);
    expect(await failureOf(failed.bytes())).toMatchObject({ reason: "cut" });
    await failed[Symbol.asyncDispose]();
    const cancelled = await clientOf().media.download(recording);
    await cancelled.body.cancel();
    await cancelled[Symbol.asyncDispose]();
    const unchanged = async () => new Response(null, { status: 304 });
    const none = await clientOf(unchanged).media.download(recording, { ifNoneMatch: "*" });
    await none[Symbol.asyncDispose]();
    expect(none.notModified).toBe(true);
  });

  test("a body that was disposed of errors, and does not end early", async () => {
    const media = await clientOf().media.download(recording);
    await media[Symbol.asyncDispose]();
    expect(await failureOf(media.bytes())).toMatchObject({ name: "AbortError" });
  });

  test("where the runtime has no Symbol.asyncDispose has the key that compilers look for", async () => {
    const own = Symbol;
    const lacks = ["dispose", "asyncDispose"];
    const older = new Proxy((name?: string) => own(name), {
      get: (_, key) => (lacks.includes(String(key)) ? undefined : Reflect.get(own, key)),
    });
    vi.stubGlobal("Symbol", older);
    vi.resetModules();
    try {
      const older = await import("../../../packages/sdk/dist/index.js");
      const { fetch } = scriptedFetch(medium());
      const options = { space: "example", projectId, apiToken: "PT-synthetic", fetch };
      const media = await older.createClient(options).media.download(recording);
      const dispose = Reflect.get(media, own.for("Symbol.asyncDispose"));
      await dispose();
      expect(Symbol.asyncDispose).toBeUndefined();
      expect(await failureOf(media.bytes())).toMatchObject({ name: "AbortError" });
    } finally {
      vi.unstubAllGlobals();
      vi.resetModules();
    }
  });
});
