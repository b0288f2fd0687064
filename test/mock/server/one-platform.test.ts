import { createPlatform } from "@media-protection/mock";
import { startMockServer } from "@media-protection/mock/server";
import { expect, test } from "vitest";

// One platform behind two servers: the second would put its own ports into every URL of the first.

test("a platform that is behind a server is refused to another, which says where it is", async () => {
  const platform = createPlatform();
  await using first = await startMockServer({ port: 0, platform });
  const { urls } = platform.addRecording();
  await expect(startMockServer({ port: 0, platform })).rejects.toMatchObject({
    name: "OptionError",
    message: expect.stringContaining(first.url),
  });
  expect(platform.origins).toEqual(first.origins);
  expect((await fetch(urls.space)).status).toBe(200);
});

test("of two starts at once one has the platform", async () => {
  const platform = createPlatform();
  const starts = [0, 0].map((port) => startMockServer({ port, platform }));
  const [first, second] = await Promise.allSettled(starts);
  expect(first?.status).toBe("fulfilled");
  expect(second).toMatchObject({ status: "rejected", reason: { name: "OptionError" } });
  if (first?.status === "fulfilled") await first.value.close();
});

test("after an end, or a start that failed, it is free", async () => {
  const platform = createPlatform();
  const other = await startMockServer({ port: 0 });
  const taken = Number(new URL(other.url).port);
  await expect(startMockServer({ port: taken, platform })).rejects.toThrow(String(taken));
  await other.close();
  for (const _ of [1, 2]) {
    const server = await startMockServer({ port: 0, platform });
    await server.close();
    await server.close();
  }
});
