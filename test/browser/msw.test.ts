import { setupMock } from "@media-protection/mock/browser";
import { createClient } from "@media-protection/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { createContractCheck } from "../helpers/contract/contract-check.js";

// The mock as an MSW worker in real Chromium: the platform's real origins, answered in the page.

const mock = setupMock();
const { origins, credentials } = mock.platform;
const { validatingFetch } = createContractCheck(inject("contract"));
const fetch = validatingFetch();
const client = createClient({ space: origins.space, ...credentials, fetch });

beforeAll(() => mock.listen());
beforeEach(() => mock.reset());
afterAll(() => mock.close());

describe("with MSW in Chromium", () => {
  test.each(["recordings", "messageMedia", "faxMedia"] as const)(
    "%s: public, then denied at once, then downloaded with credentials",
    async (setting) => {
      const { platform } = mock;
      const { space } = {
        recordings: platform.addRecording({ seconds: 1 }),
        messageMedia: platform.addMessageMedia({ contentType: "image/png" }),
        faxMedia: platform.addFaxMedia(),
      }[setting].urls;
      const open = await (await fetch(space)).arrayBuffer();
      expect(await client.protection.enable([setting])).toMatchObject({ [setting]: true });
      expect((await fetch(space)).status).toBe(401);
      const media = await client.media.download(space);
      expect(await media.bytes()).toEqual(new Uint8Array(open));
    },
  );

  test("an attachment is a picture that the browser decodes", async () => {
    const { urls } = mock.platform.addMessageMedia({ contentType: "image/jpeg" });
    await client.protection.enable("all");
    const media = await client.media.download(urls.space);
    const picture = await createImageBitmap(await media.blob());
    expect(picture.width).toBeGreaterThan(1);
  });

  test("mock.fetch gives a client the same platform without interception", async () => {
    const direct = createClient({
      space: "example",
      ...credentials,
      fetch: validatingFetch(mock.fetch),
    });
    await direct.protection.enable(["faxMedia"]);
    expect(await client.protection.get()).toMatchObject({ faxMedia: true });
  });
});
