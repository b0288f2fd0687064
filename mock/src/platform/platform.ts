/**
 * The state of the mock platform: projects, API tokens, media, switches and the journal, and what a
 * test does with them. The routes read and change it; nothing here knows HTTP.
 */

import { Faults } from "../faults/faults.js";
import type { Wait } from "../faults/faulty-body.js";
import { Journal } from "../journal/journal.js";
import type { ViolationLog } from "../journal/violations.js";
import { createIdGenerator, hashText, type IdGenerator } from "../rules/ids.js";
import type { Origins } from "../rules/origins.js";
import { readSwitches, type Switches } from "../rules/switches.js";
import { Entities } from "./entities.js";
import {
  type AddFaxMediaOptions,
  type AddMessageMediaOptions,
  type AddRecordingOptions,
  type BuildContext,
  buildFax,
  buildFaxMedia,
  buildMessage,
  buildMessageMedia,
  buildRecording,
} from "./media.js";
import type {
  ApiToken,
  Fax,
  FaxMedia,
  Message,
  MessageMedia,
  Project,
  Recording,
} from "./model.js";
import { type CheckedOptions, checkIds, OptionError, readOrigins } from "./options.js";
import {
  type AddProjectOptions,
  type AddTokenOptions,
  buildProject,
  changeProtection,
  type ProtectionChange,
  rotateSigningKey,
  validSigningKeys,
} from "./projects.js";
import { checkSentName } from "./sent-names.js";
import {
  faxMediaUrls,
  type MediaUrls,
  type MessageMediaUrls,
  messageMediaUrls,
  type RecordingUrls,
  recordingUrls,
} from "./urls.js";

/** A platform of one space: its state, and helpers to set a scene. Made by `createPlatform`. */
export class Platform extends Entities {
  readonly spaceName: string;
  /** The id of the space, which stands first in paths of the files host. */
  readonly spaceId: string;
  /** What signs URLs of the storage host. Synthetic. */
  readonly storageKey: string;
  /** Every request and what was decided, the newest of them. */
  readonly journal: Journal;
  /** What goes wrong on command: `faults.add({ kind: "cut", after: 1000, media: recording.id })`. */
  readonly faults: Faults;
  /** The operations that an app of this platform answers: `GET /api/projects`. Filled by `createApp`. */
  readonly routes = new Set<string>();
  /** What strict mode found; `null` while nobody looks. */
  violations: ViolationLog | null = null;
  readonly #options: CheckedOptions;
  readonly #plant: (platform: Platform) => void;
  #origins: Origins;
  #switches: Switches;
  #ids: IdGenerator;
  #requests = 0;

  /**
   * @param options checked
   * @param plant adds what is there at first, and again after each `reset()`
   * @see createPlatform
   */
  constructor(options: CheckedOptions, plant: (platform: Platform) => void) {
    super();
    this.#options = options;
    this.#plant = plant;
    this.spaceName = this.#options.spaceName;
    this.spaceId = createIdGenerator(hashText(this.spaceName)).uuid();
    this.storageKey = createIdGenerator(hashText(this.spaceId)).hex(32);
    this.journal = new Journal(this.#options.journalSize);
    this.faults = new Faults(() => this.now());
    this.#origins = this.#options.origins;
    this.#switches = this.#options.switches;
    this.#ids = createIdGenerator(this.#options.idSeed);
    this.#plant(this);
  }

  /** Where the platform is. A server sets this to its ports before it answers. */
  get origins(): Origins {
    return this.#origins;
  }

  set origins(origins: Origins) {
    this.#origins = readOrigins(origins);
  }

  /** The behaviours nobody has verified, as they are set now. */
  get switches(): Switches {
    return this.#switches;
  }

  /**
   * Sets some of the switches; it counts from the next request on.
   *
   * @throws SwitchError for an unknown name or value; then nothing is changed.
   */
  setSwitches(changes: Partial<Switches>): void {
    this.#switches = Object.freeze({ ...this.#switches, ...readSwitches(changes) });
  }

  /** The time now, in ms since the epoch. */
  now(): number {
    return this.#options.now();
  }

  /** Waits so many ms, or until the signal aborts. */
  get wait(): Wait {
    return this.#options.wait;
  }

  /** The next id. */
  uuid(): string {
    return this.#ids.uuid();
  }

  /** Where the ids go on; set by whoever restores a saved platform. */
  get idPosition(): number {
    return this.#ids.position;
  }

  set idPosition(position: number) {
    this.#ids = createIdGenerator(position);
  }

  /** The next fake secret with a prefix that says what it is for. */
  secret(prefix: string): string {
    return `${prefix}${this.#ids.hex(40)}`;
  }

  /** The next request's id, for the `x-request-id` header. */
  requestId(): string {
    this.#requests++;
    return `00000000-0000-4000-8000-${this.#requests.toString(16).padStart(12, "0")}`;
  }

  /** The root project and a token of it with every scope, the secret included. */
  get credentials(): { readonly projectId: string; readonly apiToken: string } {
    return { projectId: this.#options.projectId, apiToken: this.#options.apiToken };
  }

  /** Back to the seed: state, switches, faults, ids and journal. The origins stay. */
  reset(): void {
    this.clearEntities();
    this.journal.clear();
    this.faults.clear();
    this.#requests = 0;
    this.#switches = this.#options.switches;
    this.#ids = createIdGenerator(this.#options.idSeed);
    this.#plant(this);
  }

  /** Adds a subproject, or with `parentId: null` a project of another tree. */
  addProject(options: AddProjectOptions = {}): Project {
    checkIds({ id: options.id, parentId: options.parentId });
    const project = buildProject(options, {
      rootId: this.credentials.projectId,
      now: this.now(),
      uuid: () => this.uuid(),
      secret: (prefix) => this.secret(prefix),
    });
    this.projects.add(project);
    return project;
  }

  /** Adds an API token. */
  addToken(options: AddTokenOptions): ApiToken {
    const token: ApiToken = {
      id: this.uuid(),
      projectId: this.project(options.projectId ?? this.credentials.projectId).id,
      createdAt: this.now(),
      name: options.name ?? "Token",
      scopes: new Set(options.scopes),
      token: options.token ?? this.secret("PTmock"),
    };
    this.tokens.add(token);
    return token;
  }

  /** Switches protection of a project; it counts from the next request on. */
  setProtection(projectId: string, change: ProtectionChange): void {
    const project = this.project(projectId);
    this.projects.willChange(project);
    changeProtection(project, change, this.now());
  }

  /** Replaces the signing key of a project, and answers the new one. */
  rotateSigningKey(projectId: string): string {
    const key = this.secret("PSKmock");
    const project = this.project(projectId);
    this.projects.willChange(project);
    rotateSigningKey(project, key, this.now(), this.#options.signingKeyOverlap);
    return key;
  }

  /** The signing keys of a project that are valid now, the newest first. */
  signingKeys(projectId: string): string[] {
    return validSigningKeys(this.project(projectId), this.now());
  }

  /**
   * Adds a recording.
   *
   * @throws OptionError for an id that is no UUID or taken, or a project that is not there.
   * @throws RangeError for a size or length that no file can have.
   */
  addRecording(options: AddRecordingOptions = {}): { recording: Recording; urls: RecordingUrls } {
    const { id, callId, conferenceId } = options;
    checkIds({ id, callId, conferenceId });
    const recording = buildRecording(options, this.#context(options.projectId));
    this.recordings.add(recording);
    return { recording, urls: recordingUrls(this, recording) };
  }

  /**
   * Adds an attachment, and a message for it unless one is named that is there.
   *
   * @throws OptionError for an id that is no UUID or taken, a project that is not there, a message
   *   of another project than the one named, or a file name that cannot be one or is taken.
   */
  addMessageMedia(options: AddMessageMediaOptions = {}): {
    message: Message;
    media: MessageMedia;
    urls: MessageMediaUrls;
  } {
    const { id, messageId, projectId } = options;
    checkIds({ id, messageId });
    const known = messageId === undefined ? undefined : this.messages.get(messageId);
    const context = this.#context(projectId ?? known?.projectId);
    const message = known ?? buildMessage(options, context);
    if (message.projectId !== context.projectId) {
      throw new OptionError("messageId", "a message of the project");
    }
    checkSentName(this, context.projectId, options.fileName);
    const media = buildMessageMedia(options, message, context);
    this.messageMedia.add(media);
    if (known === undefined) this.messages.add(message);
    return { message, media, urls: messageMediaUrls(this, media) };
  }

  /**
   * Adds a fax document, and a fax for it unless one is named that is there.
   *
   * @throws OptionError for an id that is no UUID or taken, a project that is not there, or a fax of
   *   another project than the one named.
   * @throws RangeError for a number of pages that no file can have.
   */
  addFaxMedia(options: AddFaxMediaOptions = {}): { fax: Fax; media: FaxMedia; urls: MediaUrls } {
    const { id, faxId, projectId } = options;
    checkIds({ id, faxId });
    const known = faxId === undefined ? undefined : this.faxes.get(faxId);
    const context = this.#context(projectId ?? known?.projectId);
    const fax = known ?? buildFax(options, context);
    if (fax.projectId !== context.projectId) {
      throw new OptionError("faxId", "a fax of the project");
    }
    const media = buildFaxMedia(options, fax, context);
    this.faxMedia.add(media);
    if (known === undefined) this.faxes.add(fax);
    return { fax, media, urls: faxMediaUrls(this, media) };
  }

  #context(projectId = this.credentials.projectId): BuildContext {
    const { id } = this.project(projectId);
    return { projectId: id, now: this.now(), uuid: () => this.uuid() };
  }
}
