import { createClient } from "@media-protection/sdk";
import { clientFromEnv } from "@media-protection/sdk/node";
import { beforeEach, describe, expect, test } from "vitest";

// A setting that is missing arrives as undefined. It never means "all" or "mine": each call is
// refused before any request is sent.

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
let asked = 0;
const options = {
  space: "example",
  projectId,
  apiToken: "PT-synthetic",
  fetch: () => {
    asked++;
    return Promise.reject(new Error("no request may be sent"));
  },
};
// The cast is the test: untyped code, whose arguments nobody checks.
const client = createClient(options) as unknown as Record<
  string,
  Record<string, (...args: unknown[]) => Promise<unknown>>
>;

beforeEach(() => {
  asked = 0;
});

const elsewhere = { projectId: "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f" };
test.each<[call: string, args: unknown[], option: string]>([
  ...["protection.enable", "protection.disable"].flatMap((call): [string, unknown[], string][] => [
    [call, [], "settings"],
    [call, [undefined, elsewhere], "settings"],
    [call, [null], "settings"],
    [call, [[]], "settings"],
    [call, ["recordings"], "settings"],
    [call, ["all", { projectId: undefined }], "projectId"],
    [call, [[undefined]], "undefined"],
  ]),
  ["protection.set", [], "settings"],
  ["protection.set", [{}], "settings"],
  ["protection.set", [undefined, elsewhere], "settings"],
  ["protection.set", [{ recordings: undefined }], "recordings"],
  ["protection.set", [{ recordings: undefined, faxMedia: true }], "recordings"],
  ["protection.set", ["all"], "settings"],
  ["projects.get", [undefined], "projectId"],
  ["projects.get", [undefined, {}], "projectId"],
  ["projects.rotateSigningKey", [], "projectId"],
  ["projects.rotateSigningKey", [undefined], "projectId"],
  ["projects.delete", [undefined], "projectId"],
  ["projects.update", [undefined, { name: "Clinic" }], "projectId"],
  ["projects.update", [projectId, { protect_recordings: undefined }], "protect_recordings"],
  ["projects.update", [projectId, {}], "changes"],
  ["projects.update", [projectId], "changes"],
  ["projects.create", [{ name: "Clinic", protect_fax_media: undefined }], "protect_fax_media"],
  ["projects.create", [], "project"],
])("%s(...%j) is an OptionError", async (name, args, option) => {
  const [resource = "", method = ""] = name.split(".");
  const call = client[resource]?.[method];
  await expect(call?.(...args)).rejects.toMatchObject({ name: "OptionError", option });
  expect(asked).toBe(0);
});

const filters = {
  projects: ["name"],
  recordings: ["callId", "conferenceId", "createdAfter", "createdBefore", "createdOn"],
  messages: ["from", "to", "status", "sentAfter", "sentBefore", "sentOn"],
  messageMedia: ["createdAfter", "createdBefore", "createdOn"],
  faxes: ["from", "to", "createdAfter", "createdBefore", "createdOn"],
};
const cases = Object.entries(filters).flatMap(([resource, names]) =>
  names.map((name) => [resource, name] as const),
);
test.each(cases)("%s.list({ %s: undefined }) lists nothing", async (resource, option) => {
  const own = resource === "messageMedia" ? [elsewhere.projectId] : [];
  const given = { [option]: undefined, ...(option.endsWith("Id") && { source: "compatibility" }) };
  // Safe: it is the method of a listing.
  const list = client[resource]?.["list"]?.(...own, given) as unknown as AsyncIterable<unknown>;
  const first = list[Symbol.asyncIterator]().next();
  await expect(first).rejects.toMatchObject({ name: "OptionError", option });
  expect(asked).toBe(0);
});

describe("a client", () => {
  test.each(["projects", "redirectOrigins", "projectId"])("whose %s is undefined", (option) => {
    expect(() => createClient({ ...options, [option]: undefined })).toThrowError(
      expect.objectContaining({ name: "OptionError", option }),
    );
  });

  test.each([null, "all", "", [undefined], ["x"], { 0: projectId }])(
    "whose projects are %j",
    (projects) => {
      expect(() => createClient({ ...options, projects: projects as never })).toThrowError(
        expect.objectContaining({ name: "OptionError", option: "projects" }),
      );
    },
  );

  test("from the environment, which stands in for no project that was to be given", () => {
    const env = {
      SIGNALWIRE_SPACE: "example",
      SIGNALWIRE_PROJECT_ID: projectId,
      SIGNALWIRE_API_TOKEN: "PT-synthetic",
    };
    expect(() => clientFromEnv({ projectId: undefined } as never, env)).toThrowError(
      expect.objectContaining({ name: "OptionError", option: "projectId" }),
    );
  });
});
