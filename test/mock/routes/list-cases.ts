import { operations, parametersIn } from "../../helpers/contract/contract-operations.js";
import {
  after,
  before,
  dated,
  earlier,
  last,
  later,
  midnight,
  next,
  noon,
  on,
  until,
} from "./list-dates.js";
import { type Asking, credentialsOf, type Surface } from "./surface.js";

// What is in each list, and which of it each value of each filter lets through.

/** An item to be listed: what it is called here, when it was made, and what filters look at. */
export interface Item {
  readonly name: string;
  readonly at: number;
  readonly [attribute: string]: unknown;
}

/** A list of the contract, with and without `.json`. */
export interface ListCase {
  readonly operations: readonly string[];
  /** Where an answer has the items. */
  readonly key: string;
  /** In the order of the list. */
  readonly items: readonly Item[];
  /** Adds an item to the tree of a root project, and answers its id. */
  readonly add: (surface: Surface, rootId: string, item: Item) => string;
  /** Path parameters besides the account. */
  readonly params?: Readonly<Record<string, string>>;
  /** For each filter the names of the items that each of its values lets through. */
  readonly filters: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const messageId = "a0000000-0000-4000-8000-000000000001";
const faxId = "a0000000-0000-4000-8000-000000000002";
const callId = "a0000000-0000-4000-8000-00000000000c";
const conferenceId = "a0000000-0000-4000-8000-00000000000d";
const nobody = "a0000000-0000-4000-8000-00000000000e";
const [alice, bob, carol] = ["+15550100007", "+15550100008", "+15550100009"];

/** Recordings of one call or conference. */
const nested = (parent: object): readonly Item[] => dated.map((item) => ({ ...item, ...parent }));

const recording = (surface: Surface, projectId: string, { name: _, at, ...rest }: Item): string =>
  surface.platform.addRecording({ projectId, createdAt: at, seconds: 1, ...rest }).recording.id;

/** The deleted fax is in the logs of those who ask for it. */
const faxes: readonly Item[] = [
  { name: "later", at: later, from: alice, to: bob },
  { name: "next", at: next, from: bob, to: alice },
  { name: "last", at: last, from: alice, to: bob },
  { name: "gone", at: noon, from: alice, to: bob },
  { name: "noon", at: noon, from: carol, to: bob },
  { name: "midnight", at: midnight, from: alice, to: carol },
  { name: "before", at: before, from: bob, to: alice },
];

function fax({ platform }: Surface, projectId: string, { name, at, ...rest }: Item): string {
  const added = platform.addFaxMedia({ projectId, createdAt: at, ...rest }).fax;
  added.deleted = name === "gone";
  return added.id;
}

const withGone = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(values).map(([value, names]) => [value, names.replace("noon", "gone noon")]),
  );

export const listCases: readonly ListCase[] = [
  {
    operations: ["listRecordings", "listRecordingsJson"],
    key: "recordings",
    items: [
      { name: "later", at: later, callId, conferenceId },
      { name: "next", at: next, conferenceId },
      { name: "last", at: last, callId },
      { name: "noon", at: noon, conferenceId },
      { name: "midnight", at: midnight, callId },
      { name: "before", at: before },
    ],
    add: recording,
    filters: {
      DateCreated: on,
      "DateCreated<": earlier,
      "DateCreated>": after,
      CallSid: {
        [callId]: "later last midnight",
        [callId.toUpperCase()]: "later last midnight",
        [nobody]: "",
      },
      ConferenceSid: {
        [conferenceId]: "later next noon",
        [conferenceId.toUpperCase()]: "later next noon",
        [callId]: "",
      },
    },
  },
  {
    operations: ["listCallRecordings", "listCallRecordingsJson"],
    key: "recordings",
    items: nested({ callId }),
    params: { ParentCallSid: callId },
    add: recording,
    filters: { DateCreated: on, "DateCreated<": earlier, "DateCreated>": after },
  },
  {
    operations: ["listConferenceRecordings", "listConferenceRecordingsJson"],
    key: "recordings",
    items: nested({ conferenceId }),
    params: { ParentConferenceSid: conferenceId },
    add: recording,
    filters: { DateCreated: on, "DateCreated<": earlier, "DateCreated>": after },
  },
  {
    operations: ["listConferenceLogs"],
    key: "data",
    items: dated,
    add: (surface, projectId, item) => {
      const id = surface.platform.uuid();
      // Of more than one recording, the first says when the conference was.
      for (const at of [item.at, item.at + 3_600_000]) {
        recording(surface, projectId, { ...item, at, conferenceId: id });
      }
      return id;
    },
    filters: {},
  },
  {
    operations: ["listMessages", "listMessagesJson"],
    key: "messages",
    items: [
      { name: "later", at: later, from: alice, to: bob, status: "received" },
      { name: "next", at: next, from: bob, to: alice, status: "undelivered" },
      { name: "last", at: last, from: alice, to: carol, status: "failed" },
      // Never sent, so of no date.
      { name: "queued", at: noon + 2, from: bob, to: carol, status: "queued" },
      { name: "initiated", at: noon + 1, from: bob, to: alice, status: "initiated" },
      { name: "noon", at: noon, from: alice, to: bob, status: "delivered" },
      { name: "midnight", at: midnight, from: carol, to: bob, status: "sent" },
      { name: "before", at: before, from: alice, to: bob, status: "received" },
    ],
    add: ({ platform }, projectId, { name: _, at, ...rest }) =>
      platform.addMessageMedia({ projectId, createdAt: at, ...rest }).message.id,
    filters: {
      DateSent: on,
      "DateSent<": earlier,
      "DateSent>": after,
      From: { [alice]: "later last noon before", [carol]: "midnight", "+1555010000": "" },
      To: { [bob]: "later noon midnight before", [alice]: "next initiated", "+1555010000": "" },
      Status: {
        queued: "queued",
        initiated: "initiated",
        sent: "midnight",
        failed: "last",
        delivered: "noon",
        undelivered: "next",
        received: "later before",
      },
    },
  },
  {
    operations: ["listMessageMedia", "listMessageMediaJson"],
    key: "media_list",
    items: dated,
    params: { ParentMessageSid: messageId },
    add: ({ platform }, projectId, { at }) =>
      platform.addMessageMedia({ projectId, messageId, createdAt: at }).media.id,
    filters: { DateCreated: on, "DateCreated<": earlier, "DateCreated>": after },
  },
  {
    operations: ["listFaxes", "listFaxesJson"],
    key: "faxes",
    items: faxes.filter(({ name }) => name !== "gone"),
    add: fax,
    filters: {
      DateCreatedAfter: after,
      DateCreatedOnOrBefore: until,
      From: { [alice]: "later last midnight", [carol]: "noon", "+1555010000": "" },
      To: { [bob]: "later last noon", [alice]: "next before", "+1555010000": "" },
    },
  },
  {
    operations: ["listFaxMedia", "listFaxMediaJson"],
    key: "fax_media",
    items: dated,
    params: { ParentFaxSid: faxId },
    add: ({ platform }, projectId, { at }) =>
      platform.addFaxMedia({ projectId, faxId, createdAt: at }).media.id,
    filters: {},
  },
  {
    operations: ["listFaxLogs"],
    key: "data",
    items: faxes,
    add: fax,
    filters: {
      include_deleted: {
        true: "later next last gone noon midnight before",
        false: "later next last noon midnight before",
      },
      created_on: withGone(on),
      created_before: withGone(earlier),
      created_after: withGone(after),
    },
  },
  {
    operations: ["listRelayRecordings"],
    key: "data",
    items: dated,
    add: recording,
    filters: {},
  },
  {
    operations: ["listProjects"],
    key: "data",
    // The root project first, then the oldest.
    items: [
      { name: "root", at: 0 },
      { name: "old", at: before, title: "A & B" },
      { name: "mid", at: noon, title: "Clinic" },
      { name: "twin", at: noon + 1, title: "Clinic" },
      { name: "lower", at: last, title: "clinic" },
      { name: "new", at: later, title: "Clinic 2" },
    ],
    add: ({ platform }, parentId, { name, at, title }) =>
      name === "root"
        ? parentId
        : platform.addProject({ parentId, name: String(title), createdAt: at }).id,
    filters: {
      name: {
        "A & B": "old",
        Clinic: "mid twin",
        clinic: "lower",
        Clin: "",
        Root: "root",
      },
    },
  },
];

/** A list that is filled, and how it is asked for. */
export interface Stage {
  readonly surface: Surface;
  /** The root project whose tree it is filled in. */
  readonly rootId: string;
  readonly asking: Asking;
  /** The names of the items by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** Fills a list in a tree of its own: what others have is beside it, and never in it. */
export function setStage(list: ListCase, surface: Surface, items = list.items): Stage {
  const { platform } = surface;
  const { id } = platform.addProject({ parentId: null, name: "Root" });
  // Oldest first, and of the same time in the order of the list, which begins with the newest.
  const oldestFirst = items.toReversed().toSorted((a, b) => a.at - b.at);
  const names = new Map(oldestFirst.map((item) => [list.add(surface, id, item), item.name]));
  const asking = {
    as: credentialsOf(surface, id),
    params: { AccountSid: id, ...list.params },
  };
  return { surface, rootId: id, asking, names };
}

/** Every list of the contract: what is read and has page parameters, or says in links where pages are. */
export const listOperations = operations.filter(
  (operation) =>
    operation.method === "get" &&
    (parametersIn(operation, "query").length > 0 || /\/recordings$/.test(operation.path)),
);
