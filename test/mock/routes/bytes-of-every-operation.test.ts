import { bytesFile, fileOfType, type MediaFile } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import {
  answersBytes,
  type ContractOperation,
  operations,
  parametersIn,
  resolve,
} from "../../helpers/contract/contract-operations.js";
import { type Asking, type Surface, setSurface } from "./surface.js";

// Every operation that answers bytes: each media type that openapi.yaml lists for it, each header it
// documents, and each header field of a request that it takes. How ranges and conditions are read is
// specified in bytes.test.ts, what is in the files in media-files.test.ts.

const lastModified = new Date("2026-03-01T10:20:30Z");
const id = "a0000000-0000-4000-8000-000000000001";
const bytes = new TextEncoder().encode("no type that is known");
const custom = (contentType: string, extension: string) =>
  bytesFile({ bytes, contentType, extension, lastModified });

/** A file of each type of the contract. */
const files: Readonly<Record<string, MediaFile>> = {
  "audio/wav": fileOfType("audio/wav", { id, seconds: 1, lastModified }),
  "audio/mpeg": fileOfType("audio/mpeg", { id, seconds: 1, lastModified }),
  "video/mp4": fileOfType("video/mp4", { id, lastModified }),
  "image/jpeg": fileOfType("image/jpeg", { id, lastModified }),
  "image/png": fileOfType("image/png", { id, lastModified }),
  "image/gif": fileOfType("image/gif", { id, lastModified }),
  "text/vcard": fileOfType("text/vcard", { id, lastModified }),
  "application/pdf": fileOfType("application/pdf", { id, lastModified }),
  "image/tiff": fileOfType("image/tiff", { id, lastModified }),
  "application/octet-stream": custom("application/octet-stream", "bin"),
};

/** Adds a medium of a type to where an operation looks for it, and says how it is asked for. */
function add({ platform }: Surface, { path }: ContractOperation, file: MediaFile): Asking {
  const extension = path.startsWith("/api/") ? "" : `.${file.extension}`;
  if (/recordings/i.test(path)) {
    const format = { "audio/wav": "wav", "audio/mpeg": "mp3", "video/mp4": "mp4" }[
      file.contentType
    ];
    const { recording } = platform.addRecording({ ...(format && { [format]: file }) });
    return { params: { RecordingSid: recording.id, RecordingFile: `${recording.id}${extension}` } };
  }
  if (/messages|message-media/i.test(path)) {
    const { message, media, urls } = platform.addMessageMedia({ file });
    return {
      params: {
        ParentMessageSid: message.id,
        "MediaSid of Messages": media.id,
        MessageFile: `${media.id}${extension}`,
        MessageMediaFile: urls.filesByName.slice(urls.filesByName.lastIndexOf("/") + 1),
      },
    };
  }
  const { fax, media, urls } = platform.addFaxMedia({ file });
  const FaxFile = urls.files.slice(urls.files.lastIndexOf("/") + 1);
  return { params: { ParentFaxSid: fax.id, "MediaSid of Faxes": media.id, FaxFile } };
}

/** The media types of an answer with bytes. */
function typesOf({ operation }: ContractOperation, status: "200" | "206"): string[] {
  return Object.keys(operation.responses[status]?.content ?? {});
}

/** The header fields that the contract documents for a status. */
function documented({ operation }: ContractOperation, status: number): string[] {
  const response = operation.responses[status];
  return Object.keys(response === undefined ? {} : (resolve(response).headers ?? {}));
}

/** Fields of a request, by their name in the contract: what they are here, and what they bring about. */
const fields: Readonly<
  Record<string, (file: MediaFile) => readonly [Record<string, string>, number][]>
> = {
  Range: ({ size }) => [
    [{ range: "bytes=0-0" }, 206],
    [{ range: "bytes=-1" }, 206],
    [{ range: "bytes=1-" }, 206],
    [{ range: "bytes=0-0,-1" }, 206],
    [{ range: `bytes=${size}-` }, 416],
    [{ range: "pages=1" }, 200],
  ],
  "If-Range": ({ etag }) => [
    [{ range: "bytes=0-0", "if-range": etag }, 206],
    [{ range: "bytes=0-0", "if-range": lastModified.toUTCString() }, 206],
    [{ range: "bytes=0-0", "if-range": `W/${etag}` }, 200],
    [{ range: "bytes=0-0", "if-range": '"other"' }, 200],
  ],
  "If-Match": ({ etag }) => [
    [{ "if-match": etag }, 200],
    [{ "if-match": '"other"' }, 412],
  ],
  "If-Unmodified-Since": () => [
    [{ "if-unmodified-since": lastModified.toUTCString() }, 200],
    [{ "if-unmodified-since": new Date(0).toUTCString() }, 412],
  ],
  "If-None-Match": ({ etag }) => [
    [{ "if-none-match": etag }, 304],
    [{ "if-none-match": '"other"' }, 200],
  ],
  "If-Modified-Since": () => [
    [{ "if-modified-since": lastModified.toUTCString() }, 304],
    [{ "if-modified-since": new Date(0).toUTCString() }, 200],
  ],
};

const downloads = operations.filter((one) => answersBytes(one) && one.method === "get");

test("every GET of bytes has a HEAD beside it, which is never a part", () => {
  const heads = operations.filter(({ method }) => method === "head");
  expect(heads.map(({ path }) => path)).toEqual(downloads.map(({ path }) => path));
  for (const head of heads) expect(documented(head, 206)).toEqual([]);
});

describe.each(downloads.map((download) => [download.id, download] as const))(
  "%s",
  (_, download) => {
    const head = operations.find(({ path, method }) => path === download.path && method === "head");
    const types = typesOf(download, "200").filter((type) => type !== "application/json");
    const ask = async (surface: Surface, asking: Asking) => {
      const response = await surface.request(download, asking);
      if (head === undefined) throw new Error(`${download.path} has no HEAD`);
      return { response, headed: await surface.request(head, asking) };
    };

    test("has the same types for a part as for the whole, and for several parts", () => {
      expect(typesOf(download, "206")).toEqual([...types, "multipart/byteranges"]);
    });

    test.each(types)("answers %s, whole", async (type) => {
      const file = files[type];
      if (file === undefined) throw new Error(`no file of the type ${type}`);
      const surface = setSurface();
      const asking = add(surface, download, file);
      const { response, headed } = await ask(surface, asking);
      expect(response.status).toBe(200);
      const body = Buffer.from(await response.arrayBuffer());
      expect(body.equals(file.bytes())).toBe(true);
      for (const { headers } of [response, headed]) {
        for (const name of documented(download, 200)) expect(headers.has(name), name).toBe(true);
        expect(Object.fromEntries(headers)).toMatchObject({
          "content-type": type,
          "content-length": String(file.size),
          etag: file.etag,
          "last-modified": lastModified.toUTCString(),
          "accept-ranges": "bytes",
        });
        const name = new RegExp(`^inline; filename="[0-9a-f-]{36}\\.${file.extension}"$`);
        expect(headers.get("content-disposition")).toMatch(name);
      }
    });

    test("takes every field of the contract, and HEAD all but the ranges", () => {
      const taken = parametersIn(download, "header").map(({ name }) => name);
      expect(taken.sort()).toEqual(Object.keys(fields).sort());
      const ofHead = head === undefined ? [] : parametersIn(head, "header").map(({ name }) => name);
      expect(ofHead.sort()).toEqual(taken.filter((name) => !name.endsWith("Range")));
    });

    test.each(Object.keys(fields))("%s", async (field) => {
      const [type = ""] = types;
      const file = files[type];
      if (file === undefined) throw new Error(`no file of the type ${type}`);
      const surface = setSurface();
      const asking = add(surface, download, file);
      for (const [headers, status] of fields[field]?.(file) ?? []) {
        const why = JSON.stringify(headers);
        const { response, headed } = await ask(surface, { ...asking, headers });
        expect(response.status, why).toBe(status);
        // To HEAD a range means nothing.
        expect(headed.status, why).toBe(status === 206 || status === 416 ? 200 : status);
        const several = response.headers.get("content-type")?.startsWith("multipart/") === true;
        for (const name of documented(download, status)) {
          // Each part of several says its own.
          const has = !(several && name === "Content-Range");
          expect(response.headers.has(name), `${why}: ${name}`).toBe(has);
        }
        const { byteLength } = await response.arrayBuffer();
        if (response.headers.has("content-length")) {
          expect(response.headers.get("content-length"), why).toBe(String(byteLength));
        }
      }
    });

    test("answers metadata to who wants JSON, where the contract has both and the switch is on", async () => {
      const surface = setSurface({ switches: { jsonByAccept: true } });
      const asking = { headers: { accept: "application/json" } };
      const { headers } = await surface.request(download, asking);
      const both = typesOf(download, "200").includes("application/json");
      expect(headers.get("content-type")?.startsWith("application/json")).toBe(both);
    });

    test("streams what is larger than any memory", async () => {
      if (!types.includes("audio/wav")) return;
      const surface = setSurface();
      const { recording } = surface.platform.addRecording({ size: 2 ** 40 });
      const params = { RecordingSid: recording.id, RecordingFile: `${recording.id}.wav` };
      const headers = { range: `bytes=${2 ** 40 - 5}-` };
      const { response, headed } = await ask(surface, { params, headers });
      expect(headed.headers.get("content-length")).toBe(String(2 ** 40));
      expect(response.headers.get("content-range")).toBe(
        `bytes ${2 ** 40 - 5}-${2 ** 40 - 1}/${2 ** 40}`,
      );
      expect((await response.arrayBuffer()).byteLength).toBe(5);
    });
  },
);
