/**
 * `/__mock/faults`: what goes wrong, added and cleared from outside.
 */

import type { ListedFault } from "../faults/armed-faults.js";
import { type Fault, FaultError } from "../faults/fault.js";
import { readFault } from "../faults/read-fault.js";
import type { Call } from "../http/call.js";
import { readJson } from "../http/json-body.js";

/** A fault as the control endpoint shows it: the fault itself, its id, and how many requests it hit. */
export type ShownFault = Fault & Pick<ListedFault, "id" | "hits">;

const show = ({ id, fault, hits }: ListedFault): ShownFault => ({ id, hits, ...fault });

/** `GET /__mock/faults` */
export function showFaults(call: Call): Response {
  return call.json(200, { faults: call.platform.faults.list().map(show) });
}

/** `POST /__mock/faults` */
export async function addFault(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  if (!body.ok) return call.refuse(422, "The body must be JSON.");
  try {
    const { faults, routes } = call.platform;
    const fault = readFault(body.value);
    if (fault.route !== undefined && !routes.has(fault.route)) {
      throw new FaultError(`The contract has no operation "${fault.route}".`);
    }
    return call.json(201, show({ id: faults.add(fault), fault, hits: 0 }));
  } catch (error) {
    if (error instanceof FaultError) return call.refuse(422, error.message);
    throw error;
  }
}

/** `DELETE /__mock/faults`: all of them. */
export function clearFaults(call: Call): Response {
  call.platform.faults.clear();
  return call.empty(204);
}

/** `DELETE /__mock/faults/{id}` */
export function removeFault(call: Call, id: string): Response {
  return call.platform.faults.remove(id) ? call.empty(204) : call.error(404);
}
