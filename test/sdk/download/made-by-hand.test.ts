import { createClient } from "@media-protection/sdk";
import { expect, test } from "vitest";
import { projectId, recording } from "../../helpers/origins/scripted-client.js";
import { answer, type Step, scriptedFetch } from "../../helpers/origins/scripted-fetch.js";

const type = { "content-type": "audio/wav" };
const lengthless = answer(200, type, "RIFF");

/** What comes of a download over a fetch that makes its responses by hand. */
async function download(...steps: Step[]) {
  const { fetch, requests } = scriptedFetch(...steps);
  const options = { space: "example", projectId, apiToken: "PT-synthetic", fetch };
  const client = createClient({ ...options, retry: { retries: 0 } });
  const read = async () => (await client.media.download(recording)).bytes();
  const outcome = await read().catch((error: unknown) => error);
  return { outcome, requests };
}

test("a response made by hand with a Content-Length is asked for once", async () => {
  const { outcome, requests } = await download(
    answer(200, { ...type, "content-length": "4" }, "RIFF"),
  );
  expect([outcome, requests.length]).toEqual([new TextEncoder().encode("RIFF"), 1]);
});

test("one without may say its size when it is asked for its end", async () => {
  const end = answer(206, { ...type, "content-range": "bytes 3-3/4" }, "F");
  const { outcome, requests } = await download(lengthless, end);
  expect(outcome).toEqual(new TextEncoder().encode("RIFF"));
  expect(requests[1]?.headers.get("range")).toBe("bytes=3-");
});

test("one that never does is an error that says what to do", async () => {
  const { outcome, requests } = await download(lengthless);
  expect(outcome).toMatchObject({
    name: "IntegrityError",
    reason: "cut",
    message: expect.stringContaining("made by hand needs a Content-Length"),
  });
  expect(requests).toHaveLength(2);
});
