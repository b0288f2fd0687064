import { describe, expect, test } from "vitest";
import {
  answersBytes,
  operations,
  resolve,
  type Schema,
} from "../../helpers/contract/contract-operations.js";
import { json } from "../scene.js";
import { faxOf, messageOf, statesInProgress } from "./cause-kinds.js";
import { listCases } from "./list-cases.js";
import {
  type Asking,
  bodyOf,
  credentialsOf,
  grow,
  keysOf,
  operationOf,
  type Surface,
  setSurface,
} from "./surface.js";

// What is deleted is gone at the very next request, from every operation of the contract that led to
// it and from every list that showed it, and nothing else is.

/** Whatever can be deleted: how, which ids lead to it, and which lists show it. */
const deletables = {
  recording: {
    by: [
      "deleteRecording",
      "deleteRecordingJson",
      "deleteRelayRecording",
      "deleteConferenceRecording",
      "deleteConferenceRecordingJson",
    ],
    // The voice log, too: the mock knows a call by its recordings only.
    ids: ["RecordingSid", "RelayRecordingId", "RecordingFile", "VoiceLogId"],
    lists: [
      "listRecordings",
      "listRecordingsJson",
      "listRelayRecordings",
      "listCallRecordings",
      "listCallRecordingsJson",
      "listConferenceRecordings",
      "listConferenceRecordingsJson",
      "listConferenceLogs",
    ],
  },
  message: {
    by: ["deleteMessage", "deleteMessageJson"],
    ids: [
      "MessageSid",
      "RestMessageId",
      "ParentMessageSid",
      "MediaSid of Messages",
      "MessageFile",
      "MessageMediaFile",
    ],
    lists: ["listMessages", "listMessagesJson"],
  },
  attachment: {
    by: ["deleteMessageMedia", "deleteMessageMediaJson"],
    ids: ["MediaSid of Messages", "MessageFile", "MessageMediaFile"],
    lists: ["listMessageMedia", "listMessageMediaJson"],
  },
  fax: {
    by: ["deleteFax", "deleteFaxJson"],
    // Not its log, which stays.
    ids: ["FaxSid", "ParentFaxSid", "MediaSid of Faxes", "FaxFile"],
    lists: ["listFaxes", "listFaxesJson", "listFaxLogs"],
  },
  document: {
    by: ["deleteFaxMedia", "deleteFaxMediaJson"],
    ids: ["MediaSid of Faxes", "FaxFile"],
    lists: ["listFaxMedia", "listFaxMediaJson"],
  },
  token: { by: ["deleteToken"], ids: ["TokenId"], lists: [] },
  subproject: { by: ["deleteProject"], ids: ["ProjectId"], lists: ["listProjects"] },
} as const;

const rows = Object.entries(deletables).flatMap(([what, { by, ids, lists }]) =>
  by.map((id) => ({ id, what, ids: new Set<string>(ids), lists: new Set<string>(lists) })),
);

const reads = operations.filter(({ method }) => method === "get" || method === "head");
const lists = listCases.flatMap(({ operations: ids, key }) => ids.map((id) => ({ id, key })));

/** The statuses of everything that can be read, by the ids of the operations. */
async function readAll(surface: Surface, asking: Asking = {}): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {};
  for (const operation of reads) {
    statuses[operation.id] = (await surface.request(operation, asking)).status;
  }
  return statuses;
}

/** The ids in every list; of one that is not there, none. */
async function listAll(surface: Surface): Promise<Record<string, readonly string[]>> {
  const listed: Record<string, readonly string[]> = {};
  for (const { id, key } of lists) {
    const body = await json<object>(surface.request(operationOf(id)));
    // The answer was held against the contract: a list has items with an id, an error has none.
    const items = (Reflect.get(body, key) ?? []) as readonly { sid?: string; id?: string }[];
    listed[id] = items.map(({ sid, id: restId }) => sid ?? restId ?? "");
  }
  return listed;
}

test("every deletion of the contract is here, and no other", () => {
  const inContract = operations.filter(({ method }) => method === "delete").map(({ id }) => id);
  expect(rows.map(({ id }) => id).sort()).toEqual(inContract.sort());
});

describe.each(rows)("$id", ({ id, what, ids, lists: shownIn }) => {
  test(`leaves nothing of the ${what}, and everything else`, async () => {
    const surface = setSurface();
    // A second of each, which stays.
    const { platform, known } = surface;
    platform.addRecording();
    const [{ message }, { fax }] = [platform.addMessageMedia(), platform.addFaxMedia()];
    platform.addMessageMedia({ messageId: known["MessageSid"] ?? message.id });
    platform.addFaxMedia({ faxId: known["FaxSid"] ?? fax.id });
    platform.addProject();
    const before = await readAll(surface);
    expect(new Set(Object.values(before))).toEqual(new Set([200]));
    const listedBefore = await listAll(surface);

    const deletion = operationOf(id);
    // A conference goes with its only recording.
    const own = [known[keysOf(deletion).at(-1) ?? ""], known["ParentConferenceSid"]];
    expect((await surface.request(deletion)).status).toBe(204);

    for (const operation of operations) {
      const leads = keysOf(operation).some((key) => ids.has(key));
      const read = operation.method === "get" || operation.method === "head";
      if (!leads && !read) continue;
      const body = bodyOf(operation);
      const { status } = await surface.request(operation, { body });
      expect(status, operation.name).toBe(leads ? 404 : 200);
    }
    const listed = await listAll(surface);
    for (const [list, was] of Object.entries(listedBefore)) {
      const parentIsGone = keysOf(operationOf(list)).some((key) => ids.has(key));
      const left = was.filter((item) => !(shownIn.has(list) && own.includes(item)));
      expect(listed[list], list).toEqual(parentIsGone ? [] : left);
      if (shownIn.has(list))
        expect(
          own.some((one) => was.includes(one ?? "")),
          list,
        ).toBe(true);
    }
  });
});

test("a subproject takes with it all that it had, and its credentials", async () => {
  const surface = setSurface();
  const { platform, request } = surface;
  const { id } = platform.addProject();
  const params = grow(surface, id);
  // What names no project in its path is of the project whose credentials these are.
  const own = { params, as: credentialsOf(surface, id) };
  const before = await readAll(surface, own);
  expect(new Set(Object.values(before))).toEqual(new Set([200]));

  const deletion = operationOf("deleteProject");
  expect((await request(deletion, { params })).status).toBe(204);

  for (const operation of operations) {
    const { name } = operation;
    const body = bodyOf(operation);
    const { status } = await request(operation, { ...own, body });
    // The bytes of a project that is none are nobody's to protect.
    expect(status, name).toBe(answersBytes(operation) ? 404 : 401);
    if (keysOf(operation).length === 0) continue;
    expect((await request(operation, { params, body })).status, name).toBe(404);
  }
  expect(await readAll(surface)).toEqual(before);
});

describe("a deletion that comes too early", () => {
  test.each([
    ["message", "MessageStatus", messageOf, statesInProgress.message, 422],
    ["fax", "FaxStatus", faxOf, statesInProgress.fax, 409],
  ] as const)(
    "of a %s, by its state, changes nothing",
    async (_, schema, make, early, conflict) => {
      const { enum: states = [] } = resolve<Schema>({ $ref: `#/components/schemas/${schema}` });
      expect(states).toEqual(expect.arrayContaining([...early]));
      const { by, ids } = schema === "FaxStatus" ? deletables.fax : deletables.message;
      const media = schema === "FaxStatus" ? deletables.document.by : deletables.attachment.by;
      for (const state of states) {
        for (const id of [...by, ...media]) {
          const surface = setSurface();
          // The values of an enum in the contract are those of its type.
          const params = make(surface, state as never);
          const tooEarly = early.some((one) => one === state);
          const { status } = await surface.request(operationOf(id), { params });
          expect(status, `${id} while ${state}`).toBe(tooEarly ? conflict : 204);
          if (!tooEarly) continue;
          for (const operation of reads) {
            if (!keysOf(operation).some((key) => ids.some((one) => one === key))) continue;
            expect((await surface.request(operation, { params })).status, operation.name).toBe(200);
          }
        }
      }
    },
  );
});
