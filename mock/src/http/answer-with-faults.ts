/**
 * The one place where a request meets its fault: before it is answered, or on its answer.
 */

import { type Fault, FaultError } from "../faults/fault.js";
import { faultHeader, parseFaultHeader } from "../faults/fault-header.js";
import type { Hit } from "../faults/faults.js";
import { otherVersion } from "../faults/other-version.js";
import { redirectLocation } from "../faults/redirect-location.js";
import { alterAnswer } from "./alter-answer.js";
import type { Call } from "./call.js";
import { outageBody } from "./errors.js";

const hitRequests = new WeakSet<Request>();

/** Whether a fault hit a request, so that its answer need not be what the contract says. */
export function wasHit(request: Request): boolean {
  return hitRequests.has(request);
}

/** The query parameter that counts the hops of a chain of redirects. */
const hopParameter = "mock-hop";

/** Answers a request, with the fault that hits it if there is one, and writes the journal. */
export function answerWithFaults(
  call: Call,
  answer: () => Response | Promise<Response>,
): Response | Promise<Response> {
  const header = call.request.headers.get(faultHeader);
  // The usual case, which need not wait for anything.
  if (header === null && call.platform.faults.size === 0) {
    const response = answer();
    return response instanceof Promise
      ? response.then((it) => call.record(it))
      : call.record(response);
  }
  return answerFaulty(call, header, answer);
}

async function answerFaulty(
  call: Call,
  header: string | null,
  answer: () => Response | Promise<Response>,
): Promise<Response> {
  const hop = hopOf(call.request.url);
  let hit: Hit | undefined;
  try {
    hit = header === null ? nextFault(call, hop) : { fault: parseFaultHeader(header), turn: 0 };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    hitRequests.add(call.request);
    return call.record(call.refuse(400, `${faultHeader}: ${error.message}`));
  }
  if (hit === undefined) return call.record(await answer());
  call.fault = hit.fault;
  hitRequests.add(call.request);
  return call.record(await applyFault(call, hit, hop, answer));
}

function nextFault(call: Call, hop: number): Hit | undefined {
  const { role: origin, route, mediaId: media, platform } = call;
  return platform.faults.next({ origin, route, media, hop });
}

/** Applies a fault to a request. */
async function applyFault(
  call: Call,
  { fault, turn }: Hit,
  hop: number,
  answer: () => Response | Promise<Response>,
): Promise<Response> {
  switch (fault.kind) {
    case "latency":
      await call.platform.wait(fault.ms, call.request.signal);
      return answer();
    case "status":
      return refuse(call, fault);
    case "redirect": {
      const location = redirectLocation(fault, call.request.url, hopParameter, hop);
      return location === undefined ? answer() : call.empty(fault.status ?? 302, { location });
    }
    case "notReady": {
      const response = await answer();
      // Who may not read it learns nothing, not even that it is coming.
      if (call.decision === "deny" || response.status === 404) return response;
      await response.body?.cancel();
      return call.error(404);
    }
    case "newVersion": {
      if (fault.after !== undefined && turn === 0) {
        return alterAnswer(call, { kind: "cut", after: fault.after }, await answer());
      }
      call.swap = (file, request) => [
        otherVersion(file),
        fault.ifRange === "ignore" ? withoutIfRange(request) : request,
      ];
      return answer();
    }
    default:
      return alterAnswer(call, fault, await answer());
  }
}

function refuse(call: Call, fault: Extract<Fault, { readonly kind: "status" }>): Response {
  const headers: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
  if (fault.retryAfter !== undefined) {
    // RFC 9110 §10.2.3: a number of seconds, or an HTTP-date.
    headers["retry-after"] =
      fault.retryAfterAs === "date"
        ? new Date(call.platform.now() + fault.retryAfter * 1000).toUTCString()
        : String(fault.retryAfter);
  }
  return call.answer(fault.status, headers, JSON.stringify(outageBody(call.family, fault.status)));
}

function withoutIfRange(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete("if-range");
  return new Request(request.url, { method: request.method, headers });
}

function hopOf(url: string): number {
  if (!url.includes(hopParameter)) return 0;
  const hop = Number(new URL(url).searchParams.get(hopParameter));
  return Number.isSafeInteger(hop) && hop > 0 ? hop : 0;
}
