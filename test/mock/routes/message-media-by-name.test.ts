import { OptionError } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { json, sending, setScene } from "../scene.js";

// Attachments on the files host by the name that they were sent with, and the way there.

const manual = { redirect: "manual" } as const;

function sent(fileName?: string) {
  const scene = setScene();
  const options = fileName === undefined ? {} : { fileName };
  const { media, urls } = scene.platform.addMessageMedia({ contentType: "image/png", ...options });
  return { ...scene, media, urls };
}

describe("an attachment by its name", () => {
  test.each([
    ["IMG_1234.JPG"],
    ["0.smil"],
    ["Grüße an alle (2).PNG"],
    ["100%.jpg"],
    ["a?b#c.png"],
    ["no extension"],
    ["...and more"],
    ["11111111-1111-4111-8111-111111111111.JPG"],
  ])("%j has the bytes that the space has", async (fileName) => {
    const { platform, ask, urls, media, projectId } = sent(fileName);
    const folder = `${platform.origins.files}/${platform.spaceId}/${projectId}/message-media`;
    expect(urls.filesByName).toBe(`${folder}/${encodeURIComponent(fileName)}`);
    const [byName, onSpace] = [await ask(urls.filesByName), await ask(urls.space)];
    expect(byName.status).toBe(200);
    expect(byName.headers.get("content-type")).toBe("image/png");
    expect(await byName.arrayBuffer()).toEqual(await onSpace.arrayBuffer());
    expect(platform.journal.entries().map((entry) => entry.media)).toEqual([media.id, media.id]);
  });

  test("without one is named by its id, with the extension in upper case", async () => {
    const { ask, urls, media } = sent();
    expect(urls.filesByName).toMatch(new RegExp(`/message-media/${media.id}\\.PNG$`));
    expect((await ask(urls.filesByName)).status).toBe(200);
    expect((await ask(urls.filesByName.toLowerCase())).status).toBe(404);
  });

  test("is that of its own project", async () => {
    const { platform, ask, urls, projectId } = sent("IMG_1.JPG");
    const child = platform.addProject();
    expect((await ask(urls.filesByName.replace(projectId, child.id))).status).toBe(404);
    const theirs = platform.addMessageMedia({ projectId: child.id, fileName: "IMG_1.JPG" });
    const bytes = await (await ask(theirs.urls.filesByName)).arrayBuffer();
    expect(bytes.byteLength).toBe(theirs.media.file.size);
  });

  test.each(["", ".", "..", "a/b.jpg", "a\\b.jpg", "a\nb.jpg", "a\u0000.jpg", "\ud800.jpg"])(
    "cannot be %j",
    (fileName) => {
      const { platform } = setScene();
      expect(() => platform.addMessageMedia({ fileName })).toThrow(OptionError);
      expect([platform.messages.size, platform.messageMedia.size]).toEqual([0, 0]);
    },
  );

  test("cannot be taken, nor the one that another has of its id", () => {
    const { platform, media } = sent("IMG_1.JPG");
    const second = platform.addMessageMedia({ messageId: media.messageId });
    for (const fileName of ["IMG_1.JPG", `${second.media.id}.JPG`]) {
      expect(() => platform.addMessageMedia({ fileName })).toThrow(OptionError);
    }
  });

  test("can be given to the control endpoint", async () => {
    const { askAnything, space, ask } = setScene();
    const added = await json<{ readonly urls: { readonly filesByName: string } }>(
      askAnything(
        space("/__mock/media"),
        sending("POST", {}, { kind: "messageMedia", fileName: "IMG_2.JPG" }),
      ),
    );
    expect(added.urls.filesByName).toMatch(/\/message-media\/IMG_2\.JPG$/);
    expect((await ask(added.urls.filesByName)).status).toBe(200);
  });

  test("is protected like any, whether it is there or not", async () => {
    const { platform, ask, root, urls, projectId } = sent("IMG_3.JPG");
    platform.setProtection(projectId, { messageMedia: true });
    const missing = urls.filesByName.replace("IMG_3", "IMG_4");
    for (const url of [urls.filesByName, missing]) expect((await ask(url)).status).toBe(401);
    expect((await ask(urls.filesByName, { headers: root })).status).toBe(200);
    expect((await ask(missing, { headers: root })).status).toBe(404);
  });

  test("is hit by a fault for the medium", async () => {
    const { platform, ask, urls, media } = sent("IMG_5.JPG");
    platform.faults.add({ kind: "status", status: 500, media: media.id, times: 1 });
    const { status } = await ask(urls.filesByName).catch(() => ({ status: 500 }));
    expect(status).toBe(500);
  });
});

describe("messageMediaPath", () => {
  test.each([
    ["either", 200, 200, "messages"],
    ["messages", 200, 404, "messages"],
    ["message-media", 404, 200, "message-media"],
  ] as const)("%s: by id %d, by name %d, and URLs say %s", async (path, byId, byName, said) => {
    const { platform, ask, media, urls, projectId, root } = sent("IMG_6.JPG");
    platform.setSwitches({ messageMediaPath: path });
    const again = platform.addMessageMedia({ messageId: media.messageId });
    expect(again.urls.files).toContain(`/${said}/`);
    // What the path does not have is denied like what there is not, while it is protected.
    for (const protect of [false, true]) {
      platform.setProtection(projectId, { messageMedia: protect });
      const headers = protect ? root : {};
      const idUrl = `${platform.origins.files}/${platform.spaceId}/${projectId}/messages/${media.id}.png`;
      expect((await ask(idUrl, { headers })).status).toBe(byId);
      expect((await ask(urls.filesByName, { headers })).status).toBe(byName);
    }
  });
});

describe("redirectToFiles", () => {
  test("off: bytes at once", async () => {
    const { ask, urls } = sent("IMG_7.JPG");
    expect((await ask(urls.space, manual)).status).toBe(200);
  });

  test.each([
    ["either", "message-media/IMG_8.JPG"],
    ["message-media", "message-media/IMG_8.JPG"],
    ["messages", "messages/"],
  ] as const)("on: the space leads to the files host, under %s to %s", async (path, there) => {
    const { platform, ask, urls, media } = sent("IMG_8.JPG");
    platform.setSwitches({ redirectToFiles: true, messageMediaPath: path });
    for (const method of ["GET", "HEAD"]) {
      const moved = await ask(urls.space, { ...manual, method });
      expect(moved.status).toBe(302);
      const location = moved.headers.get("location") ?? "";
      expect(location.startsWith(`${platform.origins.files}/`)).toBe(true);
      expect(location).toContain(there);
      const bytes = await ask(location);
      expect((await bytes.arrayBuffer()).byteLength).toBe(media.file.size);
    }
  });

  test("on: only who may have the attachment learns its name, and there is asked again", async () => {
    const { platform, ask, root, urls, projectId } = sent("IMG_9.JPG");
    platform.setSwitches({ redirectToFiles: true });
    platform.setProtection(projectId, { messageMedia: true });
    const denied = await ask(urls.space, manual);
    expect(denied.status).toBe(401);
    expect(denied.headers.has("location")).toBe(false);
    const moved = await ask(urls.space, { ...manual, headers: root });
    expect(moved.headers.get("location")).toBe(urls.filesByName);
    expect((await ask(urls.filesByName)).status).toBe(401);
  });

  test("on, beside redirectToStorage: the files host leads on to the storage host", async () => {
    const { platform, ask, urls } = sent("IMG_10.JPG");
    platform.setSwitches({ redirectToFiles: true, redirectToStorage: true });
    expect((await ask(urls.space, manual)).headers.get("location")).toBe(urls.filesByName);
    const location = (await ask(urls.filesByName, manual)).headers.get("location") ?? "";
    expect(new URL(location).origin).toBe(platform.origins.storage);
  });

  test("on: recordings and faxes come at once", async () => {
    const { platform, ask } = setScene();
    platform.setSwitches({ redirectToFiles: true });
    for (const { urls } of [platform.addRecording(), platform.addFaxMedia()]) {
      expect((await ask(urls.space, manual)).status).toBe(200);
    }
  });
});
