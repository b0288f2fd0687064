/**
 * THE RULE: may this caller read this medium? Pure: no I/O, no clock, no state.
 *
 * The answer never depends on whether the medium exists unless everybody may know: while a kind is
 * protected, an id that does not exist is denied like one that does.
 */

import { type MediaKind, mediaKinds, type TokenScope } from "@media-protection/contract";
import type { Switches } from "./switches.js";

/** Who asks: nobody in particular, somebody whose credentials are wrong, or a project's token. */
export type ProtectionCaller =
  | { readonly type: "anonymous" }
  | { readonly type: "invalid" }
  | {
      readonly type: "project";
      readonly projectId: string;
      readonly scopes: ReadonlySet<TokenScope>;
    };

/** Everything the rule looks at. */
export interface ProtectionQuestion {
  readonly kind: MediaKind;
  /** The project the medium belongs to, and its parent (`null` for a root project). */
  readonly project: { readonly id: string; readonly parentId: string | null };
  /** When the project switched this kind's protection on, in ms since the epoch; `null` while off. */
  readonly protectedSince: number | null;
  /** When the medium was created, in ms since the epoch; `null` when there is no such medium. */
  readonly createdAt: number | null;
  readonly caller: ProtectionCaller;
  readonly switches: Pick<
    Switches,
    "retroactive" | "rootOpensSubprojects" | "checkCredentialsOnPublicMedia"
  >;
}

/** Why a request was let through. */
export type AllowReason = "public" | "own-project" | "root-project";

/** Why a request was refused. */
export type DenyReason =
  | "no-credentials"
  | "invalid-credentials"
  | "other-project"
  | "missing-scope";

/** Every reason, of either kind. */
export const accessReasons = [
  "public",
  "own-project",
  "root-project",
  "no-credentials",
  "invalid-credentials",
  "other-project",
  "missing-scope",
] as const satisfies readonly (AllowReason | DenyReason)[];

/** What the rule answers. */
export type ProtectionAnswer =
  | { readonly allow: true; readonly reason: AllowReason }
  | { readonly allow: false; readonly reason: DenyReason };

// The answers are shared constants: the rule runs once for every media request.
const allowed = {
  public: { allow: true, reason: "public" },
  own: { allow: true, reason: "own-project" },
  root: { allow: true, reason: "root-project" },
} as const satisfies Record<string, ProtectionAnswer>;

const denied = {
  anonymous: { allow: false, reason: "no-credentials" },
  invalid: { allow: false, reason: "invalid-credentials" },
  otherProject: { allow: false, reason: "other-project" },
  scope: { allow: false, reason: "missing-scope" },
} as const satisfies Record<string, ProtectionAnswer>;

/**
 * Whether a caller's credentials open a project at all: the project's own, or those of its root
 * project while the switch `rootOpensSubprojects` is on.
 */
export function opensProject(
  callerProjectId: string,
  project: ProtectionQuestion["project"],
  switches: Pick<Switches, "rootOpensSubprojects">,
): boolean {
  return (
    callerProjectId === project.id ||
    (switches.rootOpensSubprojects && callerProjectId === project.parentId)
  );
}

/** Answers whether the caller may read the medium, and why. */
export function decideMediaAccess(question: ProtectionQuestion): ProtectionAnswer {
  const { caller, project, switches } = question;

  if (!isProtected(question)) {
    const refuse = switches.checkCredentialsOnPublicMedia && caller.type === "invalid";
    return refuse ? denied.invalid : allowed.public;
  }
  if (caller.type === "anonymous") return denied.anonymous;
  if (caller.type === "invalid") return denied.invalid;
  if (!opensProject(caller.projectId, project, switches)) return denied.otherProject;
  if (!caller.scopes.has(mediaKinds[question.kind].scope)) return denied.scope;
  return caller.projectId === project.id ? allowed.own : allowed.root;
}

function isProtected({ protectedSince, createdAt, switches }: ProtectionQuestion): boolean {
  if (protectedSince === null) return false;
  // What does not exist counts as new, so that an unknown id and a protected one answer alike.
  return switches.retroactive || createdAt === null || createdAt >= protectedSince;
}
