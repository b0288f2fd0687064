import { describe, expect, test } from "vitest";
import { json, setScene } from "../scene.js";

// What the dashboard is built on: files as media, and what there is, from outside.

interface Added {
  readonly kind: string;
  readonly id: string;
  readonly urls: { readonly space: string; readonly files: string };
}

type Scene = ReturnType<typeof setScene>;

function upload({ askAnything, space }: Scene, file: File | string, fields: object = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  form.set("file", file);
  return askAnything(space("/__mock/media"), { method: "POST", body: form });
}

/** A WAV of a second: two channels, 8,000 samples of 16 bits. */
function wav(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44 + 32_000).fill(7);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("RIFF....WAVEfmt "));
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 32_000, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 16, true);
  bytes.set(new TextEncoder().encode("data"), 36);
  view.setUint32(40, 32_000, true);
  return bytes;
}

describe("a form with a file adds a medium of these very bytes", () => {
  const some = new Uint8Array([1, 2, 3, 250]);
  test.each([
    ["call.wav", "audio/x-wav", wav(), "recording", "audio/wav"],
    ["CALL.MP3", "", some, "recording", "audio/mpeg"],
    ["letter.pdf", "application/pdf", some, "faxMedia", "application/pdf"],
    ["letter.tif", "image/tiff", some, "faxMedia", "image/tiff"],
    ["IMG_1234.JPG", "image/jpeg", some, "messageMedia", "image/jpeg"],
    ["clip.mp4", "video/mp4", some, "messageMedia", "video/mp4"],
    ["unknown", "", some, "messageMedia", "application/octet-stream"],
  ])("%s", async (name, type, bytes, kind, served) => {
    const scene = setScene();
    const response = await upload(scene, new File([bytes], name, { type }));
    expect(response.status).toBe(201);
    const added = (await response.json()) as Added;
    expect(added.kind).toBe(kind);
    const file = await scene.ask(
      name === "CALL.MP3" ? `${added.urls.space}.mp3` : added.urls.space,
    );
    expect(file.headers.get("content-type")).toBe(served);
    expect(Buffer.compare(Buffer.from(await file.arrayBuffer()), bytes)).toBe(0);
  });

  test("a recording has the length that its file says", async () => {
    const scene = setScene();
    const { id } = await json<Added>(upload(scene, new File([wav()], "call.wav")));
    const recording = scene.platform.recordings.get(id);
    expect([recording?.durationSeconds, recording?.channels]).toEqual([1, 2]);
  });

  test("what the form says counts: the kind, the project, the message's ends", async () => {
    const scene = setScene();
    const { id: projectId } = scene.platform.addProject();
    const fields = { kind: "messageMedia", projectId, from: "+15550100009", body: "Look" };
    const file = new File([some], "letter.pdf", { type: "application/pdf" });
    const { id } = await json<Added>(upload(scene, file, fields));
    const media = scene.platform.messageMedia.get(id);
    const message = scene.platform.messages.get(media?.messageId ?? "");
    expect(message).toMatchObject({ projectId, from: "+15550100009", body: "Look" });
    expect(media?.fileName).toBe("letter.pdf");
  });

  test.each([
    ["no file", "text", {}, "file"],
    ["an unknown field", new File([], "a.jpg"), { nothing: 1 }, "nothing"],
    ["an unknown kind", new File([], "a.jpg"), { kind: "nothing" }, "kind"],
    ["a picture as a recording", new File([], "a.jpg"), { kind: "recording" }, "a WAV or an MP3"],
    ["a picture as a fax", new File([], "a.jpg"), { kind: "faxMedia" }, "a PDF or a TIFF"],
    ["a project that is not there", new File([], "a.wav"), { projectId: "x" }, "projectId"],
    ["no time", new File([], "a.wav"), { createdAt: "soon" }, "createdAt"],
  ])("refuses %s, says why, and adds nothing", async (_, file, fields, said) => {
    const scene = setScene();
    const { platform } = scene;
    const sizes = () => [
      platform.recordings.size,
      platform.messageMedia.size,
      platform.faxMedia.size,
    ];
    const before = sizes();
    const response = await upload(scene, file, fields);
    expect(response.status).toBe(422);
    expect((await json<{ error: string }>(response)).error).toContain(said);
    expect(sizes()).toEqual(before);
  });

  test("refuses what is no form, and one that is too large", async () => {
    const { askAnything, space } = setScene();
    const type = "multipart/form-data; boundary=x";
    const send = (headers: Record<string, string>) =>
      askAnything(space("/__mock/media"), {
        method: "POST",
        headers: { "content-type": type, ...headers },
        body: "--y\r\n",
      });
    expect((await send({})).status).toBe(422);
    const large = await send({ "content-length": String(65 * 1024 * 1024) });
    expect((await json<{ error: string }>(large)).error).toContain("64 MiB");
  });
});

describe("what there is", () => {
  test("GET /__mock/media/{id} says where a medium of any kind is", async () => {
    const { platform, askAnything, space } = setScene();
    const added = [
      platform.addRecording().urls,
      platform.addMessageMedia().urls,
      platform.addFaxMedia().urls,
    ];
    for (const urls of added) {
      const id = /[\w-]{36}(?=\.json)/.exec(urls.metadata)?.[0] ?? "";
      expect(await json(askAnything(space(`/__mock/media/${id}`)))).toMatchObject({ id, urls });
    }
    expect(
      (await askAnything(space("/__mock/media/5eed0000-0000-4000-8000-00000000ffff"))).status,
    ).toBe(404);
  });

  test("GET /__mock/tokens has every token and no text of one", async () => {
    const { platform, askAnything, space } = setScene();
    const { id } = platform.addToken({ scopes: ["messaging"], name: "One of few scopes" });
    platform.revokeToken(id);
    const body = await (await askAnything(space("/__mock/tokens"))).text();
    const { tokens } = JSON.parse(body);
    expect(tokens).toHaveLength(platform.tokens.size);
    expect(tokens).toContainEqual(
      expect.objectContaining({
        id,
        name: "One of few scopes",
        scopes: ["messaging"],
        alive: false,
      }),
    );
    for (const { entity } of platform.tokens.all()) expect(body).not.toContain(entity.token);
  });

  test("GET /__mock/signing-keys has those that are valid now, the newest first", async () => {
    const { platform, projectId, askAnything, space } = setScene();
    const before = platform.signingKeys(projectId);
    const key = platform.rotateSigningKey(projectId);
    const { projects } = await json<{ projects: object[] }>(
      askAnything(space("/__mock/signing-keys")),
    );
    expect(projects).toHaveLength(platform.projects.size);
    expect(projects).toContainEqual(
      expect.objectContaining({ projectId, signingKeys: [key, ...before] }),
    );
  });

  test("GET /__mock/callbacks has the shapes with their states, and what can go wrong", async () => {
    const { platform, askAnything, space } = setScene();
    const { shapes, described, faults } = await json<{
      shapes: string[];
      described: { shape: string; kind: string; states: string[] }[];
      faults: string[];
    }>(askAnything(space("/__mock/callbacks")));
    expect(described.map(({ shape }) => shape)).toEqual(shapes);
    expect(described.find(({ shape }) => shape === "recording")).toMatchObject({
      kind: "recording",
      states: expect.arrayContaining(["completed"]),
    });
    expect(faults).toEqual(["twice", "outOfOrder", "wrongKey", "wrongUrl", "beforeMedia"]);
    expect(shapes).toEqual(platform.callbacks.shapes);
  });
});
