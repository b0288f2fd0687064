import type { Fault } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { setScene } from "../scene.js";
import { drain, recordingIn, size, withFault } from "./fault-scene.js";

type Asked = (scene: ReturnType<typeof withFault>) => Promise<Response>;

const denied: Asked = ({ platform, projectId, askAnything, urls }) => {
  platform.setProtection(projectId, { recordings: true });
  return askAnything(urls.space);
};
const redirected: Asked = async ({ platform, askAnything, urls }) => {
  platform.setSwitches({ redirectToStorage: true });
  const response = await askAnything(urls.space, { redirect: "manual" });
  platform.setSwitches({ redirectToStorage: false });
  return response;
};
const head: Asked = ({ askAnything, urls }) => askAnything(urls.space, { method: "HEAD" });
const missing: Asked = ({ askAnything, space }) => askAnything(space("/nothing"));
const unchanged: Asked = ({ askAnything, urls, recording }) =>
  askAnything(urls.space, { headers: { "if-none-match": recording.files.wav.etag } });

const bodyFaults: Fault[] = [
  { kind: "cut", after: 5 },
  { kind: "reset", after: 5 },
  { kind: "stall", after: 5 },
  { kind: "wrongLength" },
  { kind: "wrongContentRange" },
  { kind: "errorBody" },
  { kind: "throttle", bytesPerSecond: 1e9 },
];

const harmless: [string, Asked, number][] = [
  ["a denial", denied, 401],
  ["a redirect", redirected, 302],
  ["HEAD", head, 200],
  ["a missing path", missing, 404],
  ["what is not modified", unchanged, 304],
];

const cases = bodyFaults.flatMap((fault) =>
  harmless.map(([name, ask, status]) => ({ fault, name, ask, status, kind: fault.kind })),
);

describe("a fault that could do nothing is not spent", () => {
  test.each(cases)("$kind by $name", async ({ fault, ask, status }) => {
    const scene = withFault({ ...fault, times: 1 });
    const { platform, projectId, askAnything, urls } = scene;
    expect((await ask(scene)).status).toBe(status);
    expect(platform.faults.list()[0]?.hits).toBe(0);
    expect(platform.journal.entries()[0]?.fault).toBeNull();
    platform.setProtection(projectId, { recordings: false });
    await askAnything(urls.space, { headers: { range: "bytes=0-99" } });
    expect(platform.faults.list()[0]?.hits).toBe(1);
    expect(platform.journal.entries()[1]?.fault).toBe(fault.kind);
  });

  test("by a body that is no longer than what comes", async () => {
    const { platform, askAnything, urls } = withFault({ kind: "cut", after: 100, times: 1 });
    const part = { headers: { range: "bytes=0-99" } };
    expect(await drain(await askAnything(urls.space, part))).toEqual({
      received: 100,
      error: undefined,
    });
    expect(platform.faults.list()[0]?.hits).toBe(0);
    const cut = await drain(await askAnything(urls.space));
    expect(cut.received).toBe(100);
    expect(cut.error).toBeInstanceOf(TypeError);
  });

  test("a new version, by a denial or a HEAD of its first answer", async () => {
    const scene = withFault({ kind: "newVersion", after: 10 });
    const { platform, projectId, askAnything, urls, recording } = scene;
    await denied(scene);
    platform.setProtection(projectId, { recordings: false });
    await head(scene);
    expect((await drain(await askAnything(urls.space))).received).toBe(10);
    const next = await askAnything(urls.space);
    expect(next.headers.get("etag")).not.toBe(recording.files.wav.etag);
    expect((await drain(next)).received).toBe(size);
  });

  test("notReady, by a denial or an id that somebody made up", async () => {
    const scene = withFault({ kind: "notReady", requests: 1 });
    const { platform, projectId, askAnything, urls, recording } = scene;
    await denied(scene);
    platform.setProtection(projectId, { recordings: false });
    const other = urls.space.replace(recording.id, "11111111-1111-4111-8111-111111111111");
    await askAnything(other);
    expect(platform.faults.list()[0]?.hits).toBe(0);
    expect((await askAnything(urls.space)).status).toBe(404);
    expect((await askAnything(urls.space)).status).toBe(200);
  });

  test("and of requests side by side no more than `times` are hit", async () => {
    const { platform, askAnything, urls } = withFault({ kind: "cut", after: 5, times: 2 });
    const all = await Promise.all(
      Array.from({ length: 10 }, async () => drain(await askAnything(urls.space))),
    );
    expect(all.filter(({ error }) => error !== undefined)).toHaveLength(2);
    expect(platform.faults.list()[0]?.hits).toBe(2);
  });
});

describe("what a fault came between", () => {
  test("does not happen once the client has left", async () => {
    let left = () => {};
    const scene = setScene({ wait: async () => left() });
    const { platform, projectId, root, space } = scene;
    recordingIn(scene);
    platform.faults.add({ kind: "latency", ms: 1000 });
    const controller = new AbortController();
    left = () => controller.abort();
    const patched = scene.askAnything(space(`/api/projects/${projectId}`), {
      method: "PATCH",
      headers: { ...root, "content-type": "application/json" },
      body: JSON.stringify({ protect_recordings: true }),
      signal: controller.signal,
    });
    await expect(patched).rejects.toThrow();
    expect(platform.project(projectId).protectedSince.recording).toBeNull();
  });

  test.each([301, 302, 303, 307, 308] as const)(
    "a PATCH through a %i is followed as the Fetch standard has it",
    async (status) => {
      const { platform, projectId, root, space, askAnything } = setScene();
      platform.faults.add({ kind: "redirect", status });
      await askAnything(space(`/api/projects/${projectId}`), {
        method: "PATCH",
        headers: { ...root, "content-type": "application/json" },
        body: JSON.stringify({ protect_recordings: true }),
      });
      const methods = platform.journal.entries().map(({ method }) => method);
      expect(methods).toEqual(["PATCH", status === 303 ? "GET" : "PATCH"]);
      const isOn = platform.project(projectId).protectedSince.recording !== null;
      expect(isOn).toBe(status !== 303);
    },
  );
});
