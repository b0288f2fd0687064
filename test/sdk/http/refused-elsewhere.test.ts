import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SaveAllError, saveAll } from "@media-protection/sdk/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { clientOf, redirectTo, sendAudio, serve } from "../../helpers/origins/audio-origin.js";
import { projectId, recording, scripted } from "../../helpers/origins/scripted-client.js";
import { answer, type Step } from "../../helpers/origins/scripted-fetch.js";

// An origin that a redirect led to got no credentials, so that its refusal says nothing about ours.

const storage = answer(302, { location: "https://bucket.example/key?X-Amz-Signature=a" });

describe("what an origin without our credentials refuses", () => {
  test.each([
    [401, "ResponseError"],
    [403, "PermissionError"],
  ])("with %d is no error about them", async (status, name) => {
    const reasons: string[] = [];
    const apiToken = ({ reason }: { readonly reason: string }) => {
      reasons.push(reason);
      return "PT-synthetic";
    };
    const run = scripted([storage, answer(status)], { apiToken });
    const error: unknown = await run.download().catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name, status, request: { url: "https://bucket.example/key?…" } });
    expect(String(error)).toContain("carried no credentials");
    expect(String(error)).not.toContain("scope");
    expect(reasons).toEqual(["request"]);
  });

  test.each([
    ["another path of the files host", "https://files.signalwire.com/elsewhere"],
    ["back at the space", "https://example.signalwire.com/api/x"],
  ])("with 401 at %s, once the credentials were left behind", async (_, location) => {
    const run = scripted([storage, answer(302, { location }), answer(401)]);
    await expect(run.download()).rejects.toMatchObject({ name: "ResponseError", status: 401 });
  });

  test("in a browser, which hides the redirect, by where it ended", async () => {
    const opaque: Step = async () =>
      Object.defineProperties(new Response(null), {
        type: { value: "opaqueredirect" },
        status: { value: 0 },
        ok: { value: false },
      });
    const ended: Step = async (init) => {
      const response = await answer(401)(init);
      return Object.defineProperty(response, "url", { value: "https://bucket.example/key" });
    };
    const run = scripted([opaque, ended]);
    await expect(run.download()).rejects.toMatchObject({ name: "ResponseError", status: 401 });
  });
});

test.each(["space", "files host"])("what carried them is: 401 of the %s", async (where) => {
  const hosted = `https://files.signalwire.com/e5b0f6d2/${projectId}/recordings/a.wav`;
  const steps =
    where === "space" ? [answer(401)] : [answer(302, { location: hosted }), answer(401)];
  const error: unknown = await scripted(steps)
    .download()
    .catch((failure: unknown) => failure);
  expect(error).toMatchObject({ name: "AuthenticationError", status: 401 });
});

test("it ends no run of saveAll: the other media are saved", async () => {
  const folder = await mkdtemp(join(tmpdir(), "elsewhere-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const bucket = await serve((_, response) => void response.writeHead(401).end(), "localhost");
  const space = await serve((request, response) => {
    if (request.url?.includes(recording.recordingId)) {
      return redirectTo(() => `${bucket.origin}/key`)(request, response);
    }
    return sendAudio(request, response);
  });
  const other = { kind: "recording", recordingId: projectId } as const;
  const error: unknown = await saveAll(clientOf(space), [recording, other], folder, {
    concurrency: 1,
  }).catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(SaveAllError);
  expect(error).toMatchObject({
    report: { saved: 1, failed: [{ source: recording, error: { status: 401 } }] },
  });
});
