import { describe, expect, test } from "vitest";
import { json, setScene } from "../scene.js";

function filesHost() {
  const scene = setScene();
  const { platform, projectId } = scene;
  const file = (folder: string, name: string, space = platform.spaceId, project = projectId) =>
    `${platform.origins.files}/${space}/${project}/${folder}/${name}`;
  return { ...scene, file };
}

describe("the files host", () => {
  test("has recordings as WAV and MP3, the same as on the space", async () => {
    const { ask, platform, file } = filesHost();
    const { recording, urls } = platform.addRecording();
    for (const [extension, type, twin] of [
      ["wav", "audio/wav", urls.spaceWav],
      ["mp3", "audio/mpeg", urls.spaceMp3],
    ] as const) {
      const response = await ask(file("recordings", `${recording.id}.${extension}`));
      expect(response.headers.get("content-type")).toBe(type);
      const onSpace = await ask(twin);
      expect(response.headers.get("etag")).toBe(onSpace.headers.get("etag"));
      expect(await response.arrayBuffer()).toEqual(await onSpace.arrayBuffer());
    }
  });

  test("has attachments with and without their extension", async () => {
    const { ask, platform, file } = filesHost();
    const jpeg = platform.addMessageMedia().media;
    const png = platform.addMessageMedia({ contentType: "image/png" }).media;
    for (const [name, type] of [
      [`${jpeg.id}.jpg`, "image/jpeg"],
      [jpeg.id, "image/jpeg"],
      [`${png.id}.png`, "image/png"],
    ] as const) {
      const response = await ask(file("messages", name));
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe(type);
    }
    expect((await ask(file("messages", `${jpeg.id}.png`))).status).toBe(404);
  });

  test("has faxes with their date before the id", async () => {
    const { ask, platform, file } = filesHost();
    const { media, urls } = platform.addFaxMedia({ createdAt: Date.UTC(2024, 4, 9, 23, 59) });
    expect(urls.files).toBe(file("faxes", `20240509-${media.id}.pdf`));
    const response = await ask(urls.files);
    expect(response.headers.get("content-type")).toBe("application/pdf");
  });

  test("suggests a file name, to be shown in the page", async () => {
    const { ask, platform } = filesHost();
    const { recording, urls } = platform.addRecording();
    const response = await ask(urls.files);
    expect(response.headers.get("content-disposition")).toBe(
      `inline; filename="${recording.id}.wav"`,
    );
  });

  test("knows no other names", async () => {
    const { ask, platform, file, projectId } = filesHost();
    const { id } = platform.addRecording().recording;
    const fax = platform.addFaxMedia().media.id;
    const other = platform.addProject();
    for (const url of [
      file("recordings", id),
      file("recordings", `${id}.mp4`),
      file("recordings", `${id}.wav.mp3`),
      file("recordings", `20240509-${id}.wav`),
      file("recordings", `${id}.WAV`),
      file("recordings", `${fax}.wav`),
      file("faxes", `${id}.pdf`),
      file("messages", `${id}.wav`),
      file("recordings", `${id}.wav`, "00000000-0000-4000-8000-000000000000"),
      file("recordings", `${id}.wav`, platform.spaceId, other.id),
      file("recordings", `${id}.wav`, projectId, platform.spaceId),
      file("recordings", "..%2F..%2Fetc%2Fpasswd"),
      file("recordings", "%00.wav"),
      file("recordings", "constructor"),
    ]) {
      const response = await ask(url);
      expect(response.status, url).toBe(404);
      expect(await response.json()).toEqual({ error: "Not Found" });
    }
  });

  test("has no other paths", async () => {
    const { askAnything, platform, projectId, root } = filesHost();
    const { files } = platform.origins;
    for (const path of [
      "/",
      `/api/projects/${projectId}`,
      "/__mock/journal",
      `/${platform.spaceId}/${projectId}/secrets/a.wav`,
      `/${platform.spaceId}/${projectId}/recordings`,
    ]) {
      expect((await askAnything(files + path, { headers: root })).status, path).toBe(404);
    }
  });

  test("denies in the words of the REST API", async () => {
    const { ask, platform, projectId } = filesHost();
    const { urls } = platform.addRecording();
    platform.setProtection(projectId, { recordings: true });
    expect(await json(ask(urls.files))).toEqual({ error: "Unauthorized" });
  });
});

describe("bytes", () => {
  test("are served in parts, whole, or not at all, as their conditions say", async () => {
    const { ask, platform } = filesHost();
    const { recording, urls } = platform.addRecording();
    const { size, etag } = recording.files.wav;
    for (const url of [urls.space, urls.files]) {
      const part = await ask(url, { headers: { range: "bytes=-2" } });
      expect(part.status).toBe(206);
      expect(part.headers.get("content-range")).toBe(`bytes ${size - 2}-${size - 1}/${size}`);
      expect((await ask(url, { headers: { range: `bytes=${size}-` } })).status).toBe(416);
      expect((await ask(url, { headers: { "if-none-match": etag } })).status).toBe(304);
      const changed = await ask(url, { headers: { range: "bytes=0-1", "if-range": '"other"' } });
      expect(changed.status).toBe(200);
      const head = await ask(url, { method: "HEAD" });
      expect(head.headers.get("content-length")).toBe(String(size));
      expect(await head.text()).toBe("");
    }
  });

  test("without extension are WAV", async () => {
    const { ask, platform } = filesHost();
    const { urls } = platform.addRecording();
    const plain = await ask(urls.space);
    expect(plain.headers.get("content-type")).toBe("audio/wav");
    expect(await plain.arrayBuffer()).toEqual(await (await ask(urls.spaceWav)).arrayBuffer());
  });

  test("of a format that is none are not there", async () => {
    const { ask, platform } = filesHost();
    const { urls } = platform.addRecording();
    expect((await ask(`${urls.space}.ogg`)).status).toBe(404);
  });
});
