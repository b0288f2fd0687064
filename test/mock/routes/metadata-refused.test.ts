import { describe, expect, test } from "vitest";
import { setScene } from "../scene.js";

describe("metadata", () => {
  test("of another project's media cannot be told from none", async () => {
    const { ask, root, platform, account, space } = setScene();
    const { id: projectId } = platform.addProject({ parentId: null });
    const recording = platform.addRecording({ projectId }).recording;
    const { message, media } = platform.addMessageMedia({ projectId });
    const fax = platform.addFaxMedia({ projectId });
    const own = platform.addMessageMedia();
    for (const url of [
      account(`/Recordings/${recording.id}.json`),
      space(`/api/relay/rest/recordings/${recording.id}`),
      account(`/Messages/${message.id}`),
      account(`/Messages/${message.id}/Media`),
      account(`/Messages/${message.id}/Media/${media.id}.json`),
      // An attachment belongs to one message.
      account(`/Messages/${own.message.id}/Media/${media.id}.json`),
      account(`/Faxes/${fax.fax.id}`),
      account(`/Faxes/${fax.fax.id}/Media`),
      account(`/Faxes/${fax.fax.id}/Media/${fax.media.id}.json`),
      space(`/api/fax/logs/${fax.fax.id}`),
      space(`/api/laml/2010-04-01/Accounts/${projectId}/Recordings`),
      space("/api/laml/2010-04-01/Accounts/no-uuid/Recordings"),
    ]) {
      expect((await ask(url, { headers: root })).status, url).toBe(404);
    }
  });

  test("and bytes are found under the message or fax they belong to, and no other", async () => {
    const { ask, root, platform, account } = setScene();
    const [message, otherMessage] = [platform.addMessageMedia(), platform.addMessageMedia()];
    const [fax, otherFax] = [platform.addFaxMedia(), platform.addFaxMedia()];
    for (const path of [
      `/Messages/${otherMessage.message.id}/Media/${message.media.id}`,
      `/Faxes/${otherFax.fax.id}/Media/${fax.media.id}`,
    ]) {
      expect((await ask(account(path))).status).toBe(404);
      expect((await ask(account(`${path}.json`), { headers: root })).status).toBe(404);
      const removed = await ask(account(path), { method: "DELETE", headers: root });
      expect(removed.status).toBe(404);
    }
  });

  test("of the compatibility API fails in its own words", async () => {
    const { ask, account } = setScene();
    const response = await ask(account("/Recordings"));
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 20003, status: 401 });
  });

  test("of a path that is none is 404 in the words of its API", async () => {
    const { askAnything, space } = setScene();
    const compatibility = await askAnything(space("/api/laml/2010-04-01/Accounts"));
    expect(compatibility.status).toBe(404);
    expect(await compatibility.json()).toMatchObject({ code: 20404, status: 404 });
    const rest = await askAnything(space("/api/nothing"));
    expect(rest.status).toBe(404);
    expect(await rest.json()).toEqual({ error: "Not Found" });
  });
});
