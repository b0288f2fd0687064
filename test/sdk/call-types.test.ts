import { createClient, type MediaDownload } from "@media-protection/sdk";
import { describe, expectTypeOf, test } from "vitest";

// Checked by the compiler (`tsc -b`): an unused @ts-expect-error is a compile error, so a call that
// wrongly compiles fails the build. Nothing here is run, hence the function that is never called.

const client = createClient({
  space: "example",
  projectId: "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a",
  apiToken: "PT-synthetic",
});

export function callsThatMustNotCompile() {
  // @ts-expect-error the space is required
  createClient({ projectId: "…", apiToken: "…" });
  // @ts-expect-error a misspelt option
  createClient({ space: "example", projectId: "…", apiToken: "…", mediaOrigin: [] });
  // @ts-expect-error the switch is called recordings
  void client.protection.set({ recording: true });
  // @ts-expect-error a switch is a boolean
  void client.protection.set({ recordings: "yes" });
  // @ts-expect-error there is no such switch
  void client.protection.enable(["voicemail"]);
  // @ts-expect-error a kind the platform does not have
  void client.media.download({ kind: "voicemail", recordingId: "…" });
  // @ts-expect-error fax media needs its fax
  void client.media.download({ kind: "faxMedia", mediaId: "…" });
  // @ts-expect-error a misspelt field of the contract
  void client.projects.create({ name: "x", protect_recording: true });
  // @ts-expect-error a subproject has a name
  void client.projects.create({});
  // @ts-expect-error a number where the contract wants a boolean
  void client.projects.update("…", { protect_fax_media: 1 });
  // @ts-expect-error no such path in the contract
  void client.api.GET("/api/project");
  // @ts-expect-error the path parameter is missing
  void client.api.GET("/api/projects/{id}");
  // @ts-expect-error a wrong type of query parameter
  void client.api.GET("/api/projects", { params: { query: { page_size: "all" } } });
  // @ts-expect-error the contract has no DELETE there
  void client.api.DELETE("/api/projects");
}

describe("types", () => {
  test("media bytes are a stream, never a string", () => {
    expectTypeOf<MediaDownload["body"]>().toEqualTypeOf<ReadableStream<Uint8Array<ArrayBuffer>>>();
    expectTypeOf<MediaDownload["bytes"]>().returns.resolves.toEqualTypeOf<
      Uint8Array<ArrayBuffer>
    >();
  });

  test("a project is typed from the contract, and its key is shown only where the platform shows it", () => {
    expectTypeOf(client.projects.get).returns.resolves.toHaveProperty("protect_recordings");
    expectTypeOf(client.projects.get).returns.resolves.not.toHaveProperty("signing_key");
    expectTypeOf(client.projects.create).returns.resolves.toHaveProperty("signing_key");
  });
});
