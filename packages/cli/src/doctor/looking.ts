/**
 * What the doctor looks with, and at.
 */

import type { Client } from "@media-protection/sdk";
import type { ProjectState } from "../estate/switches.js";
import type { ListedMedium } from "../media/list-media.js";
import type { Credentials } from "./ask.js";

/** The kinds by their switches, each with the name of its list. */
export const lists = {
  recordings: "recordings",
  messageMedia: "messages",
  faxMedia: "faxes",
} as const;

/** A kind of media, by the name of its switch. */
export type Kind = keyof typeof lists;

/** The newest medium of each kind that there is. */
export type Media = ReadonlyMap<Kind, ListedMedium>;

/** What the doctor looks with. */
export interface Looking {
  readonly client: Client;
  readonly credentials: Credentials;
  /** The project of the credentials. */
  readonly project: ProjectState;
  /** The origins of files hosts. */
  readonly filesOrigins: readonly string[];
  /** URLs on a files host that the caller knows, such as a callback's. */
  readonly filesUrls: readonly string[];
  /** Since when what is protected has been so, where the caller knows. */
  readonly protectedSince: Date | undefined;
  readonly signal: AbortSignal;
}

/** How advice begins where nothing could be found out. */
export const nothingTold = "Nothing told: ";

/** Asks for one byte. */
export const firstByte = { range: "bytes=0-0" };
