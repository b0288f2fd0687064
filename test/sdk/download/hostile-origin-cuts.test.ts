import {
  beginning,
  describeCases,
  type HostileCase,
  medium,
  part,
  whole,
  wholeHead,
} from "../../helpers/origins/hostile-case.js";
import {
  type Answer,
  drip,
  fin,
  hold,
  reset,
  type Step,
} from "../../helpers/origins/raw-origin.js";

const size = medium.length;
const untagged = { etag: undefined };
const impatient = { attemptTimeout: 150, stallTimeout: 100 };

/** The first bytes of a whole answer, head and all, and what then happens to the connection. */
function cutAt(byte: number, end: Step): Answer {
  const text = Buffer.concat([Buffer.from(wholeHead()), medium]);
  return [text.subarray(0, byte), end];
}

const headLength = wholeHead().length;
const cuts: [string, number][] = [
  ["before the first byte", 0],
  ["after the first byte", 1],
  ["in the status line", 12],
  ["after the status line", 17],
  ["in a field", 30],
  ["before the last line feed of the head", headLength - 1],
  ["right after the head", headLength],
  ["after 1 byte of the body", headLength + 1],
  ["in the middle of the body", headLength + size / 2],
  ["before the last byte", headLength + size - 1],
  ["after the last byte", headLength + size],
];

const once: Record<string, HostileCase> = {};
const always: Record<string, HostileCase> = {};
for (const [where, byte] of cuts) {
  const delivered = Math.max(0, byte - headLength);
  const isWhole = delivered === size;
  once[`closed ${where}`] = {
    faults: [cutAt(byte, fin)],
    ends: "exact",
    requests: isWhole ? 1 : 2,
    ...(delivered > 0 && !isWhole && { resumes: `bytes=${delivered}-${size - 1}` }),
  };
  // What a reset overtakes may be lost, so the place where it resumes is the network's choice.
  once[`reset ${where}`] = { faults: [cutAt(byte, reset)], ends: "exact" };
  once[`silent ${where}`] = { faults: [cutAt(byte, hold)], ends: "exact", options: impatient };
  if (isWhole) continue;
  always[`closed ${where}`] = {
    always: cutAt(byte, fin),
    ends: byte < headLength ? ["ConnectionError"] : ["IntegrityError"],
    ...(byte >= headLength && { error: { reason: "cut" } }),
  };
}

describeCases("a connection that fails once is replaced: it is", once);

describeCases("a connection that always fails at the same byte ends in an error: it is", {
  ...always,
  "reset before the first byte": {
    always: [reset],
    ends: ["ConnectionError"],
    requests: 4,
  },
  "silent before the first byte": {
    always: [hold],
    ends: ["TimeoutError"],
    requests: 4,
    options: impatient,
  },
  "silent in the head": {
    always: cutAt(30, hold),
    ends: ["TimeoutError"],
    requests: 4,
    options: impatient,
  },
  "silent right after the head": {
    always: [wholeHead(), hold],
    ends: ["IntegrityError"],
    error: { reason: "cut" },
    options: impatient,
  },
  "closed before the first byte, with retries turned off": {
    always: [fin],
    ends: ["ConnectionError"],
    requests: 1,
    options: { retry: { retries: 0 } },
  },
  "closed in the body, with retries turned off": {
    always: beginning(500),
    ends: ["IntegrityError"],
    error: { reason: "cut" },
    requests: 1,
    options: { retry: { retries: 0 } },
  },
});

describeCases("without a strong entity tag, two answers are never joined: a body", {
  "cut before its first byte is asked for anew": {
    faults: [beginning(0, untagged)],
    always: whole(untagged),
    ends: "exact",
    requests: 2,
  },
  "cut before its first byte is refused where the new answer has another length": {
    faults: [beginning(0, untagged)],
    always: whole({ ...untagged, "content-length": `${size - 1}` }, medium.subarray(1)),
    ends: ["IntegrityError"],
    error: { reason: "changed" },
  },
  "cut after a byte is an error": {
    faults: [beginning(1, untagged)],
    always: whole(untagged),
    ends: ["IntegrityError"],
    error: { reason: "cut" },
    requests: 1,
  },
  "reset in the middle is an error, unless nothing of it was seen": {
    faults: [[...beginning(size / 2, untagged), reset]],
    always: beginning(1, untagged),
    ends: ["IntegrityError"],
    error: { reason: "cut" },
  },
  "silent in the middle is an error": {
    faults: [[...beginning(size / 2, untagged), hold]],
    always: whole(untagged),
    ends: ["IntegrityError"],
    error: { reason: "cut" },
    requests: 1,
    options: impatient,
  },
  "with a weak tag, cut, is an error": {
    faults: [beginning(500, { etag: 'W/"v1"' })],
    ends: ["IntegrityError"],
    error: { reason: "cut" },
    requests: 1,
  },
  "with a tag without quotes, cut, is an error": {
    faults: [beginning(500, { etag: "v1" })],
    ends: ["IntegrityError"],
    error: { reason: "cut" },
    requests: 1,
  },
  "with two tags, cut, is an error": {
    faults: [beginning(500, { etag: ['"v1"', '"v2"'] })],
    ends: ["IntegrityError"],
    error: { reason: "cut" },
    requests: 1,
  },
  "with a weak tag, whole, is what it is": {
    faults: [whole({ etag: 'W/"v1"' })],
    ends: "exact",
    requests: 1,
  },
});

describeCases("a slow origin is waited for:", {
  "a head that drips byte by byte": {
    faults: [[...drip(wholeHead()), medium]],
    ends: "exact",
    requests: 1,
  },
  "a body that drips byte by byte": {
    faults: [[wholeHead(), ...drip(medium)]],
    ends: "exact",
    requests: 1,
  },
  "a resumption that drips": {
    faults: [beginning(400), part(400).flatMap((step) => drip(step as string, 7))],
    ends: "exact",
    requests: 2,
    resumes: `bytes=400-${size - 1}`,
  },
  "but not one whose every connection ends at the same byte": {
    always: beginning(1),
    ends: ["IntegrityError"],
    error: { reason: "cut" },
    requests: 4,
  },
});
