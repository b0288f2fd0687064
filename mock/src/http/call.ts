/**
 * One request on its way through the platform: who asks, what was decided, and how answers are
 * written. Untyped on purpose; handlers see it through the contract, as an `Exchange`.
 */

import type { MediaKind, TokenScope } from "@media-protection/contract";
import { setNeverRun } from "../bytes/never-run.js";
import { serveFile } from "../bytes/serve-file.js";
import type { Fault } from "../faults/fault.js";
import type { Disconnect } from "../faults/faulty-body.js";
import type { MediaFile } from "../files/files.js";
import type { Decision } from "../journal/journal-entry.js";
import { type Caller, identify, type ProjectCaller } from "../platform/callers.js";
import type { Project } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { signStorageUrl } from "../platform/storage-url.js";
import { type AcceptedScheme, challenge } from "../rules/credentials.js";
import type { Family } from "../rules/operations.js";
import type { OriginRole } from "../rules/origins.js";
import {
  type AllowReason,
  type DenyReason,
  decideMediaAccess,
  opensProject,
} from "../rules/protection.js";
import { corsHeaders, setCorsHeaders } from "./cors.js";
import { errorBody, type Problem, type restErrors } from "./errors.js";
import { carriesSecret } from "./exposure.js";
import { journalPath } from "./journal-path.js";

/** Answers what is the server's own and no part of the platform; `undefined` for everything else. */
export type OwnFiles = (request: Request, path: string) => Response | undefined;

/** What a server passes along with a request; under MSW and in process there is nothing. */
export interface AppEnv {
  /** Which origin the request came to, known by its port. Default: by the origin of its URL. */
  readonly role?: OriginRole;
  /** The constructor of responses, where the server has a faster one. Default: the global one. */
  readonly Response?: typeof Response;
  /** The files of the dashboard, on the space's port. Asked where the platform has no path. */
  readonly ownFiles?: OwnFiles;
  /** Whether the dashboard asks. Default: there is none. */
  readonly fromDashboard?: boolean;
  /** Ends the connection of this request, once what was written is sent. Default: there is none to end. */
  readonly disconnect?: Disconnect;
}

/** Where a request goes. */
export interface Destination {
  /** `null` for an origin that is none of the platform's. */
  readonly role: OriginRole | null;
  /** The path as it was asked for, or as the contract has it, without the query. */
  readonly path: string;
  readonly family: Family;
  /** The operation of the contract, `GET /api/projects/{id}`. Default: it is none. */
  readonly route?: string;
  /** The medium whose bytes are asked for, by the id in the path. Default: it is none. */
  readonly mediaId?: string | undefined;
}

/** A medium about to be answered, as far as it exists. */
export interface MediaAnswer {
  readonly kind: MediaKind;
  /** The project that the path names; `undefined` when there is none. */
  readonly project: Project | undefined;
  /** The medium; `undefined` when there is none. */
  readonly media: { readonly id: string; readonly createdAt: number } | undefined;
  /** Its bytes; `undefined` when there is no such medium, or not in this format. */
  readonly file: MediaFile | undefined;
  /** Where the files host has them, to be answered in their place. Default: nowhere. */
  readonly elsewhere?: string | undefined;
}

const jsonType = "application/json; charset=utf-8";

/** Where the storage host keeps each kind. */
const storageFolders = {
  recording: "recordings",
  messageMedia: "messages",
  faxMedia: "faxes",
} as const satisfies Record<MediaKind, string>;

/** One request, until it is answered. */
export class Call {
  readonly platform: Platform;
  readonly request: Request;
  readonly role: OriginRole | null;
  readonly path: string;
  readonly family: Family;
  readonly route: string | null;
  readonly mediaId: string | null;
  readonly disconnect: Disconnect | undefined;
  /** Whether the mock's own dashboard asks, which no fault hits: it looks on. */
  readonly fromDashboard: boolean;
  caller: Caller = { type: "anonymous" };
  decision: Decision = "none";
  reason: AllowReason | DenyReason | null = null;
  /** The project asked about: that of the path, where it names one, else the caller's. */
  project: Project | undefined;
  params: Readonly<Record<string, string>> = {};
  query: Readonly<Record<string, unknown>> = {};
  body: unknown;
  /** What goes wrong with this request. */
  fault: Fault | null = null;
  /** Puts another file, and another request for it, in the place of those to be served. */
  swap: ((file: MediaFile, request: Request) => readonly [MediaFile, Request]) | undefined;
  readonly #authorization: string | null;
  readonly #Response: typeof Response;

  constructor(platform: Platform, request: Request, env: AppEnv | undefined, where: Destination) {
    this.platform = platform;
    this.request = request;
    this.role = where.role;
    this.path = where.path;
    this.family = where.family;
    this.route = where.route ?? null;
    this.mediaId = where.mediaId ?? null;
    this.disconnect = env?.disconnect;
    this.fromDashboard = env?.fromDashboard ?? false;
    this.#authorization = request.headers.get("authorization");
    this.#Response = env?.Response ?? Response;
  }

  /** Whether an `Authorization` header came, whatever it says. */
  get hasAuthorization(): boolean {
    return this.#authorization !== null;
  }

  /** Finds out who is calling, with the credentials that this origin accepts. */
  identify(): Caller {
    this.caller = identify(this.#authorization, this.#accepted, this.platform.tokens, () =>
      this.platform.now(),
    );
    return this.caller;
  }

  /** The `WWW-Authenticate` of this origin. */
  get challenge(): string {
    return challenge(this.#accepted);
  }

  get #accepted(): AcceptedScheme {
    return this.role === "files" ? this.platform.switches.filesHostAuth : "basic";
  }

  /**
   * Lets through who has credentials with the scope, and sets `project`.
   *
   * @returns the denial, or `undefined` when the caller may go on.
   */
  authenticate(scope: TokenScope): Response | undefined {
    const caller = this.identify();
    if (caller.type === "anonymous") return this.#deny("no-credentials", 401);
    if (caller.type === "invalid") return this.#deny("invalid-credentials", 401);
    if (!caller.scopes.has(scope)) {
      return this.#deny("missing-scope", this.platform.switches.missingScopeStatus);
    }
    return this.#openProject(caller);
  }

  /** The project whose data is asked for must be the caller's, or one that the caller opens. */
  #openProject(caller: ProjectCaller): Response | undefined {
    const { platform } = this;
    const account = this.params["AccountSid"];
    const project = platform.projects.get(account ?? caller.projectId);
    if (project === undefined || !opensProject(caller.projectId, project, platform.switches)) {
      this.decision = "deny";
      this.reason = "other-project";
      return this.error(404);
    }
    this.project = project;
    this.decision = "allow";
    this.reason = caller.projectId === project.id ? "own-project" : "root-project";
    return undefined;
  }

  #deny(reason: DenyReason, status: 401 | 403 | 404): Response {
    this.decision = "deny";
    this.reason = reason;
    return this.error(status);
  }

  /** Answers a medium: denied, missing, elsewhere, or its bytes. */
  media({ kind, project, media, file, elsewhere }: MediaAnswer): Response {
    const { platform } = this;
    const { switches } = platform;
    if (project === undefined) return this.error(404);
    const answer = decideMediaAccess({
      kind,
      project,
      protectedSince: project.protectedSince[kind],
      createdAt: media?.createdAt ?? null,
      caller: this.caller,
      switches,
    });
    if (!answer.allow) {
      const missingScope = answer.reason === "missing-scope";
      const status = missingScope ? switches.missingScopeStatus : switches.deniedStatus;
      return this.#deny(answer.reason, status);
    }
    this.decision = "allow";
    this.reason = answer.reason;
    if (media === undefined || file === undefined) return this.error(404);
    if (elsewhere !== undefined) return this.empty(302, { location: elsewhere });
    const fileName = `${media.id}.${file.extension}`;
    if (switches.redirectToStorage) {
      const path = `/${platform.spaceId}/${project.id}/${storageFolders[kind]}/${fileName}`;
      return this.empty(302, {
        location: signStorageUrl(
          platform.origins.storage,
          path,
          platform.storageKey,
          platform.now(),
        ),
      });
    }
    return this.file(file, fileName);
  }

  /** Answers the bytes of a file, or the part of it that was asked for. */
  file(file: MediaFile, fileName: string): Response {
    const { supportsRange, cors } = this.platform.switches;
    const [served, request] = this.swap?.(file, this.request) ?? [file, this.request];
    const response = serveFile(request, served, { supportsRange, fileName });
    setNeverRun(response.headers, served.contentType);
    response.headers.set("x-request-id", this.platform.requestId());
    // Node's own is of the last time that it looked at the clock, and may be before Last-Modified.
    response.headers.set("date", new Date().toUTCString());
    // A switch takes effect at once, so a browser must ask again before it plays its copy: RFC 9111 §5.2.2.4.
    response.headers.set("cache-control", "private, no-cache");
    if (cors) setCorsHeaders(response.headers);
    return response;
  }

  /** Answers JSON. */
  json(status: number, body: object): Response {
    const requestId = this.platform.requestId();
    // Written out, since this is the answer of most requests: spreading costs as much as the rest.
    const headers = this.platform.switches.cors
      ? {
          "content-type": jsonType,
          "x-request-id": requestId,
          "access-control-allow-origin": corsHeaders["access-control-allow-origin"],
          "access-control-expose-headers": corsHeaders["access-control-expose-headers"],
        }
      : { "content-type": jsonType, "x-request-id": requestId };
    return new this.#Response(JSON.stringify(body), { status, headers });
  }

  /** Answers without a body. */
  empty(status: number, headers: Readonly<Record<string, string>> = {}): Response {
    return this.answer(status, headers, null);
  }

  /** Answers with an error of this path's API. */
  error(status: keyof typeof restErrors | 422, ...problems: readonly Problem[]): Response {
    const body = JSON.stringify(errorBody(this.family, status, problems));
    const headers: Record<string, string> = { "content-type": jsonType };
    if (status === 401) headers["www-authenticate"] = this.challenge;
    return this.answer(status, headers, body);
  }

  /** Answers anything, with the headers that every answer has. */
  answer(
    status: number,
    headers: Readonly<Record<string, string>>,
    body: string | ReadableStream<Uint8Array<ArrayBuffer>> | null,
  ): Response {
    const always = this.platform.switches.cors ? corsHeaders : undefined;
    return new this.#Response(body, {
      status,
      headers: { ...headers, "x-request-id": this.platform.requestId(), ...always },
    });
  }

  /** Answers an error of the mock itself, which is no part of the contract. */
  refuse(status: 400 | 422, message: string): Response {
    return this.json(status, { error: message });
  }

  /** Answers what another answer was made into; its headers are complete. */
  remake(status: number, headers: Headers, body: ReadableStream | string | null): Response {
    return new this.#Response(body, { status, headers });
  }

  /** Writes the request and its answer into the journal. */
  record(response: Response): Response {
    const { caller, platform } = this;
    const path = journalPath(this.path, platform);
    const pathname = pathnameOf(this.request.url);
    const asked = pathname === this.path ? path : journalPath(pathname, platform);
    platform.journal.record({
      time: platform.now(),
      origin: this.role,
      originUrl:
        this.role === null ? new URL(this.request.url).origin : platform.origins[this.role],
      method: this.request.method,
      path,
      ...(asked === path ? {} : { askedPath: asked }),
      media: this.mediaId,
      caller:
        caller.type === "project" ? { projectId: caller.projectId, tokenId: caller.tokenId } : null,
      authorization: this.hasAuthorization,
      tokenExposed:
        this.role !== "space" && this.role !== "files" && carriesSecret(this.request, platform),
      decision: this.decision,
      reason: this.reason,
      status: response.status,
      fault: this.fault?.kind ?? null,
      ...(this.fromDashboard && { dashboard: true }),
    });
    return response;
  }
}

/** The path of an absolute URL in normal form, as a request has it. */
function pathnameOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const mark = url.indexOf("?", start);
  return start < 0 ? "/" : url.slice(start, mark < 0 ? undefined : mark);
}
