/**
 * Builders of projects and the change of their protection.
 */

import { type MediaKind, mediaKinds, type TokenScope } from "@media-protection/contract";
import type { Project, RetiredKey } from "./model.js";

/** Which protection to switch; what is not named stays as it is. */
export type ProtectionChange = {
  readonly [Kind in MediaKind as (typeof mediaKinds)[Kind]["setting"]]?: boolean;
};

/** What can be said about a project to be added. */
export interface AddProjectOptions {
  /** The root project of a subproject; `null` for a root project of its own tree. Default: ours. */
  readonly parentId?: string | null | undefined;
  /** Default: the next generated id. */
  readonly id?: string | undefined;
  /** Default "Subproject". */
  readonly name?: string | undefined;
  /** In ms since the epoch. Default: now. */
  readonly createdAt?: number | undefined;
  /** Default false; a subproject with phone numbers cannot be deleted. */
  readonly hasPhoneNumbers?: boolean | undefined;
}

/** What can be said about an API token to be added. */
export interface AddTokenOptions {
  /** Default: the root project. */
  readonly projectId?: string;
  /** What the token opens. */
  readonly scopes: readonly TokenScope[] | ReadonlySet<TokenScope>;
  /** Default "Token". */
  readonly name?: string | undefined;
  /** The secret. Default: a generated fake one. */
  readonly token?: string | undefined;
  /** From when on it opens nothing, in ms since the epoch. Default: it has no end. */
  readonly expiresAt?: number | undefined;
}

/** What a builder needs besides the options. */
export interface ProjectContext {
  /** The root project that a subproject belongs to unless the options say otherwise. */
  readonly rootId: string;
  /** In ms since the epoch. */
  readonly now: number;
  readonly uuid: () => string;
  readonly secret: (prefix: string) => string;
}

/** A project, its protection off. */
export function buildProject(options: AddProjectOptions, context: ProjectContext): Project {
  const createdAt = options.createdAt ?? context.now;
  return {
    id: options.id ?? context.uuid(),
    parentId: options.parentId === undefined ? context.rootId : options.parentId,
    createdAt,
    updatedAt: createdAt,
    name: options.name ?? "Subproject",
    forceHttpsRequests: false,
    signingKey: context.secret("PSKmock"),
    retiredSigningKeys: [],
    hasPhoneNumbers: options.hasPhoneNumbers ?? false,
    protectedSince: { recording: null, messageMedia: null, faxMedia: null },
  };
}

/**
 * Replaces the signing key; the old one stays valid for a while.
 *
 * @param overlap in ms
 */
export function rotateSigningKey(
  project: Project,
  key: string,
  now: number,
  overlap: number,
): void {
  const retired = { key: project.signingKey, validUntil: now + overlap };
  project.retiredSigningKeys = [retired, ...stillValid(project, now)];
  project.signingKey = key;
  project.updatedAt = now;
}

/** The signing keys of a project that are valid, the newest first. */
export function validSigningKeys(project: Project, now: number): string[] {
  return [project.signingKey, ...stillValid(project, now).map(({ key }) => key)];
}

function stillValid({ retiredSigningKeys }: Project, now: number): RetiredKey[] {
  return retiredSigningKeys.filter(({ validUntil }) => validUntil > now);
}

// The keys of a const object are exactly its literal names.
const kinds = Object.keys(mediaKinds) as readonly MediaKind[];

/** Switches protection; what is not named stays as it is. */
export function changeProtection(project: Project, change: ProtectionChange, now: number): void {
  for (const kind of kinds) {
    const on = change[mediaKinds[kind].setting];
    if (on === undefined) continue;
    // Switching on what is on changes nothing, the moment it was switched on included.
    project.protectedSince[kind] = on ? (project.protectedSince[kind] ?? now) : null;
  }
}
