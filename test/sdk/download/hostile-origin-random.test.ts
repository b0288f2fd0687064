import { isMediaProtectionError } from "@media-protection/sdk";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clientOf,
  type Fields,
  head,
  outcomeOf,
  recording,
  transports,
} from "../../helpers/origins/hostile-case.js";
import {
  type RawRequest,
  reset,
  type Step,
  startRawOrigin,
} from "../../helpers/origins/raw-origin.js";
import { noise } from "../../helpers/values/noise.js";

/** How an honest origin treats one request: a piece of what was asked for, and then its end. */
interface Treatment {
  /** The longest part that it sends at a time. */
  readonly piece: number;
  /** After how many bytes of head and body it breaks off; beyond the end, never. */
  readonly after: number;
  readonly how: "close" | "reset";
  readonly ignoresRange: boolean;
  readonly chunks: boolean;
}

/** What a liar changes in an answer that is otherwise honest. */
interface Lie {
  readonly shift: number;
  readonly size: number;
  readonly tag: string | undefined;
  readonly length: number;
  readonly status: "200 OK" | "206 Partial Content" | undefined;
  readonly otherBytes: boolean;
}

const treatment: fc.Arbitrary<Treatment> = fc.record({
  piece: fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.constant(Number.POSITIVE_INFINITY)),
  after: fc.integer({ min: 0, max: 6000 }),
  how: fc.constantFrom("close", "reset"),
  ignoresRange: fc.boolean(),
  chunks: fc.boolean(),
});

const lie: fc.Arbitrary<Lie> = fc.record({
  shift: fc.constantFrom(0, 0, -1, 1, 100),
  size: fc.constantFrom(0, 0, -1, 1, 1000),
  tag: fc.constantFrom('"v1"', '"v1"', '"v2"', 'W/"v1"', undefined),
  length: fc.constantFrom(0, 0, -1, 1),
  status: fc.constantFrom(undefined, undefined, "200 OK", "206 Partial Content"),
  otherBytes: fc.boolean(),
});

const truth: Lie = {
  shift: 0,
  size: 0,
  tag: '"v1"',
  length: 0,
  status: undefined,
  otherBytes: false,
};

/** The answer of an origin that has the medium, as the treatment and the lie say. */
function answer(
  medium: Uint8Array,
  { headers }: RawRequest,
  { piece, after, how, ignoresRange, chunks }: Treatment,
  { shift, size, tag, length, status, otherBytes }: Lie = truth,
): [Buffer, ...Step[]] {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers["range"] ?? "") ?? [];
  const condition = headers["if-range"];
  const isPart = from !== undefined && !ignoresRange && (condition ?? '"v1"') === '"v1"';
  const start = isPart ? Math.max(0, Number(from) + shift) : 0;
  const last = isPart && to ? Math.min(Number(to), medium.length - 1) : medium.length - 1;
  const end = isPart ? Math.min(last, start + piece - 1) : last;
  // Another version's bytes never come under the first version's strong tag: who does that has
  // broken its word in a way that nobody can see.
  const bytes = otherBytes && tag !== '"v1"' ? medium.map((byte) => byte ^ 0xff) : medium;
  const body = bytes.subarray(start, end + 1);
  const fields: Fields = {
    "content-type": "audio/wav",
    etag: tag,
    "content-range": isPart ? `bytes ${start}-${end}/${medium.length + size}` : undefined,
    ...(chunks
      ? { "transfer-encoding": "chunked" }
      : { "content-length": `${body.length + length}`, connection: "close" }),
  };
  const text = head(status ?? (isPart ? "206 Partial Content" : "200 OK"), fields);
  const framed = chunks ? [`${body.length.toString(16)}\r\n`, body, "\r\n0\r\n\r\n"] : [body];
  const all = Buffer.concat(
    [text, ...framed].map((part) => (typeof part === "string" ? Buffer.from(part) : part)),
  );
  if (after >= all.length) return [all];
  return how === "reset" ? [all.subarray(0, after), reset] : [all.subarray(0, after)];
}

const calm: Treatment = {
  piece: Number.POSITIVE_INFINITY,
  after: Number.POSITIVE_INFINITY,
  how: "close",
  ignoresRange: false,
  chunks: false,
};

const sizes = fc.integer({ min: 1, max: 5000 });
const options = { retry: { retries: 50, minDelay: 0, maxDelay: 0 } };

describe.each(transports)("over %s, a medium of any size", (_, transport) => {
  test("comes byte for byte from an honest origin, however its connections break", async () => {
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.array(treatment, { maxLength: 12 }),
        async (length, treatments) => {
          const medium = noise(length, length);
          await using space = await startRawOrigin((request, index) =>
            answer(medium, request, treatments[index] ?? calm),
          );
          const client = clientOf(space, { ...transport, ...options });
          const bytes = await (await client.media.download(recording)).bytes();
          expect(Buffer.compare(bytes, medium)).toBe(0);
          await space.idle();
        },
      ),
      { numRuns: 150 },
    );
  });

  test("comes from a lying origin as it is, or as a typed error, but never as other bytes", async () => {
    const ends = { bytes: 0, errors: 0 };
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.array(fc.tuple(treatment, lie), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        async (length, lies, cut) => {
          const medium = noise(length, length);
          // The first answer is cut, but true: it says what the caller is to get.
          await using space = await startRawOrigin((request, index) => {
            if (index === 0) {
              const [all] = answer(medium, request, calm);
              return [all.subarray(0, all.length - length + (cut % length))];
            }
            const [how = calm, what] = lies[index - 1] ?? [];
            return answer(medium, request, how, what);
          });
          const client = clientOf(space, { ...transport, ...options });
          const download = async () => (await client.media.download(recording)).bytes();
          const outcome = await outcomeOf(download());
          if (outcome instanceof Uint8Array) {
            ends.bytes++;
            expect(Buffer.compare(outcome, medium)).toBe(0);
          } else {
            ends.errors++;
            expect(isMediaProtectionError(outcome), String(outcome)).toBe(true);
          }
          await space.idle();
        },
      ),
      { numRuns: 250 },
    );
    // Both ends were tried.
    expect(Math.min(ends.bytes, ends.errors)).toBeGreaterThan(10);
  });
});
