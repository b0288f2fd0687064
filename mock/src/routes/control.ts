/**
 * The control endpoints, `/__mock/…` on the space's origin: what a test that is not written in
 * JavaScript needs. They are the mock's own and no part of the contract, so this is the one place
 * whose routes and answers the contract does not type.
 */

import type { Call } from "../http/call.js";
import { readJson } from "../http/json-body.js";
import { describeMedium, findMedium } from "../platform/media-lookup.js";
import { OptionError, seededCredentials } from "../platform/options.js";
import type { Origins } from "../rules/origins.js";
import { SwitchError, switchNames, switchTable } from "../rules/switches.js";
import { sendCallback, showCallbacks } from "./control-callbacks.js";
import { addFault, clearFaults, removeFault, showFaults } from "./control-faults.js";
import { clearJournal, showJournal, streamEvents } from "./control-journal.js";
import { addMedium, addUpload } from "./control-media.js";
import { addToken, revokeToken, revokeTokenById, showTokens } from "./control-tokens.js";

/** What answers a control endpoint, and what it is for. */
interface Endpoint {
  readonly about: string;
  readonly answer: (call: Call, id: string) => Response | Promise<Response>;
}

/** The control endpoints, by method and path; what stands in braces is an id. */
const endpoints: Readonly<Record<string, Endpoint>> = {
  "GET /__mock/": { about: "these endpoints", answer: listEndpoints },
  "GET /__mock/callbacks": { about: "the shapes of callbacks", answer: showCallbacks },
  "POST /__mock/callbacks": { about: "sends a callback, signed", answer: sendCallback },
  "GET /__mock/faults": { about: "the faults that are armed", answer: showFaults },
  "POST /__mock/faults": { about: "arms a fault", answer: addFault },
  "DELETE /__mock/faults": { about: "disarms all", answer: clearFaults },
  "DELETE /__mock/faults/{id}": { about: "disarms one", answer: removeFault },
  "GET /__mock/journal": {
    about: "the requests so far, by what a query asks",
    answer: showJournal,
  },
  "DELETE /__mock/journal": { about: "forgets them", answer: clearJournal },
  "GET /__mock/journal/events": { about: "each as it comes, as events", answer: streamEvents },
  "GET /__mock/platform": {
    about: "hosts, root project, its seeded token",
    answer: describePlatform,
  },
  "POST /__mock/reset": { about: "all as it was at the start", answer: reset },
  "GET /__mock/switches": { about: "the unverified behaviours", answer: switches },
  "PATCH /__mock/switches": { about: "changes some", answer: changeSwitches },
  "POST /__mock/media": { about: "adds a medium", answer: media },
  "GET /__mock/media/{id}": { about: "where a medium is", answer: showMedium },
  "GET /__mock/signing-keys": { about: "what signs callbacks", answer: showSigningKeys },
  "GET /__mock/tokens": { about: "the API tokens, without their text", answer: showTokens },
  "POST /__mock/tokens": { about: "adds an API token", answer: addToken },
  "POST /__mock/tokens/revoke": { about: "revokes one by its text", answer: revokeToken },
  "DELETE /__mock/tokens/{id}": { about: "revokes one by its id", answer: revokeTokenById },
  "GET /__mock/violations": {
    about: "what was outside the contract, with --strict",
    answer: violations,
  },
  "DELETE /__mock/violations": { about: "forgets that", answer: clearViolations },
};

const shapes = Object.entries(endpoints).map(([name, endpoint]) => ({
  endpoint,
  pattern: new RegExp(`^${name.replace("{id}", "(?<id>[^/]+)")}$`),
}));

/** Answers a control endpoint. */
export function answerControl(call: Call): Response | Promise<Response> {
  const method = call.request.method === "HEAD" ? "GET" : call.request.method;
  const name = `${method} ${call.path}`;
  for (const { endpoint, pattern } of shapes) {
    const found = pattern.exec(name);
    if (found) return endpoint.answer(call, found.groups?.["id"] ?? "");
  }
  return call.error(404);
}

function listEndpoints(call: Call): Response {
  const list = Object.entries(endpoints).map(([name, { about }]) => {
    const [method = "", path = ""] = name.split(" ");
    return { method, path, about };
  });
  return call.json(200, { endpoints: list });
}

/** What a page needs to know before it signs in. */
export interface PlatformDescription {
  readonly spaceName: string;
  readonly origins: Origins;
  /** The root project. */
  readonly projectId: string;
  /** Its API token where that is the seeded one, which is public; never one that somebody chose. */
  readonly apiToken: string | null;
}

function describePlatform(call: Call): Response {
  const { spaceName, origins, credentials } = call.platform;
  const { projectId, apiToken } = credentials;
  const description: PlatformDescription = {
    spaceName,
    origins,
    projectId,
    apiToken: apiToken === seededCredentials.apiToken ? apiToken : null,
  };
  return call.json(200, description);
}

function reset(call: Call): Response {
  call.platform.reset();
  return call.empty(204);
}

function switches(call: Call): Response {
  const current = call.platform.switches;
  const described = switchNames.map((name) => ({
    name,
    value: current[name],
    ...switchTable[name],
  }));
  return call.json(200, { switches: current, described });
}

async function changeSwitches(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  if (!body.ok) return call.refuse(422, "The body must be JSON.");
  try {
    // `setSwitches` checks every name and value itself.
    call.platform.setSwitches(body.value as object);
  } catch (error) {
    if (error instanceof SwitchError) return call.refuse(422, error.message);
    throw error;
  }
  return call.json(200, { switches: call.platform.switches });
}

async function media(call: Call): Promise<Response> {
  const isForm = /^multipart\/form-data\b/i.test(call.request.headers.get("content-type") ?? "");
  try {
    if (isForm) return call.json(201, await addUpload(call.platform, call.request));
    const body = await readJson(call.request);
    if (!body.ok) return call.refuse(422, "The body must be JSON.");
    return call.json(201, addMedium(call.platform, body.value));
  } catch (error) {
    // A RangeError comes from the makers of files: a size or a length that no file can have.
    const expected = error instanceof OptionError || error instanceof RangeError;
    if (expected) return call.refuse(422, error.message);
    throw error;
  }
}

function showMedium(call: Call, id: string): Response {
  const medium = findMedium(call.platform, id.toLowerCase());
  return medium === undefined
    ? call.error(404)
    : call.json(200, describeMedium(call.platform, medium));
}

/** The signing keys of every project that are valid now, the newest first. All are made up by the mock. */
function showSigningKeys(call: Call): Response {
  const { platform } = call;
  const projects = Array.from(platform.projects.all(), ({ entity: { id, name } }) => {
    return { projectId: id, name, signingKeys: platform.signingKeys(id) };
  });
  return call.json(200, { projects });
}

/** What strict mode found; without it there is no such thing. */
function violations(call: Call): Response {
  const log = call.platform.violations;
  if (log === null) return call.error(404);
  const entries = log
    .entries()
    .map((entry) => ({ ...entry, time: new Date(entry.time).toISOString() }));
  return call.json(200, { checked: log.checked, count: log.count, entries });
}

function clearViolations(call: Call): Response {
  const log = call.platform.violations;
  if (log === null) return call.error(404);
  log.clear();
  return call.empty(204);
}
