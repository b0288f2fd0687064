/**
 * Faults of an answer that is there: of its body, or of what its header fields say about it.
 */

import type {
  BrokenBodyFault,
  ErrorBodyFault,
  ThrottleFault,
  WrongContentRangeFault,
  WrongLengthFault,
} from "../faults/fault.js";
import { breakOff, endedAfter, stall, throttled } from "../faults/faulty-body.js";
import type { Call } from "./call.js";
import { outageBody } from "./errors.js";

/** A fault of an answer. */
export type AnswerFault =
  | BrokenBodyFault<"stall">
  | BrokenBodyFault<"cut">
  | BrokenBodyFault<"reset">
  | ErrorBodyFault
  | ThrottleFault
  | WrongContentRangeFault
  | WrongLengthFault;

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/** An answer, and whether the fault did anything to it. */
export interface Altered {
  readonly response: Response;
  readonly acted: boolean;
}

/**
 * Makes an answer a faulty one. Denials, errors, redirects and answers without a body stay as they
 * are, and so do those that the fault would not change: a body that ends before it is cut.
 */
export async function alterAnswer(
  call: Call,
  fault: AnswerFault,
  response: Response,
): Promise<Altered> {
  const unchanged =
    !response.ok ||
    response.body === null ||
    call.request.method === "HEAD" ||
    (fault.kind === "wrongContentRange" && !response.headers.has("content-range"));
  if (unchanged) return { response, acted: false };
  const { headers, body } = await announced(response);
  if (comesWhole(fault, Number(headers.get("content-length")))) {
    return { response: call.remake(response.status, headers, body), acted: false };
  }
  return { response: await altered(call, fault, response.status, headers, body), acted: true };
}

/** Whether a body is no longer than what comes of it. */
function comesWhole(fault: AnswerFault, length: number): boolean {
  const breaks = fault.kind === "stall" || fault.kind === "cut" || fault.kind === "reset";
  return breaks && length <= (fault.after ?? 0);
}

async function altered(
  call: Call,
  fault: AnswerFault,
  status: number,
  headers: Headers,
  body: Body,
): Promise<Response> {
  switch (fault.kind) {
    case "throttle": {
      const { bytesPerSecond } = fault;
      const slow = throttled(body, bytesPerSecond, call.platform.wait, call.request.signal);
      return call.remake(status, headers, slow);
    }
    case "stall":
      return call.remake(status, headers, endedAfter(body, fault.after ?? 0, stall));
    case "cut":
    case "reset": {
      const { kind } = fault;
      const end = () => breakOff(kind, call.disconnect);
      return call.remake(status, headers, endedAfter(body, fault.after ?? 0, end));
    }
    case "wrongLength": {
      const length = Number(headers.get("content-length")) + (fault.by ?? 1);
      headers.set("content-length", String(Math.max(0, length)));
      // What follows a body of the wrong length cannot be told from it: no other answer may follow.
      if (call.disconnect !== undefined) headers.set("connection", "close");
      return call.remake(status, headers, body);
    }
    case "wrongContentRange":
      moveContentRange(headers, fault.by ?? 1);
      return call.remake(status, headers, body);
    case "errorBody": {
      await body.cancel();
      const text = JSON.stringify(outageBody(call.family, 500));
      const described = ["content-length", "content-range", "content-disposition", "etag"];
      for (const name of [...described, "last-modified", "accept-ranges"]) headers.delete(name);
      headers.set("content-type", fault.contentType ?? "application/json");
      return call.remake(200, headers, text);
    }
  }
}

/** The header fields and the body of an answer, its length among them. */
async function announced(response: Response): Promise<{ headers: Headers; body: Body }> {
  const headers = new Headers(response.headers);
  if (headers.has("content-length") && response.body !== null) {
    return { headers, body: response.body };
  }
  // Media says its length itself; only JSON leaves that to the server.
  const bytes = new Uint8Array(await response.arrayBuffer());
  headers.set("content-length", String(bytes.length));
  return { headers, body: new Blob([bytes]).stream() };
}

function moveContentRange(headers: Headers, by: number): void {
  const [, start, end, size] =
    /^bytes (\d+)-(\d+)(\/.*)$/.exec(headers.get("content-range") ?? "") ?? [];
  if (start === undefined || end === undefined) return;
  const move = Math.max(-Number(start), by);
  headers.set("content-range", `bytes ${Number(start) + move}-${Number(end) + move}${size}`);
}
