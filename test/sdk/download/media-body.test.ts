import { describe, expect, test } from "vitest";
import { MediaReader } from "../../../packages/sdk/dist/download/media-body.js";
import { isTypeOf } from "../../../packages/sdk/dist/download/media-type.js";
import { readerOfStream } from "../../../packages/sdk/dist/http/response-body.js";

const request = { method: "GET", url: "https://example.signalwire.com/x" };

/** Reads a body of those chunks, of which so many bytes were announced, and gives it as text. */
async function check(
  chunks: readonly string[],
  { announced, mayBeText = false }: { announced?: number; mayBeText?: boolean } = {},
): Promise<string> {
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  const to = announced === undefined ? undefined : announced - 1;
  const extent = { start: 0, end: to, size: announced, from: 0, to, replaced: false };
  const reader = new MediaReader(
    { reader: readerOfStream(stream), extent, request, redact: (text) => text },
    {
      mayBeText,
      signal: new AbortController().signal,
      stallTimeout: Number.POSITIVE_INFINITY,
      retry: { retries: 0, minDelay: 0, maxDelay: 0, maxRetryAfter: 0 },
      provable: false,
      askSize: async (next) => ({ size: next }),
      resume: () => Promise.reject(new Error("not to be called")),
      onEnd: () => {},
    },
  );
  const decoder = new TextDecoder();
  let text = "";
  for (let bytes = await reader.read(); bytes; bytes = await reader.read()) {
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}

describe("a body that is text, whatever type it claims, is an IntegrityError", () => {
  test.each([
    ["a JSON error", ['{"error":"Unauthorized"}']],
    ["a JSON list", [' [ {"code": 1}]']],
    ["a page", ["<!DOCTYPE html><p>"]],
    ["a page without doctype", ["\n<html><body>"]],
    ["an XML error of a storage host", ['<?xml version="1.0"?><Error>']],
    ["an XML error without declaration", ["<Error><Code>"]],
    ["a page behind a byte order mark", ["\ufeff<html>"]],
    ["a JSON error that drips in", ["{", '"', 'error":1}']],
  ])("%s", async (_, chunks) => {
    await expect(check(chunks)).rejects.toMatchObject({ name: "IntegrityError" });
  });

  test.each([
    ["a WAV", "RIFF\0\0\0\0WAVEfmt "],
    ["a tagged MP3", "ID3\u0004\0"],
    ["a PDF", "%PDF-1.7"],
    ["a TIFF", "II*\0"],
    ["an MP4", "\0\0\0\u0018ftypmp42"],
    ["sound that begins with a brace", "{\0\u0001\u0002"],
  ])("but %s is not", async (_, text) => {
    expect(await check([text])).toBe(text);
  });

  test("and an attachment that may be text is not", async () => {
    expect(await check(["<html>"], { mayBeText: true })).toBe("<html>");
  });
});

describe("a body of the wrong length is an IntegrityError", () => {
  test.each<[string, string[], number | undefined]>([
    ["shorter than announced", ["RIFF"], 5],
    ["longer than announced", ["RIFF"], 3],
    ["empty, with nothing announced", [], undefined],
  ])("%s", async (_, chunks, announced) => {
    const options = announced === undefined ? {} : { announced };
    await expect(check(chunks, options)).rejects.toMatchObject({ name: "IntegrityError" });
  });
});

describe("the media type of", () => {
  test.each<[string, Parameters<typeof isTypeOf>[0], string[], string[]]>([
    [
      "a recording",
      "recording",
      ["audio/wav", "audio/mpeg", "video/mp4", "application/octet-stream", "binary/octet-stream"],
      [
        "text/plain",
        "application/json",
        "image/png",
        "multipart/byteranges",
        "html",
        "audio/wav, text/html",
      ],
    ],
    [
      "fax media",
      "faxMedia",
      ["application/pdf", "image/tiff", "application/octet-stream"],
      ["text/html", "application/xml", "audio/wav", "application/pdfx"],
    ],
    [
      "message media",
      "messageMedia",
      [
        "image/jpeg",
        "image/svg+xml",
        "text/vcard",
        "text/plain",
        "video/mp4",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      ],
      [
        "text/html",
        "text/xml",
        "application/json",
        "application/problem+json",
        "application/vnd.api+json",
        "application/xhtml+xml",
        "text/javascript",
        "message/http",
        "multipart/mixed",
      ],
    ],
  ])("%s", (_, kind, accepted, refused) => {
    for (const type of accepted) expect(isTypeOf(kind, type), type).toBe(true);
    for (const type of refused) expect(isTypeOf(kind, type), type).toBe(false);
    expect(isTypeOf(kind, undefined)).toBe(true);
  });
});
