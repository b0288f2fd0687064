import {
  createLinks,
  generateKey,
  type LinkSource,
  readKeyRing,
} from "@media-protection/gateway/links";
import { describe, expect, test } from "vitest";

const projectId = "11111111-2222-4333-8444-555555555555";
const id = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
const other = "99999999-8888-4777-8666-555555555555";
const publicUrl = "https://media.example.com";
const start = Date.UTC(2026, 0, 1);

const account = `https://example.signalwire.com/api/laml/2010-04-01/Accounts/${projectId}`;
const sources: Readonly<Record<string, LinkSource>> = {
  "a bare recording": `${account}/Recordings/${id}`,
  "a recording as WAV": `${account}/Recordings/${id}.wav`,
  "a recording as MP3": `${account}/Recordings/${id}.mp3`,
  "message media": `${account}/Messages/${id}/Media/${other}`,
  "fax media": `${account}/Faxes/${id}/Media/${other}`,
  "a hosted recording": `https://files.signalwire.com/${other}/${projectId}/recordings/${id}.mp4`,
  "a hosted attachment": `https://files.signalwire.com/${other}/${projectId}/message-media/IMG_1234.JPG`,
  "a guessed attachment": `https://files.signalwire.com/${other}/${projectId}/messages/${id}.png`,
  "a hosted fax": `https://files.signalwire.com/${other}/${projectId}/faxes/20260101-${id}.pdf`,
};

function clocked(keys = generateKey()) {
  let now = start;
  const links = createLinks({ keys, publicUrl, now: () => now });
  const pass = (seconds: number) => {
    now += seconds * 1000;
  };
  return { links, keys, pass };
}

describe.each(Object.entries(sources))("%s", (_, source) => {
  test("opens as what was minted, in a link under 220 characters that tells nothing of it", async () => {
    const { links } = clocked();
    const minted = await links.mint(source, { ttl: 60, disposition: "attachment" });
    expect(minted.url.length).toBeLessThan(220);
    for (const secret of [projectId, id, other, "signalwire", "IMG_1234"]) {
      expect(minted.url).not.toContain(secret);
    }
    const link = await links.open(minted.url);
    expect(link).toMatchObject({ tier: "play", id: minted.id, disposition: "attachment" });
    expect(link.expiresAt - link.issuedAt).toBe(60);
    const again = await links.open((await links.mint({ ref: link.ref })).url);
    expect(again.ref).toEqual(link.ref);
    expect(link.ref.projectId).toBe(projectId);
  });
});

const recording = `${account}/Recordings/${id}.mp3`;

describe("what opens", () => {
  test("neither scheme, host, name nor query is sealed", async () => {
    const { links } = clocked();
    const { url } = await links.mint(recording);
    const [, token] = /\/m\/([^/]+)/.exec(url) ?? [];
    const opened = await links.open(`http://other.test/below/m/${token}/evil.html?utm_source=x`);
    expect(opened.ref).toMatchObject({ recordingId: id });
  });

  test("none of ten thousand changes of a token, each of its bits among them", async () => {
    const { links } = clocked();
    const { url } = await links.mint(recording, { audience: "crm" });
    const token = /\/m\/([^/]+)/.exec(url)?.[1] ?? "";
    const bits = Array.from({ length: token.length * 8 }, (_, bit) => {
      const bytes = Buffer.from(token, "latin1");
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return bytes.toString("latin1");
    });
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const others = Array.from({ length: 10_000 - bits.length }, (_, round) => {
      const at = round % token.length;
      const character = alphabet[Math.floor(round / token.length) % 64] ?? "A";
      const changed = token.slice(0, at) + character + token.slice(at + 1);
      return changed === token ? token.slice(0, at) + token.slice(at + 1) : changed;
    });
    const all = [...bits, ...others];
    expect(all.length).toBe(10_000);
    const results = await Promise.all(
      all.map((one) =>
        links.open(one).then(
          () => one,
          (error: Error) => error.name,
        ),
      ),
    );
    expect(results.filter((result) => result !== "LinkError")).toEqual([]);
    await expect(links.open(token)).resolves.toBeDefined();
  });

  test("no token under another header, nor one sealed with another ring", async () => {
    const { links } = clocked();
    const { url } = await links.mint(recording);
    const strange = url.replace(/m\/[^.]+/, `m/${btoa('{"alg":"none"}').replace(/=+$/, "")}`);
    await expect(links.open(strange)).rejects.toMatchObject({ reason: "unknown" });
    await expect(clocked().links.open(url)).rejects.toMatchObject({ reason: "unknown" });
  });

  test("a life ends, sixty seconds late for clocks that differ; what is sealed in the future is unknown", async () => {
    const { links, keys, pass } = clocked();
    const { url } = await links.mint(recording, { ttl: 10 });
    pass(69);
    await expect(links.open(url)).resolves.toBeDefined();
    pass(1);
    await expect(links.open(url)).rejects.toMatchObject({ reason: "expired" });
    const early = await createLinks({ keys, publicUrl, now: () => start + 200_000 }).mint(
      recording,
    );
    await expect(links.open(early.url)).rejects.toMatchObject({ reason: "unknown" });
  });

  test("rotating is putting a key before the others", async () => {
    const { links, keys } = clocked();
    const { url } = await links.mint(recording);
    const fresh = generateKey();
    const rotated = clocked(`${fresh}, ${keys}`).links;
    await expect(rotated.open(url)).resolves.toBeDefined();
    const next = await rotated.mint(recording);
    await expect(links.open(next.url)).rejects.toMatchObject({ reason: "unknown" });
    await expect(clocked(fresh).links.open(next.url)).resolves.toBeDefined();
  });
});

describe("lives", () => {
  test.each([
    [{}, 600],
    [{ duration: 200 }, 600],
    [{ duration: 3600 }, 7200],
    [{ duration: 100_000 }, 86_400],
    [{ ttl: 5 }, 5],
    [{ share: true }, 604_800],
  ])("%j is %d seconds", async (options, seconds) => {
    const { links } = clocked();
    const { expiresAt } = await links.mint(recording, options);
    expect(expiresAt.getTime() - start).toBe(seconds * 1000);
  });
});

describe("what is refused before anything is made", () => {
  test.each([
    ["a reference that names no project", { kind: "recording", recordingId: id }, {}],
    ["what is no media URL", "https://example.signalwire.com/elsewhere", {}],
    ["a life beyond the limit", recording, { ttl: 86_401 }],
    ["a life that is no whole number", recording, { ttl: 1.5 }],
    ["an audience of 33 bytes", recording, { audience: "x".repeat(33) }],
    ["a passcode of a play link", recording, { passcode: "1234" }],
    ["an option that there is not", recording, { tll: 60 }],
  ])("%s", async (_, source, options) => {
    // Safe: these are what the types refuse.
    const minted = clocked().links.mint(source as string, options as object);
    await expect(minted).rejects.toMatchObject({ name: /OptionError|UntrustedUrlError/ });
  });

  test("a link of 220 characters or more", async () => {
    const file = `${"x".repeat(120)}.jpg`;
    const long = `https://files.signalwire.com/${other}/${projectId}/message-media/${file}`;
    await expect(clocked().links.mint(long)).rejects.toThrow(/may have 219/);
  });

  test("keys that are none, never shown", () => {
    expect(() => readKeyRing("")).toThrow(/at least one key/);
    expect(() => readKeyRing("c2hvcnQ")).toThrow(/32 bytes/);
    expect(() => readKeyRing("c2hvcnQ")).not.toThrow(/c2hvcnQ/);
    expect(() => readKeyRing(Array.from({ length: 9 }, generateKey).join(" "))).toThrow(
      /at most 8/,
    );
  });
});
