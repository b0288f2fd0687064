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

/** Makes an answer a faulty one. Denials, errors, redirects and answers without a body stay as they are. */
export async function alterAnswer(
  call: Call,
  fault: AnswerFault,
  response: Response,
): Promise<Response> {
  if (!response.ok || response.body === null) return response;
  const { headers, body } = await announced(response);
  switch (fault.kind) {
    case "throttle": {
      const { bytesPerSecond } = fault;
      const slow = throttled(body, bytesPerSecond, call.platform.wait, call.request.signal);
      return call.remake(response.status, headers, slow);
    }
    case "stall":
      return call.remake(response.status, headers, endedAfter(body, fault.after ?? 0, stall));
    case "cut":
    case "reset": {
      const { kind } = fault;
      const end = () => breakOff(kind, call.disconnect);
      return call.remake(response.status, headers, endedAfter(body, fault.after ?? 0, end));
    }
    case "wrongLength": {
      const length = Number(headers.get("content-length")) + (fault.by ?? 1);
      headers.set("content-length", String(Math.max(0, length)));
      // What follows a body of the wrong length cannot be told from it: no other answer may follow.
      if (call.disconnect !== undefined) headers.set("connection", "close");
      return call.remake(response.status, headers, body);
    }
    case "wrongContentRange":
      moveContentRange(headers, fault.by ?? 1);
      return call.remake(response.status, headers, body);
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
