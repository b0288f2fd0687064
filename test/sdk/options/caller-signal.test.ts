import { getEventListeners } from "node:events";
import { createClient } from "@media-protection/sdk";
import { describe, expect, test } from "vitest";
import {
  clientOf,
  head,
  projectId,
  recording,
  transports,
} from "../../helpers/origins/hostile-case.js";
import { type Answer, hold, startRawOrigin } from "../../helpers/origins/raw-origin.js";

const reason = { why: "the page was closed" };

describe.each(transports)("over %s, the caller's signal", (_, transport) => {
  test.each<[string, Answer]>([
    ["before the head", [hold]],
    ["in the body", [head("200 OK", { "content-type": "application/json" }), "{", hold]],
    ["in the body of an error", [head("404 Not Found", { "content-length": "9" }), hold]],
  ])("ends a metadata call %s with its reason, and closes the connection", async (_, answer) => {
    await using space = await startRawOrigin(() => answer);
    const controller = new AbortController();
    const { signal } = controller;
    const call = clientOf(space, transport).protection.get({ signal });
    await space.received(1);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await space.idle();
  });

  test("ends a download in the body of an error with its reason", async () => {
    const answer: Answer = [head("404 Not Found", { "content-length": "9" }), hold];
    await using space = await startRawOrigin(() => answer);
    const controller = new AbortController();
    const { signal } = controller;
    let seen = () => {};
    const headCame = new Promise<void>((resolve) => {
      seen = resolve;
    });
    const client = clientOf(space, { ...transport, onResponse: () => seen() });
    const call = client.media.download(recording, { signal });
    await headCame;
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await space.idle();
  });
});

test("a signal that outlives metadata calls keeps nothing of them", async () => {
  const fetch = async () => Response.json({ data: [], links: {} });
  const client = createClient({ space: "example", projectId, apiToken: "PTcanary0123456", fetch });
  const { signal } = new AbortController();
  for (let round = 0; round < 5; round++) {
    // Neither calls that fail, here for want of the switches, nor calls that succeed.
    await expect(client.protection.get({ signal })).rejects.toMatchObject({
      name: "UnexpectedAnswerError",
    });
    await client.projects.get(projectId, { signal });
    for await (const _ of client.projects.list({ signal })) expect.fail("the list is empty");
  }
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("a signal of many calls at once has one listener of ours, and none when they have ended", async () => {
  const warnings: Error[] = [];
  const keep = (warning: Error) => warnings.push(warning);
  process.on("warning", keep);
  await using space = await startRawOrigin(({ path }) =>
    path.includes("Recordings")
      ? [head("200 OK", { "content-type": "audio/wav", "content-length": "9" }), "RIFF", hold]
      : [head("200 OK", { "content-type": "application/json" }), "{", hold],
  );
  const controller = new AbortController();
  const { signal } = controller;
  const client = clientOf(space, {});
  const downloads = await Promise.all(
    Array.from({ length: 20 }, () => client.media.download(recording, { signal })),
  );
  const calls = [
    ...downloads.map((media) => media.bytes()),
    ...Array.from({ length: 20 }, () => client.projects.get(projectId, { signal })),
  ];
  const ended = Promise.allSettled(calls);
  await space.received(40);
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  controller.abort(reason);
  for (const one of await ended) expect(one).toMatchObject({ status: "rejected", reason });
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  process.off("warning", keep);
  expect(warnings.filter(({ name }) => name === "MaxListenersExceededWarning")).toEqual([]);
});
