import { describe, expect, test } from "vitest";
import {
  compatibilityPath,
  idOf,
  otherProject,
  range,
  relayPath,
  startSources,
} from "../../helpers/origins/recording-sources.js";

/** Reading and deleting one recording, which the one or the other of the two APIs may know. */

describe("one recording", () => {
  test("is read from the Relay REST API where the compatibility API does not know it", async () => {
    const { client } = await startSources({ compatibility: range(0, 1), relay: range(0, 2) });
    expect(await client.recordings.get(idOf(0))).toMatchObject({ source: "compatibility" });
    expect(await client.recordings.get(idOf(1))).toMatchObject({ source: "relay", id: idOf(1) });
    await expect(client.recordings.get(idOf(2))).rejects.toMatchObject({ name: "NotFoundError" });
  });

  test("is deleted there as well", async () => {
    const { client, origin } = await startSources({
      compatibility: range(0, 1),
      relay: range(0, 2),
    });
    await client.recordings.delete(idOf(0));
    await client.recordings.delete(idOf(1));
    await expect(client.recordings.delete(idOf(2))).rejects.toMatchObject({
      name: "NotFoundError",
    });
    expect(origin.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `DELETE ${compatibilityPath}/${idOf(0)}`,
      `DELETE ${compatibilityPath}/${idOf(1)}`,
      `DELETE ${relayPath}/${idOf(1)}`,
      `DELETE ${compatibilityPath}/${idOf(2)}`,
      `DELETE ${relayPath}/${idOf(2)}`,
    ]);
  });

  test.each([401, 403, 500])("is not looked for elsewhere after a %i", async (status) => {
    const { client, origin } = await startSources({ compatibility: status, relay: range(0, 1) });
    await expect(client.recordings.get(idOf(0))).rejects.toMatchObject({ status });
    await expect(client.recordings.delete(idOf(0))).rejects.toMatchObject({ status });
    expect(origin.requests.every(({ path }) => path.startsWith("/api/laml/"))).toBe(true);
  });

  test("of another project is not looked for in the client's own", async () => {
    const { client } = await startSources({ compatibility: [], relay: range(0, 1) });
    const options = { projectId: otherProject };
    await expect(client.recordings.get(idOf(0), options)).rejects.toMatchObject({ status: 404 });
    await expect(client.recordings.delete(idOf(0), options)).rejects.toMatchObject({ status: 404 });
  });
});
