import type { Schemas } from "@media-protection/contract";
import {
  type ByteRange,
  type Client,
  type ClientOptions,
  createClient,
  type DownloadOptions,
  type MediaDownload,
  type ProtectionSetting,
  type ProtectionSettings,
  type RequestOptions,
} from "@media-protection/sdk";
import type { SaveAllOptions, SaveOptions } from "@media-protection/sdk/node";
import type { WebhookOptions } from "@media-protection/sdk/webhooks";
import { describe, expectTypeOf, test } from "vitest";

// Checked by the compiler (`tsc -b`): an unused @ts-expect-error is a compile error, so a call that
// wrongly compiles fails the build. Nothing here is run, hence the function that is never called.

const client = createClient({
  space: "example",
  projectId: "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a",
  apiToken: "PT-synthetic",
});

const unset: string | undefined = process.env["SUBPROJECT"];

export function callsThatMustNotCompile() {
  // @ts-expect-error the space is required
  createClient({ projectId: "…", apiToken: "…" });
  // @ts-expect-error a misspelt option
  createClient({ space: "example", projectId: "…", apiToken: "…", mediaOrigin: [] });
  // @ts-expect-error the switch is called recordings
  void client.protection.set({ recording: true });
  // @ts-expect-error a switch is a boolean
  void client.protection.set({ recordings: "yes" });
  // @ts-expect-error no switch is named
  void client.protection.set({});
  // @ts-expect-error "all" is said, not left out
  void client.protection.disable();
  // @ts-expect-error nor is it undefined
  void client.protection.disable(undefined, { projectId: "…" });
  // @ts-expect-error an empty list is no selection
  void client.protection.enable([]);
  // @ts-expect-error a project that may be unset
  void client.protection.enable("all", { projectId: unset });
  // @ts-expect-error a filter that may be unset
  void client.recordings.list({ source: "compatibility", callId: unset });
  // @ts-expect-error the project is named
  void client.projects.rotateSigningKey();
  // @ts-expect-error a project that may be unset
  void client.projects.rotateSigningKey(unset);
  // @ts-expect-error a project that may be unset
  void client.projects.get(unset);
  // @ts-expect-error a reach that may be unset
  createClient({ space: "example", projectId: "…", apiToken: "…", projects: undefined });
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

// A literal is checked for fields too many by TypeScript itself; what comes from a variable is not.
const id = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const project = { name: "Clinic", protect_recordings: true };
const misspeltProject = { name: "Clinic", protect_recording: true };
const misspeltSwitch = { recordings: true, messagesMedia: true };
const switches: Record<string, boolean> = { recordings: true };
const either = Math.random() < 2 ? project : misspeltProject;

export function variablesThatMustNotCompile() {
  // @ts-expect-error a misspelt field of the contract
  void client.projects.create(misspeltProject);
  // @ts-expect-error it may be the misspelt one
  void client.projects.create(either);
  // @ts-expect-error a misspelt field of the contract
  void client.projects.update(id, misspeltProject);
  // @ts-expect-error the switch is called messageMedia
  void client.protection.set(misspeltSwitch);
  // @ts-expect-error names that nobody knows
  void client.protection.set(switches);

  const path = { id };
  // @ts-expect-error a misspelt field of the body, in a variable
  void client.api.PATCH("/api/projects/{id}", { params: { path }, body: misspeltProject });
  // @ts-expect-error a misspelt field of the body
  void client.api.PATCH("/api/projects/{id}", { params: { path }, body: { protect_fax: true } });
  // @ts-expect-error a body that may be misspelt
  void client.api.PATCH("/api/projects/{id}", { params: { path }, body: either });
  // @ts-expect-error a body where the operation has none
  void client.api.GET("/api/projects/{id}", { params: { path }, body: {} });
  // @ts-expect-error a misspelt option
  void client.api.GET("/api/projects", { parms: {} });
  // @ts-expect-error a misspelt option beside the right ones
  void client.api.GET("/api/projects/{id}", { params: { path }, parseas: "stream" });
  // @ts-expect-error a misspelt query parameter
  void client.api.GET("/api/projects", { params: { query: { pageSize: 10 } } });
  // @ts-expect-error a path parameter that the path does not have
  void client.api.GET("/api/projects/{id}", { params: { path: { id, AccountSid: id } } });
  // @ts-expect-error query is a place for parameters, params is not
  void client.api.GET("/api/projects", { params: { page_size: 10 } });
}

export function callsThatMustCompile(changes: Schemas["UpdateProjectRequest"]) {
  void client.projects.create(project);
  void client.projects.get();
  // Lists that stand elsewhere, of which nobody wrote `as const`.
  const stored: ProtectionSetting[] = ["recordings", "faxMedia"];
  const readonly: readonly ProtectionSetting[] = stored;
  const fixed = ["recordings"] as const;
  void client.protection.enable(stored);
  void client.protection.disable(readonly);
  void client.protection.disable(fixed);
  void client.protection.enable(stored.filter((one) => one !== "faxMedia"));
  // @ts-expect-error an empty tuple, stored or not
  void client.protection.disable([] as const);
  // @ts-expect-error any text might be misspelt
  void client.protection.enable(["recordings"] as string[]);
  void client.protection.enable("all", { signal: undefined, timeout: undefined });
  void client.recordings.list({ signal: undefined, pageSize: undefined, source: undefined });
  createClient({ space: "example", projectId: "…", apiToken: "…", timeout: undefined });
  void client.projects.update(id, project);
  void client.projects.update(id, changes);
  const settings: Partial<ProtectionSettings> = { recordings: true };
  void client.protection.set(settings);
  const { signal } = new AbortController();
  const params = { path: { id } };
  void client.api.PATCH("/api/projects/{id}", { params, body: changes, signal });
  void client.api.PATCH("/api/projects/{id}", { params, body: project });
  void client.api.GET("/api/projects");
  void client.api.GET("/api/projects", {});
  const headers = { accept: "application/json" };
  const fetch = () => Promise.resolve(new Response());
  void client.api.GET("/api/projects", { params: { query: { page_size: 10 } }, headers, fetch });
  void client.api.GET("/api/projects/{id}", {
    params,
    headers: new Headers(headers),
    parseAs: "stream",
    cache: "no-store",
    querySerializer: { array: { style: "form", explode: true } },
  });
}

/** The names of the optional options that may not be given as `undefined`. */
type Refusing<Options> = {
  [Name in keyof Options]-?: Record<never, never> extends Pick<Options, Name>
    ? { readonly [Given in Name]: undefined } extends Pick<Options, Name>
      ? never
      : Name
    : never;
}[keyof Options];

describe("an optional option takes undefined, except where it would mean all, or mine", () => {
  test("of a client", () => {
    expectTypeOf<Refusing<ClientOptions>>().toEqualTypeOf<"projects" | "redirectOrigins">();
    expectTypeOf<Refusing<NonNullable<ClientOptions["retry"]>>>().toEqualTypeOf<never>();
  });

  test("of a call", () => {
    expectTypeOf<Refusing<RequestOptions>>().toEqualTypeOf<never>();
    expectTypeOf<Refusing<DownloadOptions>>().toEqualTypeOf<"projectId">();
    expectTypeOf<Refusing<Extract<ByteRange, { start: number }>>>().toEqualTypeOf<never>();
    expectTypeOf<Refusing<Extract<ByteRange, { last: number }>>>().toEqualTypeOf<never>();
    expectTypeOf<Refusing<SaveOptions>>().toEqualTypeOf<"projectId">();
    expectTypeOf<Refusing<SaveAllOptions>>().toEqualTypeOf<"projectId">();
  });

  test("of a listing", () => {
    type Listed = "recordings" | "messages" | "messageMedia" | "faxes" | "faxMedia" | "projects";
    type OptionsOf<Name extends Listed> = NonNullable<Parameters<Client[Name]["list"]>[0]>;
    expectTypeOf<Refusing<OptionsOf<"messages">>>().toEqualTypeOf<
      "projectId" | "from" | "to" | "status"
    >();
    expectTypeOf<Refusing<OptionsOf<"faxes">>>().toEqualTypeOf<"projectId" | "from" | "to">();
    expectTypeOf<Refusing<OptionsOf<"projects">>>().toEqualTypeOf<"name">();
  });

  test("of a callback's verification", () => {
    expectTypeOf<Refusing<WebhookOptions>>().toEqualTypeOf<"seen">();
  });
});

describe("types", () => {
  test("an answer of the contract's own client is typed by its path and by parseAs", () => {
    const { api } = client;
    const read = () => api.GET("/api/projects/{id}", { params: { path: { id } } });
    expectTypeOf(read).returns.resolves.toHaveProperty("data");
    type Read = Awaited<ReturnType<typeof read>>;
    expectTypeOf<NonNullable<Read["data"]>>().toEqualTypeOf<Schemas["Project"]>();
    const stream = () =>
      api.GET("/api/projects/{id}", { params: { path: { id } }, parseAs: "stream" });
    type Streamed = Awaited<ReturnType<typeof stream>>;
    expectTypeOf<Streamed["data"]>().toEqualTypeOf<Response["body"] | undefined>();
  });

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
