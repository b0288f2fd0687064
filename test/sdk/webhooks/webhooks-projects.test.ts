import { verifyWebhook, type WebhookRequest } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";
import {
  base64,
  hex,
  refusal,
  sha1Header,
  sha256Header,
  url,
} from "../../helpers/callbacks/signed-webhooks.js";

const parent = "5eed0000-0000-4000-8000-00000000000a";
const sub = "5eed0000-0000-4000-8000-00000000000b";
const keys = new Map<string | undefined, string | readonly string[]>([
  [parent, "PSK_parent"],
  [sub, ["PSK_sub_new", "PSK_sub_old"]],
]);
const signingKey = (projectId: string | undefined) => keys.get(projectId);

function formOf(fields: [string, string][], key: string, asked = url): WebhookRequest {
  const payload = [...fields]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flat()
    .join("");
  return {
    url: asked,
    body: new URLSearchParams(fields).toString(),
    headers: { [sha1Header]: base64(asked + payload, "sha1", key) },
  };
}

function eventOf(event: object, key: string): WebhookRequest {
  const body = JSON.stringify(event);
  return { url, body, headers: { [sha256Header]: hex(url + body, "sha256", key) } };
}

function callbackByGet(query: string, key: string): WebhookRequest {
  const asked = `${url}?${query}`;
  return { url: asked, headers: { [sha1Header]: base64(asked, "sha1", key) } };
}

/** Every way in which a callback names a project. */
const naming: [string, (projectId: string, key: string) => WebhookRequest][] = [
  ["a form's AccountSid", (id, key) => formOf([["AccountSid", id]], key)],
  ["AccountSid in the query, by GET", (id, key) => callbackByGet(`AccountSid=${id}`, key)],
  ["an event's project_id", (id, key) => eventOf({ event_type: "x", project_id: id }, key)],
  ["a message's project_id", (id, key) => eventOf({ message: { project_id: id } }, key)],
  ["a call's project_id", (id, key) => eventOf({ call: { project_id: id } }, key)],
  ["params' project_id", (id, key) => eventOf({ params: { project_id: id } }, key)],
  ["AccountSid in JSON", (id, key) => eventOf({ AccountSid: id }, key)],
];

describe.each(naming)("a key by project: %s", (_, named) => {
  test("its own key verifies, and the result says which and whose", async () => {
    for (const [projectId, key, keyIndex] of [
      [parent, "PSK_parent", 0],
      [sub, "PSK_sub_new", 0],
      [sub, "PSK_sub_old", 1],
    ] as const) {
      const request = named(projectId, key);
      await expect(verifyWebhook(request, { signingKey })).resolves.toMatchObject({
        projectId,
        keyIndex,
      });
    }
  });

  test("another's does not, and the guard is not asked", async () => {
    const seen = () => Promise.reject(new Error("asked"));
    for (const [projectId, key] of [
      [parent, "PSK_sub_new"],
      [sub, "PSK_parent"],
    ] as const) {
      await expect(verifyWebhook(named(projectId, key), { signingKey, seen })).rejects.toThrowError(
        refusal("mismatch"),
      );
    }
  });

  test("with keys that are not by project, the result says what the callback says", async () => {
    const options = { signingKey: ["PSK_parent", "PSK_sub_new"] };
    await expect(verifyWebhook(named(parent, "PSK_sub_new"), options)).resolves.toMatchObject({
      projectId: parent,
      keyIndex: 1,
    });
  });
});

describe("a callback that names two projects is refused, whoever signed it", () => {
  const both = [parent, sub];
  test.each<[string, (key: string) => WebhookRequest]>([
    [
      "AccountSid twice",
      (key) =>
        formOf(
          both.map((id) => ["AccountSid", id]),
          key,
        ),
    ],
    [
      "AccountSid and project_id",
      (key) =>
        formOf(
          [
            ["AccountSid", parent],
            ["project_id", sub],
          ],
          key,
        ),
    ],
    ["by GET", (key) => callbackByGet(`AccountSid=${parent}&AccountSid=${sub}`, key)],
    [
      "an event and its call",
      (key) => eventOf({ project_id: parent, call: { project_id: sub } }, key),
    ],
    ["an event with AccountSid", (key) => eventOf({ project_id: parent, AccountSid: sub }, key)],
    [
      "a message and params",
      (key) => eventOf({ message: { project_id: sub }, params: { project_id: parent } }, key),
    ],
  ])("%s", async (_, make) => {
    for (const key of ["PSK_parent", "PSK_sub_new"]) {
      for (const option of [signingKey, [...keys.values()].flat()]) {
        await expect(verifyWebhook(make(key), { signingKey: option })).rejects.toThrowError(
          refusal("unrecognised"),
        );
      }
    }
  });

  test("but not one that names the same in either case", async () => {
    const event = { project_id: parent, call: { project_id: parent.toUpperCase() } };
    await expect(
      verifyWebhook(eventOf(event, "PSK_parent"), { signingKey }),
    ).resolves.toMatchObject({ projectId: parent });
  });
});

describe("the function", () => {
  test("is asked once, with what the callback claims, and may take its time", async () => {
    const asked: unknown[] = [];
    const ask = async (projectId: string | undefined) => {
      asked.push(projectId);
      return signingKey(projectId);
    };
    await verifyWebhook(naming[0]?.[1](sub, "PSK_sub_old") as WebhookRequest, { signingKey: ask });
    expect(asked).toEqual([sub]);
  });

  test("is asked for undefined where none is named", async () => {
    const ask = (projectId: string | undefined) => (projectId ? undefined : "PSK_parent");
    for (const request of [
      formOf([["CallSid", "c"]], "PSK_parent"),
      formOf([["AccountSid", ""]], "PSK_parent"),
      eventOf({ event_type: "x", project_id: 5, call: null }, "PSK_parent"),
    ]) {
      const { projectId } = await verifyWebhook(request, { signingKey: ask });
      expect(projectId).toBeUndefined();
    }
  });

  const request = formOf([["AccountSid", parent]], "PSK_parent");
  test.each([undefined, null, []])("that knows no key refuses: %j", async (none) => {
    // The cast is the test: what a database gives.
    await expect(verifyWebhook(request, { signingKey: () => none as never })).rejects.toMatchObject(
      { reason: "mismatch", message: expect.stringContaining("no key") },
    );
  });

  test.each(["", " ", "a b", 5, {}, true, [""], [undefined], ["PSK_parent", null], Object])(
    "that gives something else than keys is an OptionError: %o",
    async (wrong) => {
      await expect(
        verifyWebhook(request, { signingKey: async () => wrong as never }),
      ).rejects.toMatchObject({ name: "OptionError", option: "signingKey" });
    },
  );

  test("that fails ends the call with its own error", async () => {
    const down = new Error("the vault is sealed");
    await expect(verifyWebhook(request, { signingKey: () => Promise.reject(down) })).rejects.toBe(
      down,
    );
    await expect(
      verifyWebhook(request, {
        signingKey: () => {
          throw down;
        },
      }),
    ).rejects.toBe(down);
  });

  test("is not asked about what has no signature, or no body that could be signed", async () => {
    const ask = () => Promise.reject(new Error("asked"));
    await expect(
      verifyWebhook({ ...request, headers: {} }, { signingKey: ask }),
    ).rejects.toThrowError(refusal("no-signature"));
    await expect(
      verifyWebhook(
        { ...request, headers: { [sha256Header]: "0".repeat(64) } },
        { signingKey: ask },
      ),
    ).rejects.toThrowError(refusal("mismatch"));
  });
});
