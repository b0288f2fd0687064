import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { recordingUrl, scripted } from "../../helpers/origins/scripted-client.js";
import { answer, brokenMedium } from "../../helpers/origins/scripted-fetch.js";
import { failureOf, settle, stopTime } from "../../helpers/values/fake-time.js";

beforeEach(async () => {
  await stopTime();
  // The longest wait of each draw, so that every wait is known.
  vi.spyOn(Math, "random").mockReturnValue(1);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a body that is cut", () => {
  const bytes = (length: number) => new Uint8Array(length).fill(7);
  const size = 400_000;
  const from = (start: number, sent: number) =>
    brokenMedium(
      bytes(sent),
      { etag: '"v1"', "content-range": `bytes ${start}-${size - 1}/${size}` },
      206,
    );
  const first = (sent: number) =>
    brokenMedium(bytes(sent), { etag: '"v1"', "content-length": `${size}` });

  test("is resumed as often as retries says without progress, then is an IntegrityError", async () => {
    const { requests, times, retries, ...run } = scripted([first(10), from(10, 0)]);
    const media = await settle(run.download());
    expect(await failureOf(media.bytes())).toMatchObject({ name: "IntegrityError", reason: "cut" });
    expect(times()).toEqual([0, 500, 1500, 3500]);
    expect(requests.map(({ headers }) => headers.get("range"))).toEqual([
      null,
      ...Array(3).fill(`bytes=10-${size - 1}`),
    ]);
    expect(retries).toMatchObject([
      {
        failures: 1,
        delay: 500,
        error: { name: "ConnectionError" },
        request: { url: recordingUrl },
      },
      { failures: 2, delay: 1000 },
      { failures: 3, delay: 2000 },
    ]);
  });

  test("has its failures forgotten after 64 KiB of progress", async () => {
    const piece = 65_536;
    const { times, retries, ...run } = scripted([
      first(piece),
      ...[1, 2, 3, 4, 5].map((count) => from(count * piece, piece)),
      from(6 * piece, size - 6 * piece),
    ]);
    const media = await settle(run.download());
    expect((await settle(media.bytes())).length).toBe(size);
    expect(times()).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000]);
    expect(new Set(retries.map(({ failures }) => failures))).toEqual(new Set([1]));
  });

  test("has what fails while it is resumed repeated, too", async () => {
    const { times, ...run } = scripted([first(10), answer(503), from(10, size - 10)]);
    const media = await settle(run.download());
    expect((await settle(media.bytes())).length).toBe(size);
    expect(times()).toEqual([0, 500, 1000]);
  });

  // Node warns of a signal with more than ten listeners, which are what a long download collects.
  test("may be resumed any number of times, and collects nothing meanwhile", async () => {
    const warnings: string[] = [];
    const warned = ({ message }: Error) => void warnings.push(message);
    process.on("warning", warned);
    const [piece, pieces] = [65_536, 30];
    const whole = pieces * piece;
    const part = (start: number) => ({
      etag: '"v1"',
      "content-range": `bytes ${start}-${whole - 1}/${whole}`,
    });
    const { download, requests } = scripted([
      brokenMedium(bytes(piece), { etag: '"v1"', "content-length": `${whole}` }),
      ...Array.from({ length: pieces - 1 }, (_, index) =>
        brokenMedium(bytes(piece), part((index + 1) * piece), 206),
      ),
    ]);
    const media = await settle(download());
    expect((await settle(media.bytes())).length).toBe(whole);
    process.off("warning", warned);
    expect([requests.length, warnings]).toEqual([pieces, []]);
  });
});
