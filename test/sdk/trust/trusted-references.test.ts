import { describe, expect, test } from "vitest";
import { resolveRef, trustMediaUrl } from "../../../packages/sdk/dist/trust/trust-decision.js";
import {
  account,
  files,
  id,
  other,
  parent,
  project,
  recording,
  space,
  spaceId,
  trust,
} from "../../helpers/mock/trusted-project.js";

describe("a reference", () => {
  test("names the same URL it was read from", () => {
    for (const url of [
      `${space}${recording}`,
      `${space}${recording}.mp3`,
      `${space}${account}/Messages/${parent}/Media/${id}`,
      `${space}${account}/Faxes/${parent}/Media/${id}`,
      `${files}/${spaceId}/${project}/faxes/2026-11-23-${id}.pdf`,
    ]) {
      const decision = trustMediaUrl(url, trust);
      expect(decision.trusted && resolveRef(decision.ref, trust).url.href).toBe(url);
    }
  });

  test.each<[string, object, string]>([
    ["an unknown kind", { kind: "voicemail", recordingId: id }, "kind"],
    ["an id that climbs", { kind: "recording", recordingId: "../../api/projects" }, "recordingId"],
    ["an empty id", { kind: "recording", recordingId: "" }, "recordingId"],
    ["a missing parent", { kind: "faxMedia", mediaId: id }, "faxId"],
    ["an unknown format", { kind: "recording", recordingId: id, format: "exe" }, "format"],
    ["a file that climbs", { kind: "recording", origin: files, spaceId, file: "../x.wav" }, "file"],
  ])("with %s is an OptionError that names it", (_, ref, option) => {
    // The cast is the test: what untyped code, or a webhook body, would pass.
    expect(() => resolveRef(ref as never, trust)).toThrowError(
      expect.objectContaining({ name: "OptionError", option }),
    );
  });

  test("to another project is refused", () => {
    const ref = { kind: "recording", recordingId: id, projectId: other } as const;
    expect(() => resolveRef(ref, trust)).toThrowError(
      expect.objectContaining({ name: "UntrustedUrlError", reason: "project" }),
    );
  });

  test("to an origin that is not trusted is refused", () => {
    const ref = {
      kind: "recording",
      origin: "https://evil.example",
      spaceId,
      file: `${id}.wav`,
    } as const;
    expect(() => resolveRef(ref, trust)).toThrowError(
      expect.objectContaining({ name: "UntrustedUrlError", reason: "origin" }),
    );
  });

  test("of another space is refused, although its kind has no media origin", () => {
    const ref = {
      kind: "recording",
      recordingId: id,
      spaceOrigin: "https://evil.example",
    } as const;
    expect(() => resolveRef(ref, trust)).toThrowError(
      expect.objectContaining({ name: "UntrustedUrlError", reason: "origin" }),
    );
    expect(() => resolveRef({ ...ref, spaceOrigin: files }, trust)).toThrowError(
      expect.objectContaining({ name: "UntrustedUrlError", reason: "origin" }),
    );
    expect(resolveRef({ ...ref, spaceOrigin: space }, trust).url.href).toBe(`${space}${recording}`);
  });

  test("in upper case names the project as the client writes it", () => {
    const url = `${space}${recording.replace(project, project.toUpperCase())}`;
    expect(trustMediaUrl(url, trust)).toMatchObject({ url: { href: `${space}${recording}` } });
  });

  test("is read once, and only what was checked is given on", () => {
    let reads = 0;
    const shifty = {
      kind: "recording" as const,
      spaceId,
      file: `${id}.wav`,
      get origin() {
        return reads++ === 0 ? files : "https://evil.example";
      },
      recordingId: "../../evil",
    };
    const { ref, url } = resolveRef(shifty, trust);
    expect(url.origin).toBe(files);
    expect(ref).toEqual({
      kind: "recording",
      projectId: project,
      origin: files,
      spaceId,
      file: `${id}.wav`,
    });
  });

  test("whose fields come from a prototype is that reference, not half of it", () => {
    const parsed = JSON.parse(
      `{"kind":"recording","recordingId":"../x","__proto__":{"origin":"${files}","spaceId":"s","file":"a.wav"}}`,
    );
    const { ref } = resolveRef(Object.assign({}, parsed), trust);
    expect(ref).not.toHaveProperty("recordingId");
  });

  test.each([null, undefined, 5, Symbol("x")])("that is %s is an OptionError", (source) => {
    expect(() => resolveRef(source as never, trust)).toThrowError(
      expect.objectContaining({ name: "OptionError", option: "source" }),
    );
  });

  test("of fields that are no text is an OptionError", () => {
    const ref = { kind: "recording", origin: files, spaceId: { toString: 1 }, file: Symbol("x") };
    expect(() => resolveRef(ref as never, trust)).toThrowError(
      expect.objectContaining({ name: "OptionError" }),
    );
  });
});
