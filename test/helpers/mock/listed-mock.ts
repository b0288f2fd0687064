import { startMockServer } from "@media-protection/mock/server";
import { createClient } from "@media-protection/sdk";
import { validatingFetch } from "../contract/contract.js";

export const noon = Date.UTC(2026, 2, 10, 12);
export const hour = 3_600_000;
export const unknownId = "00000000-0000-4000-8000-00000000dead";

/**
 * An empty mock over HTTP, a client of it, and what the client asked; an answer outside openapi.yaml
 * throws.
 */
export async function startListedMock() {
  const server = await startMockServer({ port: 0, platform: { seed: "empty" } });
  const asked: URL[] = [];
  const validating = validatingFetch();
  const client = createClient({
    space: server.origins.space,
    mediaOrigins: [server.origins.files],
    ...server.platform.credentials,
    fetch: async (url, init) => {
      asked.push(new URL(url));
      return validating(url, init);
    },
  });

  /** Ids of what `add` adds, newest first, as the mock lists them: an hour apart from noon on. */
  function addEach(count: number, add: (options: { createdAt: number }) => string): string[] {
    return Array.from({ length: count }, (_, index) =>
      add({ createdAt: noon + index * hour }),
    ).reverse();
  }

  return {
    server,
    client,
    asked,
    /** Takes away what was added and asked. */
    reset(): void {
      server.platform.reset();
      asked.length = 0;
    },
    addEach,
    addRecordings: (count: number) =>
      addEach(count, (at) => server.platform.addRecording({ ...at, seconds: 1 }).recording.id),
    addMessages: (count: number) =>
      addEach(count, (at) => server.platform.addMessageMedia(at).message.id),
    addFaxes: (count: number) => addEach(count, (at) => server.platform.addFaxMedia(at).fax.id),
  };
}
