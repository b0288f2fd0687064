import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unescaped } from "../../../packages/sdk/dist/trust/decoded.js";
import { createRedact } from "../../../packages/sdk/dist/trust/redaction.js";
import { projectId } from "../../helpers/origins/scripted-client.js";
import { opaqueEncodings, textEncodings } from "../../helpers/secrets/encodings.js";

// What a credential is shown as, whatever it was written in; synthetic tokens only.

const character = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const tokenOf = (minLength: number, maxLength: number) =>
  fc.array(character, { minLength, maxLength }).map((characters) => characters.join(""));
/** Letters and digits, as platforms give out, around what encodings change. */
const likely = fc
  .tuple(fc.stringMatching(/^PT[0-9a-f]{10}$/), tokenOf(1, 40))
  .map((parts) => parts.join(""));
const token = fc.oneof(likely, tokenOf(12, 60));
const textEncoding = fc.constantFrom(...Object.entries(textEncodings));

/** The text around a secret: delimiters, so that it is known where the secret ends. */
const around = (secret: string) => `you sent "${secret}" (in all)`;

describe("a token that was written in", () => {
  test.each(Object.entries(textEncodings))("%s is masked, and nothing else", (_, encode) => {
    fc.assert(
      fc.property(token, (secret) => {
        expect(createRedact(projectId, secret)(around(encode(secret)))).toBe(around("***"));
      }),
    );
  });

  test("two of these, one over the other, is masked", () => {
    fc.assert(
      fc.property(token, textEncoding, textEncoding, (secret, [, inner], [, outer]) => {
        expect(createRedact(projectId, secret)(around(outer(inner(secret))))).toBe(around("***"));
      }),
      { numRuns: 2000 },
    );
  });
});

test("a token that holds an escape, and is short without it, is masked in a query", () => {
  const secret = '"!!%00!!!!!!!';
  const written = new URL(`https://h.example/?t=${secret}`).search.slice(3);
  expect(createRedact(projectId, secret)(around(written))).toBe(around("***"));
  expect(createRedact(projectId, secret)(around(secret))).toBe(around("***"));
});

describe("what was written in", () => {
  test.each(Object.entries(opaqueEncodings))("%s is masked", (_, encode) => {
    fc.assert(
      fc.property(token, (secret) => {
        const redact = createRedact(projectId, secret);
        expect(redact(around(encode(secret)))).toMatch(
          /^you sent ".{0,36}\*\*\*.{0,36}" \(in all\)$/s,
        );
        // Nothing of the token, and of the project's id at most all of it.
        const written = around(encode(`${projectId}:${secret}`));
        expect(redact(written).length).toBeLessThan(written.length - encode(secret).length / 2);
      }),
    );
  });

  test("two of these, one over the other, is masked", () => {
    const opaque = fc.constantFrom(...Object.entries(opaqueEncodings));
    fc.assert(
      fc.property(likely, opaque, opaque, (secret, [, inner], [, outer]) => {
        const written = outer(inner(`${projectId}:${secret}`));
        expect(createRedact(projectId, secret)(around(written))).toContain("***");
      }),
      { numRuns: 2000 },
    );
  });
});

test("a beginning that was cut anywhere is masked, if it is long enough to tell", () => {
  fc.assert(
    fc.property(likely, textEncoding, fc.nat(), (secret, [, encode], cut) => {
      const redact = createRedact(projectId, secret);
      const least = Math.max(6, secret.length / 4);
      const kept = least + (cut % (secret.length - least));
      const start = encode(secret.slice(0, kept));
      expect(redact(`you sent ${start}`)).toBe("you sent ***");
    }),
    { numRuns: 1000 },
  );
});

test("an end or a middle of a dozen characters is masked, too", () => {
  // Without what is around it, which would be taken for more of a part that it is in.
  const other = tokenOf(20, 60).filter((secret) => !secret.includes('"'));
  fc.assert(
    fc.property(other, fc.nat(), (secret, at) => {
      const start = at % (secret.length - 12);
      const redact = createRedact(projectId, secret);
      expect(redact(around(secret.slice(start)))).toBe(around("***"));
      expect(redact(around(secret.slice(start, start + 12)))).toBe(around("***"));
    }),
  );
});

test("base64 that is broken into lines is masked in each of them", () => {
  fc.assert(
    fc.property(token, (secret) => {
      const lines = btoa(`${projectId}:${secret}`).match(/.{1,60}/g) ?? [];
      const shown = createRedact(projectId, secret)(`Basic ${lines.join("\n")}`);
      expect(shown).toMatch(/^Basic \*\*\*.{0,3}$/);
    }),
  );
});

describe("a token too short to be told by its beginning", () => {
  // One that reads as escapes, and as hardly anything without them, such as `%00&`, is known as it is
  // written alone: what it reads as, a space or a quotation mark, would be masked in every sentence.
  const readable = tokenOf(4, 11).filter((secret) => unescaped(secret).length >= 4);

  test("is masked where it stands alone, in each encoding", () => {
    fc.assert(
      fc.property(readable, textEncoding, (secret, [, encode]) => {
        const shown = createRedact(projectId, secret)(around(encode(secret)));
        expect(shown).toBe(around("***"));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(["t", "a1", "\\n", "%20", "&lt;", "-", "***", "..", "/", "e", "0"])(
    "such as %j leaves sentences readable",
    (secret) => {
      const text = "GET https://example.signalwire.com/api/projects was answered 404 (Not Found).";
      expect(createRedact(projectId, secret)(text).replaceAll("***", "").length).toBeGreaterThan(
        60,
      );
    },
  );

  test("is masked as Basic credentials, whole and later in a text", () => {
    const short = tokenOf(1, 11).filter((secret) => secret !== '"');
    fc.assert(
      fc.property(short, fc.constantFrom("", ":", "::"), (secret, before) => {
        const shown = createRedact(
          projectId,
          secret,
        )(around(btoa(`${before}${projectId}:${secret}`)));
        expect(shown).toMatch(/^you sent ".{0,4}\*\*\*" \(in all\)$/);
      }),
    );
  });
});

describe("what is none of it", () => {
  test("stays as it is", () => {
    const words = fc.stringMatching(/^[a-z %&;"\\/.,:=0-9-]{0,80}$/);
    fc.assert(
      fc.property(likely, words, (secret, text) => {
        expect(createRedact(projectId, secret)(text)).toBe(text);
      }),
    );
  });

  test("is an id that has long zeros in common with the token", () => {
    const id = "5eed0000-0000-4000-8000-000000000001";
    const secret = `PT${id.replace("5eed", "0bad")}`;
    const redact = createRedact(id, secret);
    for (const other of [id, id.replace("5eed", "beef"), id.replace("1", "2")]) {
      expect(redact(`GET https://h.example/${other} was answered 404.`)).toContain(`/${other} `);
    }
    expect(redact(`sent "${secret}" or ${secret.slice(0, 20)}`)).toBe('sent "***" or ***');
  });

  test.each([
    ["percent", "%25"],
    ["backslashes", "\\"],
    ["references", "&amp;"],
    ["an open reference", "&#0000"],
    ["beginnings of the token", "PT0123"],
    ["names without an end", "&aaaaa"],
    ["braces", "\\u{0000"],
  ])("takes no longer than it is long: 64 KiB of %s", (_, part) => {
    const redact = createRedact(projectId, "PT0123456789abcdef,;");
    const text = part.repeat(Math.ceil(65_536 / part.length));
    expect(redact(text).length).toBeLessThanOrEqual(text.length);
  });
});
