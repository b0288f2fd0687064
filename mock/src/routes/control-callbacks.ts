/**
 * `/__mock/callbacks`: callbacks that the mock sends, told from outside.
 */

import { callbackFaults } from "../callbacks/callbacks.js";
import type { Call } from "../http/call.js";
import { readJson } from "../http/json-body.js";
import { OptionError } from "../rules/checks.js";

/** `GET /__mock/callbacks`: the shapes in which the platform tells of media, and what may go wrong. */
export function showCallbacks(call: Call): Response {
  const { shapes, described } = call.platform.callbacks;
  return call.json(200, { shapes, described, faults: callbackFaults });
}

/** `POST /__mock/callbacks`: sends one, and answers when its receiver has. */
export async function sendCallback(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  if (!body.ok) return call.refuse(422, "The body must be JSON.");
  try {
    const { shape, ...options } = Object(body.value);
    if ("fetch" in options) throw new OptionError("fetch", "left out: JSON has no functions");
    return call.json(201, { deliveries: await call.platform.callbacks.send(shape, options) });
  } catch (error) {
    if (error instanceof OptionError) return call.refuse(422, error.message);
    throw error;
  }
}
