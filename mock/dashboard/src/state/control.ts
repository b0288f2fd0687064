/**
 * The mock's control endpoints, as the page asks them: on its own origin, without credentials.
 */

import type {
  AddedMedium,
  Delivery,
  DescribedShape,
  Fault,
  PlatformDescription,
  ShownFault,
  ShownToken,
  SwitchName,
} from "@media-protection/mock";
import { ask } from "./explain.js";

/** A behaviour that nobody has verified, as the mock describes it. */
export interface DescribedSwitch {
  readonly name: SwitchName;
  readonly value: string | number | boolean;
  readonly values: readonly (string | number | boolean)[];
  readonly default: string | number | boolean;
  readonly description: string;
}

/** The signing keys of a project that are valid now, the newest first. */
export interface ProjectKeys {
  readonly projectId: string;
  readonly name: string;
  readonly signingKeys: readonly string[];
}

/** A token that was just made: its text is told this once. */
export interface NewToken {
  readonly id: string;
  readonly token: string;
}

/** What each endpoint answers to a GET. */
interface Answers {
  readonly platform: PlatformDescription;
  readonly callbacks: {
    readonly described: readonly DescribedShape[];
    readonly faults: readonly string[];
  };
  readonly faults: { readonly faults: readonly ShownFault[] };
  readonly switches: { readonly described: readonly DescribedSwitch[] };
  readonly tokens: { readonly tokens: readonly ShownToken[]; readonly scopes: readonly string[] };
  readonly "signing-keys": { readonly projects: readonly ProjectKeys[] };
}

/** The mock's own endpoints, from the same build as this page: their answers are what the types say. */
export const control = {
  read: <Name extends keyof Answers>(name: Name, signal: AbortSignal) =>
    send<Answers[Name]>("GET", name, { signal }),
  medium: (id: string, signal: AbortSignal) => send<AddedMedium>("GET", `media/${id}`, { signal }),
  addMedium: (described: object) => send<AddedMedium>("POST", "media", json(described)),
  addFile: (file: File, projectId: string) => {
    const body = new FormData();
    body.set("projectId", projectId);
    body.set("file", file);
    return send<AddedMedium>("POST", "media", { body });
  },
  addFault: (fault: Fault) => send<ShownFault>("POST", "faults", json(fault)),
  removeFault: (id: string) => send<void>("DELETE", `faults/${id}`),
  clearFaults: () => send<void>("DELETE", "faults"),
  change: (name: SwitchName, value: DescribedSwitch["value"]) =>
    send<unknown>("PATCH", "switches", json({ [name]: value })),
  sendCallback: (described: object) =>
    send<{ readonly deliveries: readonly Delivery[] }>("POST", "callbacks", json(described)),
  addToken: (described: object) => send<NewToken>("POST", "tokens", json(described)),
  revokeToken: (id: string) => send<void>("DELETE", `tokens/${id}`),
  clearJournal: () => send<void>("DELETE", "journal"),
  reset: () => send<void>("POST", "reset"),
} as const;

function json(body: object): RequestInit {
  return { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

async function send<Answer>(method: string, name: string, init: RequestInit = {}): Promise<Answer> {
  const response = await ask(`/__mock/${name}`, { ...init, method, cache: "no-store" });
  if (!response.ok) throw new Error(await reasonOf(response, name));
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

/** Why the mock refuses, in its own words. */
async function reasonOf(response: Response, name: string): Promise<string> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    const said = typeof body === "object" && body !== null && "error" in body ? body.error : "";
    if (typeof said === "string" && said.length > 0) return said;
  } catch {
    // No JSON: its status is all there is to say.
  }
  return `The mock answered ${response.status} to /__mock/${name}.`;
}
