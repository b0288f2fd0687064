/**
 * The one place where a request meets its fault: before it is answered, or on its answer.
 */

import type { Hit } from "../faults/armed-faults.js";
import { type Fault, FaultError, type NewVersionFault } from "../faults/fault.js";
import { faultHeader, parseFaultHeader } from "../faults/fault-header.js";
import { otherVersion } from "../faults/other-version.js";
import { redirectLocation } from "../faults/redirect-location.js";
import { type Altered, alterAnswer } from "./alter-answer.js";
import type { Call } from "./call.js";
import { outageBody } from "./errors.js";

const hitRequests = new WeakSet<Request>();

/** Whether a fault hit a request, so that its answer need not be what the contract says. */
export function wasHit(request: Request): boolean {
  return hitRequests.has(request);
}

/** What the journal says of a request whose client left before it was answered; nginx has it so. */
const clientLeft = 499;

/** The query parameter that counts the hops of a chain of redirects. */
const hopParameter = "mock-hop";

/** Answers a request, with the fault that hits it if there is one, and writes the journal. */
export function answerWithFaults(
  call: Call,
  answer: () => Response | Promise<Response>,
): Response | Promise<Response> {
  const header = call.request.headers.get(faultHeader);
  // The usual case, which need not wait for anything.
  if (header === null && (call.platform.faults.size === 0 || call.fromDashboard)) {
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
    hit =
      header === null
        ? nextFault(call, hop)
        : { fault: parseFaultHeader(header), turn: 0, miss() {} };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    hitRequests.add(call.request);
    return call.record(call.refuse(400, `${faultHeader}: ${error.message}`));
  }
  if (hit === undefined) return call.record(await answer());
  const { response, acted } = await applyFault(call, hit, hop, answer);
  if (acted) {
    call.fault = hit.fault;
    hitRequests.add(call.request);
  } else {
    hit.miss();
  }
  return call.record(response);
}

function nextFault(call: Call, hop: number): Hit | undefined {
  const { role: origin, route, mediaId: media, platform } = call;
  return platform.faults.next({ origin, route, media, hop });
}

const did = (response: Response): Altered => ({ response, acted: true });

/** Applies a fault to a request, and says whether it did anything. */
async function applyFault(
  call: Call,
  { fault, turn }: Hit,
  hop: number,
  answer: () => Response | Promise<Response>,
): Promise<Altered> {
  switch (fault.kind) {
    case "latency":
      await call.platform.wait(fault.ms, call.request.signal);
      // Who left meanwhile is told nothing, and what was asked for does not happen.
      return did(call.request.signal.aborted ? call.empty(clientLeft) : await answer());
    case "status":
      return did(refuse(call, fault));
    case "redirect": {
      const location = redirectLocation(fault, call.request.url, hopParameter, hop);
      // The end of a chain is part of it.
      if (location === undefined) return { response: await answer(), acted: hop > 0 };
      return did(call.empty(fault.status ?? 302, { location }));
    }
    case "notReady": {
      const response = await answer();
      // Who may not read it learns nothing, not even that it is coming.
      if (call.decision === "deny" || response.status === 404) return { response, acted: false };
      await response.body?.cancel();
      return did(call.error(404));
    }
    case "newVersion":
      return applyNewVersion(call, fault, turn, answer);
    default:
      return alterAnswer(call, fault, await answer());
  }
}

async function applyNewVersion(
  call: Call,
  fault: NewVersionFault,
  turn: number,
  answer: () => Response | Promise<Response>,
): Promise<Altered> {
  if (fault.after !== undefined && turn === 0) {
    return alterAnswer(call, { kind: "cut", after: fault.after }, await answer());
  }
  let acted = false;
  call.swap = (file, request) => {
    acted = true;
    return [otherVersion(file), fault.ifRange === "ignore" ? withoutIfRange(request) : request];
  };
  const response = await answer();
  return { response, acted };
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
  // RFC 9110 §15.5.2: a 401 must say how to authenticate.
  if (fault.status === 401) headers["www-authenticate"] = call.challenge;
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
