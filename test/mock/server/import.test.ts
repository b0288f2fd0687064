import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileOfType } from "@media-protection/mock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { knows, violations } from "../../helpers/contract/contract.js";
import { startCommand } from "../../helpers/processes/command.js";
import { basic, json } from "../scene.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mock-import-"));
});
afterEach(() => rm(folder, { recursive: true }));

const modified = new Date("2026-03-01T10:00:00Z");

async function put(name: string, bytes: Uint8Array | string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  await utimes(path, modified, modified);
}

const made = (type: string, seconds = 2) =>
  fileOfType(type, { id: "imported", seconds, lastModified: modified }).bytes();

interface Lists {
  readonly recordings: { sid: string; duration: number; channels: number }[];
  readonly messages: { sid: string; body: string }[];
  readonly faxes: { sid: string; media_url: string }[];
}

/** A server with the folder imported and nothing else, and what it lists. */
async function importing(...args: readonly string[]) {
  const started = await startCommand("--quiet", "--empty", "--import", folder, ...args);
  const { projectId, headers } = started;
  const account = `${started.space}/api/laml/2010-04-01/Accounts/${projectId}`;
  const list = async <Name extends keyof Lists>(name: Name, path: string): Promise<Lists[Name]> => {
    const answer = await json<Lists>(fetch(`${account}/${path}.json`, { headers }));
    return answer[name];
  };
  return { ...started, account, list };
}

/** The bytes at a URL, which are open, and whose answer is in the contract. */
async function bytesAt(url: string) {
  const response = await fetch(url);
  expect(knows("GET", new URL(url))).toBe(true);
  expect(await violations("GET", new URL(url), response.clone())).toEqual([]);
  const type = response.headers.get("content-type");
  return { type, bytes: new Uint8Array(await response.arrayBuffer()), response };
}

describe("an imported folder", () => {
  test("says by its files' types what they are: a recording in both formats, a fax, an attachment", async () => {
    const [wav, mp3] = [made("audio/wav", 2), made("audio/mpeg", 2)];
    await put("call.wav", wav);
    await put("call.mp3", mp3);
    await put("letter.pdf", made("application/pdf"));
    await put("album/picture.JPG", made("image/jpeg"));
    const { account, list } = await importing();

    const [recording, ...others] = await list("recordings", "Recordings");
    expect(others).toEqual([]);
    expect(recording?.duration).toBe(2);
    const played = await bytesAt(`${account}/Recordings/${recording?.sid}.wav`);
    expect(played).toMatchObject({ type: "audio/wav", bytes: wav });
    expect(played.response.headers.get("last-modified")).toBe("Sun, 01 Mar 2026 10:00:00 GMT");
    expect((await bytesAt(`${account}/Recordings/${recording?.sid}.mp3`)).bytes).toEqual(mp3);

    const [fax] = await list("faxes", "Faxes");
    const document = await bytesAt(fax?.media_url ?? "");
    expect(document).toMatchObject({ type: "application/pdf", bytes: made("application/pdf") });

    const [message] = await list("messages", "Messages");
    expect(message?.body).toBe("album/picture.JPG");
    const media = await json<{ media_list: { sid: string }[] }>(
      fetch(`${account}/Messages/${message?.sid}/Media.json`, { headers: seeded }),
    );
    const picture = await bytesAt(
      `${account}/Messages/${message?.sid}/Media/${media.media_list[0]?.sid}`,
    );
    expect(picture).toMatchObject({ type: "image/jpeg", bytes: made("image/jpeg") });
  });

  test("says by folders what types leave open, and attachments may be of any type", async () => {
    await put("messages/statement.pdf", made("application/pdf"));
    await put("messages/deep/ring.mp3", made("audio/mpeg"));
    await put("messages/data.weird-type", "anything");
    await put("faxes/letter.pdf", made("application/pdf"));
    const { list, account } = await importing();
    const messages = await list("messages", "Messages");
    expect(messages.map(({ body }) => body).sort()).toEqual([
      "messages/data.weird-type",
      "messages/deep/ring.mp3",
      "messages/statement.pdf",
    ]);
    const types = await Promise.all(
      messages.map(async ({ sid }) => {
        const { media_list } = await json<{ media_list: { sid: string }[] }>(
          fetch(`${account}/Messages/${sid}/Media.json`, { headers: seeded }),
        );
        return (await bytesAt(`${account}/Messages/${sid}/Media/${media_list[0]?.sid}`)).type;
      }),
    );
    expect(types.sort()).toEqual(["application/octet-stream", "application/pdf", "audio/mpeg"]);
    expect(await list("faxes", "Faxes")).toHaveLength(1);
    expect(await list("recordings", "Recordings")).toEqual([]);
  });

  test("names what is not served, and why; hidden files and links are left out silently", async () => {
    await put("notes.md", "x");
    await put("faxes/picture.png", made("image/png"));
    await put("odd\u001bname.md", "x");
    await put(".hidden.wav", made("audio/wav"));
    await put(".git/call.wav", made("audio/wav"));
    await symlink("/etc/hostname", join(folder, "link.pdf"));
    const { errors, list } = await importing();
    expect(errors().split("\n").filter(Boolean).sort()).toEqual([
      "media-protection-mock: not served: faxes/picture.png: no file of faxes has this extension",
      "media-protection-mock: not served: notes.md: no medium has this extension",
      "media-protection-mock: not served: odd\\u001bname.md: no medium has this extension",
    ]);
    expect(await list("recordings", "Recordings")).toEqual([]);
    expect(await list("faxes", "Faxes")).toEqual([]);
  });

  test("has the same ids every time, also after a reset", async () => {
    await put("call.wav", made("audio/wav"));
    const first = await importing();
    const before = await first.list("recordings", "Recordings");
    await fetch(`${first.space}/__mock/reset`, { method: "POST" });
    expect(await first.list("recordings", "Recordings")).toEqual(before);
    const second = await importing();
    expect(await second.list("recordings", "Recordings")).toEqual(before);
  });

  test("stays in a state, though the folder be gone", async () => {
    const bytes = made("audio/wav", 4);
    await put("media/call.wav", bytes);
    const state = join(folder, "state.json");
    const [media, args] = [join(folder, "media"), ["--quiet", "--empty", "--state", state]];
    const first = await startCommand(...args, "--import", media);
    await first.end();
    await rm(media, { recursive: true });
    const second = await startCommand(...args);
    const account = `${second.space}/api/laml/2010-04-01/Accounts/${second.projectId}`;
    const { recordings } = await json<Lists>(
      fetch(`${account}/Recordings.json`, { headers: seeded }),
    );
    const played = await bytesAt(`${account}/Recordings/${recordings[0]?.sid}.wav`);
    expect(played.bytes).toEqual(bytes);
  });

  test.each([
    ["nothing at all", "", 0],
    ["a WAV with a header only", "RIFF", 0],
  ])("takes %s for a recording of no length", async (_, bytes, duration) => {
    await put("call.wav", bytes);
    const { list, account } = await importing();
    const [recording] = await list("recordings", "Recordings");
    expect(recording?.duration).toBe(duration);
    expect((await fetch(`${account}/Recordings/${recording?.sid}.wav`)).status).toBe(200);
  });
});

const seeded = basic(
  "5eed0000-0000-4000-8000-000000000001",
  "PTmock00000000000000000000000000000000000000000001",
);
