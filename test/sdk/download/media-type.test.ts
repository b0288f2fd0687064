import { describe, expect, test } from "vitest";
import { isTypeOf, mayBeText } from "../../../packages/sdk/dist/download/media-type.js";

/** What may be a medium, by its type and by what the platform's metadata state. */

describe("an attachment that is text", () => {
  test.each([
    ["application/smil", undefined],
    ["application/smil+xml", undefined],
    ["text/plain", undefined],
    ["text/vcard", undefined],
    ["text/calendar", undefined],
    ["image/svg+xml", undefined],
    ["text/html", "text/html"],
    ["application/json", "application/json"],
    ["application/xml", "application/xml"],
    ["text/xml", "application/smil"],
    ["application/xml", "application/vnd.google-earth.kml+xml"],
    ["application/vnd.google-earth.kml+xml", "application/vnd.google-earth.kml+xml"],
    ["application/octet-stream", "text/html"],
    [undefined, "application/json"],
  ])("%s is a medium where the metadata state %s, and is not read for an error", (type, stated) => {
    expect(isTypeOf("messageMedia", type, stated)).toBe(true);
    expect(mayBeText("messageMedia", type, stated)).toBe(true);
  });

  test.each([
    ["text/html", undefined],
    ["text/html", "image/jpeg"],
    ["text/html", "text/plain"],
    ["application/json", undefined],
    ["application/json", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    ["application/problem+json", "application/json"],
    ["text/xml", "image/png"],
    ["application/xml", undefined],
    ["multipart/mixed", undefined],
    ["message/http", undefined],
    ["no type", "no type"],
  ])("%s is an error page where they state %s", (type, stated) => {
    expect(isTypeOf("messageMedia", type, stated)).toBe(false);
  });

  test.each([
    ["image/jpeg", "text/html"],
    ["application/octet-stream", "image/jpeg"],
    ["application/octet-stream", undefined],
    [undefined, undefined],
  ])("bytes called %s, and stated to be %s, are read for an error page", (type, stated) => {
    expect(isTypeOf("messageMedia", type, stated)).toBe(true);
    expect(mayBeText("messageMedia", type, stated)).toBe(false);
  });
});

test.each(["recording", "faxMedia"] as const)("a %s is never text, whatever is stated", (kind) => {
  for (const type of ["text/html", "application/json", "text/plain", "application/xml"]) {
    expect(isTypeOf(kind, type, type)).toBe(false);
    expect(mayBeText(kind, type, type)).toBe(false);
    expect(mayBeText(kind, undefined, type)).toBe(false);
  }
});
