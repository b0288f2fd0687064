import type { Client } from "@media-protection/sdk";
import type { AccelOptions } from "../bytes/accel.js";
import type { Ending } from "../bytes/counted-body.js";
import type { LimitOptions } from "../bytes/limits.js";
import type { Embed } from "../bytes/media-headers.js";
import type { KeyRing } from "../links/key-ring.js";
import type { LifeLimits } from "../links/link-life.js";
import type { GatewayState } from "../state/gateway-state.js";

/** What can change while the gateway runs. */
export interface GatewaySettings {
  /** The ring, or its text as `readKeyRing` takes it. */
  readonly keys: KeyRing | string;
  /** By project id: links that were sealed before are taken back. @default none */
  readonly epochs?: Readonly<Record<string, Date>> | undefined;
}

/**
 * One link that a key of the ring opens, and how that ended: a line of an audit log. Also one that was
 * refused: its life was over, it was taken back, or too much was under way. What no key opens is no link.
 */
export interface AuditEvent {
  /** When the answer ended, ISO 8601. */
  readonly time: string;
  /** The link's id. */
  readonly link: string;
  /** The medium: kind, project and ids, with slashes. No URL. */
  readonly medium: string;
  /** Whom the link was made for. */
  readonly audience?: string;
  /** The viewer's address, where the server told it. */
  readonly address?: string;
  /** `play` for bytes, `share` for a page that was opened or refused. */
  readonly what: "play" | "share";
  /** The `Range` field of the request. */
  readonly range?: string;
  /** The status that was answered. */
  readonly status: number;
  /** Bytes that were taken; missing where nginx moved them. */
  readonly bytes?: number;
  /** How it ended. */
  readonly end: Ending | "refused" | "handed over";
}

/** Options of `createGateway`. */
export interface GatewayOptions extends GatewaySettings {
  /** A client of the SDK; what it trusts can be served, and nothing else. */
  readonly client: Client;
  /** Where the gateway is reached: `https://media.example.com`. */
  readonly publicUrl: string;
  /** The longest lives, in seconds. @default a day for play links, thirty days for share links */
  readonly longest?: LifeLimits | undefined;
  /** Which pages may show media. @default "anywhere" */
  readonly embed?: Embed | undefined;
  /** How much goes on at once. @default 16 for a link, 64 for an address, 2048 for all */
  readonly limits?: LimitOptions | undefined;
  /** Links that do not open, for an address (its /24 or /64), in a minute. @default 120 */
  readonly failures?: number | undefined;
  /** What replicas share. @default `memoryState()`, of this process alone */
  readonly state?: GatewayState | undefined;
  /** The bearer token of `POST /links`, at least 16 characters. @default there is no such route */
  readonly adminToken?: string | undefined;
  /** nginx moves the bytes of recordings. @default Node does */
  readonly accel?: AccelOptions | undefined;
  /** Called with each link that was opened, when its answer has ended. */
  readonly onAudit?: ((event: AuditEvent) => void) | undefined;
  /** Called with what went wrong, for a log; its messages hold no token. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Unix time in milliseconds. @default Date.now */
  readonly now?: (() => number) | undefined;
}

/** What the server knows of a request beside what it says. */
export interface RequestContext {
  /** The viewer's address. @default no limit by address */
  readonly address?: string | undefined;
}
