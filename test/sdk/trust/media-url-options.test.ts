import { mediaUrl, parseMediaUrl } from "@media-protection/sdk/media-url";
import { describe, expect, test } from "vitest";

const spaceOrigin = "https://example.signalwire.com";
const url = `${spaceOrigin}/api/laml/2010-04-01/Accounts/5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a/Recordings/0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f`;

describe("an option that can not be right is an OptionError that names it", () => {
  const { origin } = new URL(url);
  test.each<[option: string, what: string, options: unknown]>([
    ["options", "null", null],
    ["options", "the origin alone", origin],
    ["options", "a list of origins", [origin]],
    ["origin", "origins misspelt", { origin }],
    ["Origins", "origins in another case", { Origins: [origin] }],
    ["projectId", "an option of another function", { origins: [origin], projectId: "x" }],
    ["origins", "a text, which would be searched", { origins: `${origin}.evil.example` }],
    ["origins", "a list that is not there", { origins: undefined }],
    ["origins", "null", { origins: null }],
    ["origins", "a Set", { origins: new Set([origin]) }],
    ["origins", "a URL", { origins: [new URL(url)] }],
    ["origins", "an origin with a slash", { origins: [`${origin}/`] }],
    ["origins", "a host", { origins: ["example.signalwire.com"] }],
    ["origins", "an origin in another case", { origins: [origin.toUpperCase()] }],
    ["origins", "the default port", { origins: [`${origin}:443`] }],
    ["origins", "an origin that is not there", { origins: [origin, undefined] }],
    ["origins", "no origin", { origins: ["null"] }],
  ])("of parseMediaUrl, %s: %s", (option, _, options) => {
    // The cast is the test: what untyped code would pass.
    expect(() => parseMediaUrl(url, options as never)).toThrowError(
      expect.objectContaining({ name: "OptionError", option }),
    );
  });

  const ref = parseMediaUrl(url);
  test.each<[option: string, what: string, options: unknown]>([
    ["options", "null", null],
    ["options", "the origin alone", origin],
    ["origin", "spaceOrigin misspelt", { origin }],
    ["projectID", "projectId misspelt", { projectID: "x" }],
  ])("of mediaUrl, %s: %s", (option, _, options) => {
    expect(() => mediaUrl(ref, options as never)).toThrowError(
      expect.objectContaining({ name: "OptionError", option }),
    );
  });
});

test.each([
  undefined,
  null,
  5,
  {},
  [url],
  Symbol("x"),
  Object.create(null),
  { href: 5 },
  () => url,
])("what is no text is no media URL: %o", (wrong) => {
  expect(() => parseMediaUrl(wrong as never)).toThrowError(
    expect.objectContaining({ name: "UntrustedUrlError", reason: "malformed" }),
  );
});
