import { isRecord, OptionError } from "../errors.js";
import { idKey } from "../trust/same-id.js";
import type { CallbackContent } from "./callback-body.js";
import { WebhookError } from "./webhook-error.js";

/** One signing key, or several, the newest first. */
export type SigningKeys = string | readonly string[];

/** What callbacks are verified with: see the option `signingKey`. */
export type SigningKey =
  | SigningKeys
  | ((projectId: string | undefined) => SigningKeys | undefined | Promise<SigningKeys | undefined>);

const expected = "the project's signing key, or a list of them, without spaces";

/** @throws OptionError unless it is keys or a function */
export function checkSigningKey(signingKey: SigningKey): SigningKey {
  return typeof signingKey === "function" ? signingKey : readKeys(signingKey, expected);
}

/**
 * The keys that may have signed what claims to be of a project.
 *
 * @throws WebhookError `mismatch` if the function knows none
 * @throws OptionError if it gives something else than keys
 */
export async function keysOf(
  signingKey: SigningKey,
  projectId: string | undefined,
): Promise<readonly string[]> {
  if (typeof signingKey !== "function") return readKeys(signingKey, expected);
  const keys = (await signingKey(projectId)) ?? [];
  if (!Array.isArray(keys) || keys.length > 0) {
    return readKeys(keys, `a function that gives ${expected}, or undefined`);
  }
  throw new WebhookError(
    "mismatch",
    "The function signingKey knows no key of the project that the callback claims to be of.",
  );
}

function readKeys(signingKey: unknown, must: string): readonly string[] {
  const keys: readonly unknown[] = Array.isArray(signingKey) ? [...signingKey] : [signingKey];
  const isKey = (key: unknown): key is string => typeof key === "string" && /^\S+$/.test(key);
  if (keys.length > 0 && keys.every(isKey)) return keys;
  throw new OptionError("signingKey", must);
}

/**
 * The project that a callback says it is of: a form's `AccountSid`, an event's `project_id`, which
 * SWML has within `message`, `call` or `params`.
 *
 * @throws WebhookError `unrecognised` if it names two, of which a reader may take either
 */
export function claimedProject(content: CallbackContent): string | undefined {
  const named = namedProjects(content).filter(
    (one): one is string => typeof one === "string" && one !== "",
  );
  if (new Set(named.map(idKey)).size < 2) return named[0];
  throw new WebhookError("unrecognised", "The callback says that it is of two projects.");
}

function namedProjects(content: CallbackContent): readonly unknown[] {
  const names = ["AccountSid", "project_id"];
  if (content instanceof URLSearchParams) return names.flatMap((name) => content.getAll(name));
  const within = ["message", "call", "params"].map((name) => content[name]);
  return [content, ...within].flatMap((part) =>
    isRecord(part) ? names.map((name) => part[name]) : [],
  );
}
