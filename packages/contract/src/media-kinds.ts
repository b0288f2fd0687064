import type { components } from "./api.gen.js";

type Project = components["schemas"]["Project"];

/** A scope that an API token can carry. */
export type TokenScope = components["schemas"]["TokenPermission"];

/**
 * The kinds of media a project can protect, and what each is called elsewhere:
 *
 * - `flag`: the field of a project that protects it,
 * - `setting`: the name of that switch in the SDK's protection settings,
 * - `scope`: the scope a token needs to open it.
 *
 * This table is the only place that knows these pairs.
 */
export const mediaKinds = {
  recording: { flag: "protect_recordings", setting: "recordings", scope: "calling" },
  messageMedia: { flag: "protect_message_media", setting: "messageMedia", scope: "messaging" },
  faxMedia: { flag: "protect_fax_media", setting: "faxMedia", scope: "fax" },
} as const satisfies Record<
  string,
  { flag: keyof Project & `protect_${string}`; setting: string; scope: TokenScope }
>;

/** A kind of media: a call recording, a message attachment or a fax document. */
export type MediaKind = keyof typeof mediaKinds;

/** A field of a project that protects one kind of media. */
export type ProtectionFlag = (typeof mediaKinds)[MediaKind]["flag"];

/** The name of a protection switch in the SDK's settings. */
export type ProtectionSetting = (typeof mediaKinds)[MediaKind]["setting"];

/** Whether a value names a kind of media. */
export function isMediaKind(value: unknown): value is MediaKind {
  return typeof value === "string" && Object.hasOwn(mediaKinds, value);
}
