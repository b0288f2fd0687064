import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { dateWindow } from "../../../packages/sdk/dist/resources/date-window.js";
import { noon, startListedMock } from "../../helpers/mock/listed-mock.js";
import { collect } from "../../helpers/values/collect.js";

/** Windows are half-open, at whole seconds: however time is cut, every item is in one of them. */

const mock = await startListedMock();
const { server, client } = mock;

afterAll(() => server.close());

test("wherever windows meet, an instant is in exactly one of them", () => {
  const instant = fc.integer({ min: noon - 5000, max: noon + 5000 });
  fc.assert(
    fc.property(fc.array(instant, { maxLength: 6 }), instant, (cuts, at) => {
      const dates = cuts.sort((one, other) => one - other).map((cut) => new Date(cut));
      const windows = [undefined, ...dates].map((after, index) =>
        dateWindow("created", after, dates[index], undefined),
      );
      // The second may be all that one source tells of it, and another tell more.
      for (const told of [at, Math.floor(at / 1000) * 1000]) {
        expect(windows.filter(({ includes }) => includes(new Date(told)))).toHaveLength(1);
      }
    }),
  );
});

test.each([
  [
    "recordings",
    () => server.platform,
    (after: Date, before: Date) =>
      client.recordings.list({ createdAfter: after, createdBefore: before }),
  ],
  [
    "messages",
    () => server.platform,
    (after: Date, before: Date) => client.messages.list({ sentAfter: after, sentBefore: before }),
  ],
  [
    "faxes",
    () => server.platform,
    (after: Date, before: Date) =>
      client.faxes.list({ createdAfter: after, createdBefore: before }),
  ],
])("consecutive windows over %s give each once", async (_, platformOf, list) => {
  mock.reset();
  const platform = platformOf();
  const times = Array.from({ length: 12 }, (_, index) => noon + index * 500);
  for (const createdAt of times) {
    platform.addRecording({ createdAt, seconds: 1 });
    platform.addMessageMedia({ createdAt });
    platform.addFaxMedia({ createdAt });
  }
  const cuts = [noon - 1000, noon + 700, noon + 2000, noon + 2999, noon + 4001, noon + 9000];
  const found: string[] = [];
  for (const [index, cut] of cuts.slice(1).entries()) {
    const items: AsyncIterable<{ readonly id: string }> = list(
      new Date(cuts[index] ?? 0),
      new Date(cut),
    );
    found.push(...(await collect(items)).map(({ id }) => id));
  }
  expect(found).toHaveLength(times.length);
  expect(new Set(found).size).toBe(times.length);
});
