import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { saveMedia } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  beginning,
  clientOf,
  medium,
  part,
  recording,
  transports,
  whole,
} from "../../helpers/origins/hostile-case.js";
import {
  type Answer,
  hold,
  type RawRequest,
  startRawOrigin,
} from "../../helpers/origins/raw-origin.js";

const size = medium.length;
const changed = medium.map((byte) => byte ^ 0xff);
const ranges = { "accept-ranges": "bytes" };
const second = { ...ranges, etag: '"v2"' };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hostile-save-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** What an origin answers that knows `Range`, but not `If-Range`, and has another version now. */
function careless(fields: Record<string, string | undefined>) {
  return ({ headers }: RawRequest): Answer => {
    const start = Number(/^bytes=(\d+)-/.exec(headers["range"] ?? "")?.[1] ?? 0);
    if (headers["range"] === undefined) return whole(second, changed);
    const [text = ""] = part(start, size - 1, { ...second, ...fields });
    return [text, changed.subarray(start)];
  };
}

describe.each(transports)("over %s, a file that an earlier save left in part", (_, transport) => {
  test.each<[string, (request: RawRequest) => Answer]>([
    ["the rest comes of another version", careless({})],
    ["the rest comes of no version", careless({ etag: undefined })],
    ["the whole comes of another version", () => whole(second, changed)],
  ])("is saved anew when %s", async (_, afterwards) => {
    let isLater = false;
    // Silent rather than cut: what a cut overtakes before the file is open is lost.
    await using space = await startRawOrigin((request) =>
      isLater ? afterwards(request) : [...beginning(400, ranges), hold],
    );
    const client = clientOf(space, { ...transport, retry: { retries: 0 }, stallTimeout: 100 });
    const save = () => saveMedia(client, recording, `${folder}/`, { resume: true });
    await expect(save()).rejects.toMatchObject({ name: "IntegrityError", reason: "cut" });
    expect(await readdir(folder)).not.toEqual([]);
    isLater = true;
    const { path } = await save();
    expect(Buffer.compare(await readFile(path), changed)).toBe(0);
    expect(await readdir(folder)).toHaveLength(1);
    await space.idle();
  });
});
