import type { ContractOperation } from "../../helpers/contract/contract-operations.js";
import {
  body,
  type Cause,
  type Causes,
  cause,
  closed,
  denial,
  everything,
  fails,
  faxInProgress,
  headers,
  messageInProgress,
  missing,
  missingWithBody,
  moved,
  protect,
  query,
} from "./cause-kinds.js";
import { credentialsOf } from "./surface.js";

// Why each operation of the contract answers each of its statuses. Whoever adds an operation or a
// status to openapi.yaml adds its cause here.

const metadata = [closed, missing];
const rest = [fails(500)];
const restWrite = [fails(429), fails(500)];
const json = [
  body(400, "a body that is no JSON", "{"),
  body(400, "no body", ""),
  body(422, "a body that is no object", []),
  body(422, "an unknown field", { protect_everything: true }),
];

const compatList = [
  cause(200, "as it is"),
  query(400, "PageSize=x"),
  query(422, "PageSize=0"),
  query(422, "PageToken=x"),
  ...metadata,
];
/** As `compatList`, of a parent that is not looked for: an unknown one has an empty list. */
const nestedList: readonly Causes[] = [
  ...compatList.filter((causes) => causes !== missing),
  query(422, "DateCreated=none"),
  (operation) => missing(operation).filter(([, why]) => why.endsWith("AccountSid")),
  (operation) =>
    missing(operation)
      .filter(([, why]) => !why.includes("AccountSid"))
      .map(([, why, act]) => [200, why, act]),
];
const compatRead = [cause(200, "as it is"), ...metadata];
const compatDelete = [cause(204, "as it is"), fails(429), ...metadata];

/** Bytes: public, protected, moved, and under conditions. */
const bytesHead = [
  cause(200, "anybody, while public", () => ({ as: {} })),
  cause(200, "the project, while protected", ({ platform, projectId }) => {
    platform.setProtection(projectId, everything);
    return {};
  }),
  headers(304, { "if-none-match": "*" }),
  headers(304, { "if-modified-since": "Fri, 31 Dec 9999 23:59:59 GMT" }),
  headers(412, { "if-match": '"another version"' }),
  headers(412, { "if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT" }),
  moved,
  protect,
  denial(403),
  denial(404),
  missing,
];
const bytes = [
  ...bytesHead,
  headers(206, { range: "bytes=0-0" }),
  headers(206, { range: "bytes=0-0,-1" }),
  headers(416, { range: "bytes=99999999-" }),
];

/** For each operation of the contract by its id, every status that a client can provoke. */
const table: Readonly<Record<string, readonly Causes[]>> = {
  listProjects: [cause(200, "as it is"), query(400, "page_size=x"), closed, ...rest],
  createProject: [
    body(201, "a name", { name: "Clinic" }),
    ...json,
    body(422, "no name", {}),
    body(422, "a name too long", { name: "x".repeat(251) }),
    cause(201, "its root project named", ({ projectId }) => ({
      body: { name: "Clinic", parent_project_id: projectId },
    })),
    cause(422, "below a subproject", ({ known }) => ({
      body: { name: "Nested", parent_project_id: known["ProjectId"] },
    })),
    cause(422, "below a stranger's project", ({ theirs }) => ({
      body: { name: "Clinic", parent_project_id: theirs["AccountSid"] },
    })),
    cause(422, "asked by a subproject", (surface) => ({
      as: credentialsOf(surface, surface.known["ProjectId"] ?? ""),
      body: { name: "Nested" },
    })),
    closed,
    ...restWrite,
  ],
  getProject: [cause(200, "as it is"), ...metadata, ...rest],
  updateProject: [
    body(200, "a name", { name: "Renamed" }),
    body(200, "nothing", {}),
    ...json,
    body(422, "an empty name", { name: "" }),
    body(422, "a switch that is no boolean", { protect_fax_media: "yes" }),
    closed,
    missingWithBody,
    ...restWrite,
  ],
  deleteProject: [
    cause(204, "a subproject"),
    cause(422, "the root project", ({ projectId }) => ({ params: { ProjectId: projectId } })),
    cause(422, "phone numbers left", ({ platform }) => ({
      params: { ProjectId: platform.addProject({ hasPhoneNumbers: true }).id },
    })),
    ...metadata,
    ...restWrite,
  ],
  rotateSigningKey: [cause(200, "as it is"), ...metadata, ...restWrite],
  createToken: [
    body(200, "name and scopes", { name: "CI", permissions: ["fax"] }),
    cause(200, "for a subproject", ({ known }) => ({
      body: { name: "CI", permissions: ["fax"], subproject_id: known["ProjectId"] },
    })),
    ...json,
    body(422, "no scopes", { name: "CI", permissions: [] }),
    body(422, "an unknown scope", { name: "CI", permissions: ["everything"] }),
    cause(422, "for a stranger's subproject", ({ theirs }) => ({
      body: { name: "CI", permissions: ["fax"], subproject_id: theirs["ProjectId"] },
    })),
    closed,
    ...restWrite,
  ],
  updateToken: [
    body(200, "other scopes", { permissions: ["fax"] }),
    body(200, "another name", { name: "Renamed" }),
    ...json,
    body(422, "an unknown scope", { permissions: ["everything"] }),
    closed,
    missingWithBody,
    ...restWrite,
  ],
  deleteToken: [cause(204, "as it is"), ...metadata, ...restWrite],
  listRelayRecordings: [cause(200, "as it is"), closed, ...rest],
  getRelayRecording: [cause(200, "as it is"), ...metadata, ...rest],
  deleteRelayRecording: [cause(204, "as it is"), ...metadata, ...restWrite],
  listRecordings: [...compatList, query(422, "CallSid=none"), query(422, "DateCreated=none")],
  listRecordingsJson: [...compatList, query(422, "CallSid=none"), query(422, "DateCreated=none")],
  downloadRecording: bytes,
  headRecording: bytesHead,
  deleteRecording: compatDelete,
  getRecording: compatRead,
  deleteRecordingJson: compatDelete,
  downloadRecordingWav: bytes,
  headRecordingWav: bytesHead,
  downloadRecordingMp3: bytes,
  headRecordingMp3: bytesHead,
  listCallRecordings: nestedList,
  listCallRecordingsJson: nestedList,
  getCallRecording: compatRead,
  getCallRecordingJson: compatRead,
  listConferenceRecordings: nestedList,
  listConferenceRecordingsJson: nestedList,
  getConferenceRecording: compatRead,
  getConferenceRecordingJson: compatRead,
  deleteConferenceRecording: compatDelete,
  deleteConferenceRecordingJson: compatDelete,
  listMessages: [...compatList, query(422, "Status=lost"), query(422, "DateSent=none")],
  listMessagesJson: [...compatList, query(422, "Status=lost"), query(422, "DateSent=none")],
  getMessage: compatRead,
  deleteMessage: [...compatDelete, messageInProgress],
  getMessageJson: compatRead,
  deleteMessageJson: [...compatDelete, messageInProgress],
  listMessageMedia: [...compatList, query(422, "DateCreated=none")],
  listMessageMediaJson: [...compatList, query(422, "DateCreated=none")],
  downloadMessageMedia: bytes,
  headMessageMedia: bytesHead,
  deleteMessageMedia: [...compatDelete, messageInProgress],
  getMessageMedia: compatRead,
  deleteMessageMediaJson: [...compatDelete, messageInProgress],
  listFaxes: [...compatList, query(422, "DateCreatedAfter=none")],
  listFaxesJson: [...compatList, query(422, "DateCreatedAfter=none")],
  getFax: compatRead,
  deleteFax: [...compatDelete, faxInProgress],
  getFaxJson: compatRead,
  deleteFaxJson: [...compatDelete, faxInProgress],
  listFaxMedia: compatList,
  listFaxMediaJson: compatList,
  downloadFaxMedia: bytes,
  headFaxMedia: bytesHead,
  deleteFaxMedia: [...compatDelete, faxInProgress],
  getFaxMedia: compatRead,
  deleteFaxMediaJson: [...compatDelete, faxInProgress],
  listFaxLogs: [
    cause(200, "as it is"),
    query(400, "include_deleted=yes"),
    query(400, "page_size=x"),
    query(422, "created_on=none"),
    query(422, "page_size=1001"),
    closed,
    ...rest,
  ],
  getFaxLog: [cause(200, "as it is"), ...metadata, ...rest],
  listVoiceLogEvents: [cause(200, "as it is"), ...metadata, ...rest],
  listConferenceLogs: [
    cause(200, "as it is"),
    query(400, "page_size=x"),
    query(422, "page_size=1001"),
    closed,
    ...rest,
  ],
  updateMessage: [
    body(200, "a text", { body: "Redacted" }),
    body(200, "no text", { body: "" }),
    ...json,
    body(422, "no body", {}),
    closed,
    (operation) =>
      missing(operation).map(([status, why, act]) => [
        status,
        why,
        (surface) => ({ ...act(surface, operation), body: { body: "" } }),
      ]),
    ...restWrite,
  ],
  downloadRecordingFile: bytes,
  headRecordingFile: bytesHead,
  downloadMessageFile: bytes,
  headMessageFile: bytesHead,
  downloadMessageMediaFile: bytes,
  headMessageMediaFile: bytesHead,
  downloadFaxFile: bytes,
  headFaxFile: bytesHead,
};

/** The causes of an operation; none where nobody has thought of it. */
export function causesOf(operation: ContractOperation): readonly Cause[] {
  return (table[operation.id] ?? []).flatMap((causes) => causes(operation));
}

/** The ids of the operations that have causes, so that one which the contract lost is noticed. */
export const withCauses = Object.keys(table);

/**
 * Statuses that the platform's own description lists without a word about when: no request is known
 * that is answered so, and the mock does not make one up.
 */
export const withoutCause: Readonly<Record<string, readonly number[]>> = {
  listRelayRecordings: [404, 422],
  getRelayRecording: [422],
  deleteRelayRecording: [422],
  downloadRecording: [400],
  deleteRecording: [400, 422],
  getRecording: [400],
  deleteRecordingJson: [400, 422],
  getCallRecording: [400],
  getCallRecordingJson: [400],
  getConferenceRecording: [400],
  getConferenceRecordingJson: [400],
  deleteConferenceRecording: [400],
  deleteConferenceRecordingJson: [400],
  listVoiceLogEvents: [400, 422],
  getMessage: [400],
  deleteMessage: [400],
  getMessageJson: [400],
  deleteMessageJson: [400],
  downloadMessageMedia: [400],
  deleteMessageMedia: [400],
  getMessageMedia: [400],
  deleteMessageMediaJson: [400],
  getFax: [400],
  deleteFax: [400],
  getFaxJson: [400],
  deleteFaxJson: [400],
  downloadFaxMedia: [400],
  deleteFaxMedia: [400],
  getFaxMedia: [400],
  deleteFaxMediaJson: [400],
  getFaxLog: [400, 422],
};
