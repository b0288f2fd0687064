import type { Schemas } from "@media-protection/contract";
import type { FaultRoute } from "@media-protection/mock";
import { type ContractOperation, scopeOf } from "../../helpers/contract/contract-operations.js";
import { basic } from "../scene.js";
import {
  type Asking,
  credentialsOf,
  type Known,
  keysOf,
  type Surface,
  unknownId,
} from "./surface.js";

// Why the platform answers a status: what an operation of the contract is asked, after what.

/** A status, why it is answered, and how that comes about: what is set, and what is asked then. */
export type Cause = readonly [
  status: number,
  why: string,
  act: (surface: Surface, operation: ContractOperation) => Asking,
];

/** Causes that are the same for many operations. */
export type Causes = (operation: ContractOperation) => readonly Cause[];

/** One cause, the same for each operation. */
export const cause =
  (status: number, why: string, act: Cause[2] = () => ({})): Causes =>
  () => [[status, why, act]];

/** A cause that is a body, a query, or fields of the head. */
export const body = (status: number, why: string, value: unknown) =>
  cause(status, why, () => ({ body: value }));
/** As `body`. */
export const query = (status: number, text: string) => cause(status, text, () => ({ query: text }));
/** As `body`. */
export const headers = (status: number, fields: Readonly<Record<string, string>>) =>
  cause(status, JSON.stringify(fields), () => ({ headers: fields }));

/** Who may not. */
export const closed: Causes = () => [
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
export const missing: Causes = (operation) =>
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
export const fails = (status: 429 | 500) =>
  cause(status, "a fault", ({ platform }, { name }) => {
    // The contract's operations are those of the router; a fault for another is refused with an error.
    const route = name as FaultRoute;
    platform.faults.add({ kind: "status", status, retryAfter: 1, route });
    return {};
  });

/** The states in which a message and a fax cannot be deleted, nor their media. */
export const statesInProgress = {
  message: ["queued", "initiated"],
  fax: ["queued", "processing", "sending", "receiving"],
} as const;

/** Another message or fax than the usual one, since the state of that is what it is. */
export function messageOf({ platform }: Surface, status: Schemas["MessageStatus"]): Known {
  const { message, media } = platform.addMessageMedia({ status });
  return {
    MessageSid: message.id,
    ParentMessageSid: message.id,
    "MediaSid of Messages": media.id,
  };
}

/** As `messageOf`. */
export function faxOf({ platform }: Surface, status: Schemas["FaxStatus"]): Known {
  const { fax, media } = platform.addFaxMedia({ status });
  return { FaxSid: fax.id, ParentFaxSid: fax.id, "MediaSid of Faxes": media.id };
}

/** What may not be deleted yet. */
export const messageInProgress: Causes = () =>
  statesInProgress.message.map((state) => [
    422,
    `a message that is ${state}`,
    (surface) => ({ params: messageOf(surface, state) }),
  ]);

/** As `messageInProgress`. */
export const faxInProgress: Causes = () =>
  statesInProgress.fax.map((state) => [
    409,
    `a fax that is ${state}`,
    (surface) => ({ params: faxOf(surface, state) }),
  ]);

/** As `missing`, with a body that would be understood: an id is looked up before the body is used. */
export function missingWithBody(operation: ContractOperation): readonly Cause[] {
  return missing(operation).map(([status, why, act]) => [
    status,
    why,
    (surface) => ({ ...act(surface, operation), body: { name: "Mine" } }),
  ]);
}

/** All kinds protected. */
export const everything = { recordings: true, messageMedia: true, faxMedia: true } as const;

/** Who may not have bytes while they are protected. */
export const protect: Causes = (operation) =>
  closed(operation).map(([status, why, act]) => [
    status,
    `${why}, while protected`,
    (surface) => {
      surface.platform.setProtection(surface.projectId, everything);
      return act(surface, operation);
    },
  ]);

/** A denial of another status. */
export const denial = (status: 403 | 404) =>
  cause(
    status,
    `no credentials while protected, where that is a ${status}`,
    (surface, operation) => {
      surface.platform.setSwitches({ deniedStatus: status });
      const [first] = protect(operation);
      return first?.[2](surface, operation) ?? {};
    },
  );

/** Bytes that are elsewhere. */
export const moved = cause(302, "redirectToStorage", ({ platform }) => {
  platform.setSwitches({ redirectToStorage: true });
  return {};
});
