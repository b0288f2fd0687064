import type { FaultRoute } from "@media-protection/mock";
import { type ContractOperation, scopeOf } from "../helpers/contract-operations.js";
import { basic } from "./scene.js";
import { type Asking, credentialsOf, keysOf, type Surface, unknownId } from "./surface.js";

// Why the platform answers a status: what each operation of the contract is asked, after what.

/** A status, why it is answered, and how that comes about: what is set, and what is asked then. */
export type Cause = readonly [
  status: number,
  why: string,
  act: (surface: Surface, operation: ContractOperation) => Asking,
];

type Causes = (operation: ContractOperation) => readonly Cause[];

/** One cause, the same for each operation. */
const cause =
  (status: number, why: string, act: Cause[2] = () => ({})): Causes =>
  () => [[status, why, act]];

const body = (status: number, why: string, value: unknown) =>
  cause(status, why, () => ({ body: value }));
const query = (status: number, text: string) => cause(status, text, () => ({ query: text }));
const headers = (status: number, fields: Readonly<Record<string, string>>) =>
  cause(status, JSON.stringify(fields), () => ({ headers: fields }));

/** Who may not; what protects the bytes first, where it is bytes that are asked for. */
const closed: Causes = () => [
  [401, "no credentials", () => ({ as: {} })],
  [401, "a wrong token", ({ projectId }) => ({ as: basic(projectId, "PT-wrong") })],
  [401, "credentials that are none", () => ({ as: { authorization: "Basic !" } })],
  [
    401,
    "another project's token",
    (surface) => {
      const { AccountSid = "" } = surface.theirs;
      const { token } = surface.platform.addToken({
        projectId: AccountSid,
        scopes: ["management"],
      });
      return { as: basic(surface.projectId, token) };
    },
  ],
  [401, "every scope but the one", lacking],
  [
    403,
    "every scope but the one, where that is a 403",
    (surface, operation) => {
      surface.platform.setSwitches({ missingScopeStatus: 403 });
      return lacking(surface, operation);
    },
  ],
];

function lacking(surface: Surface, operation: ContractOperation): Asking {
  return { as: credentialsOf(surface, surface.projectId, [scopeOf(operation)]) };
}

/** Ids that nothing has, that are none, and those of another tree; each path parameter in turn. */
const missing: Causes = (operation) =>
  keysOf(operation).flatMap((key): Cause[] => [
    [404, `an unknown ${key}`, ({ known }) => ({ params: { [key]: unknownLike(known[key]) } })],
    [404, `a ${key} that is none`, () => ({ params: { [key]: "none" } })],
    ...(key === "SpaceId"
      ? []
      : [
          [
            404,
            `a stranger's ${key}`,
            ({ theirs }) => ({ params: { [key]: theirs[key] ?? "" } }),
          ] satisfies Cause,
        ]),
  ]);

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** The same name with another id. */
const unknownLike = (value = "") => value.replace(uuid, unknownId);

/** What only faults bring about. */
const fails = (status: 429 | 500) =>
  cause(status, "a fault", ({ platform }, { name }) => {
    // The contract's operations are those of the router; a fault for another is refused with an error.
    const route = name as FaultRoute;
    platform.faults.add({ kind: "status", status, retryAfter: 1, route });
    return {};
  });

/** A change of the surface's own medium, which the builders make for good. */
const inProgress = (status: number, kind: "message" | "fax") =>
  cause(status, `a ${kind} in progress`, ({ platform }) => {
    if (kind === "message") {
      const { message, media } = platform.addMessageMedia({ status: "queued" });
      return {
        params: {
          MessageSid: message.id,
          ParentMessageSid: message.id,
          "MediaSid of Messages": media.id,
        },
      };
    }
    const { fax, media } = platform.addFaxMedia({ status: "sending" });
    return { params: { FaxSid: fax.id, ParentFaxSid: fax.id, "MediaSid of Faxes": media.id } };
  });

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
const compatRead = [cause(200, "as it is"), ...metadata];
const compatDelete = [cause(204, "as it is"), fails(429), ...metadata];

/** Bytes: what is asked about them, and who may not have them while they are protected. */
const protect: Causes = (operation) =>
  closed(operation).map(([status, why, act]) => [
    status,
    `${why}, while protected`,
    (surface) => {
      surface.platform.setProtection(surface.projectId, {
        recordings: true,
        messageMedia: true,
        faxMedia: true,
      });
      return act(surface, operation);
    },
  ]);
const denial = (status: 403 | 404) =>
  cause(
    status,
    `no credentials while protected, where that is a ${status}`,
    (surface, operation) => {
      surface.platform.setSwitches({ deniedStatus: status });
      const [first] = protect(operation);
      return first?.[2](surface, operation) ?? {};
    },
  );
const moved = cause(302, "redirectToStorage", ({ platform }) => {
  platform.setSwitches({ redirectToStorage: true });
  return {};
});

const bytesHead = [
  cause(200, "anybody, while public", () => ({ as: {} })),
  cause(200, "the project, while protected", ({ platform, projectId }) => {
    platform.setProtection(projectId, { recordings: true, messageMedia: true, faxMedia: true });
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
  listMessages: [...compatList, query(422, "Status=lost"), query(422, "DateSent=none")],
  listMessagesJson: [...compatList, query(422, "Status=lost"), query(422, "DateSent=none")],
  getMessage: compatRead,
  deleteMessage: [...compatDelete, inProgress(422, "message")],
  getMessageJson: compatRead,
  deleteMessageJson: [...compatDelete, inProgress(422, "message")],
  listMessageMedia: [...compatList, query(422, "DateCreated=none")],
  listMessageMediaJson: [...compatList, query(422, "DateCreated=none")],
  downloadMessageMedia: bytes,
  headMessageMedia: bytesHead,
  deleteMessageMedia: [...compatDelete, inProgress(422, "message")],
  getMessageMedia: compatRead,
  deleteMessageMediaJson: [...compatDelete, inProgress(422, "message")],
  listFaxes: [...compatList, query(422, "DateCreatedAfter=none")],
  listFaxesJson: [...compatList, query(422, "DateCreatedAfter=none")],
  getFax: compatRead,
  deleteFax: [...compatDelete, inProgress(409, "fax")],
  getFaxJson: compatRead,
  deleteFaxJson: [...compatDelete, inProgress(409, "fax")],
  listFaxMedia: compatList,
  listFaxMediaJson: compatList,
  downloadFaxMedia: bytes,
  headFaxMedia: bytesHead,
  deleteFaxMedia: [...compatDelete, inProgress(409, "fax")],
  getFaxMedia: compatRead,
  deleteFaxMediaJson: [...compatDelete, inProgress(409, "fax")],
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
  downloadRecordingFile: bytes,
  headRecordingFile: bytesHead,
  downloadMessageFile: bytes,
  headMessageFile: bytesHead,
  downloadFaxFile: bytes,
  headFaxFile: bytesHead,
};

/** As `missing`, with a body that would be understood: an id is looked up before the body is used. */
function missingWithBody(operation: ContractOperation): readonly Cause[] {
  return missing(operation).map(([status, why, act]) => [
    status,
    why,
    (surface) => ({ ...act(surface, operation), body: { name: "Mine" } }),
  ]);
}

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
