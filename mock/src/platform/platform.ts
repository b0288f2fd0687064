/**
 * The state of the mock platform: projects, API tokens, media, switches and the journal, and what a
 * test does with them. The routes read and change it; nothing here knows HTTP.
 */

import { Callbacks } from "../callbacks/callbacks.js";
import { Faults } from "../faults/armed-faults.js";
import type { Wait } from "../faults/faulty-body.js";
import { Journal } from "../journal/journal.js";
import type { ViolationLog } from "../journal/violations.js";
import { createIdGenerator, hashText, type IdGenerator } from "../rules/ids.js";
import type { Origins } from "../rules/origins.js";
import { readSwitches, type Switches } from "../rules/switches.js";
import { callbackSubject } from "./callback-subject.js";
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
import {
  readFaxMedia,
  readMessageMedia,
  readProject,
  readProtection,
  readRecording,
  readToken,
} from "./option-checks.js";
import { type CheckedOptions, OptionError, readOrigins } from "./options.js";
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
import { buildToken, revoke } from "./tokens.js";
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
  /** Sends callbacks, signed with the project's key: `callbacks.send("recording", { to })`. */
  readonly callbacks: Callbacks;
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
    this.faults = new Faults(
      () => this.now(),
      () => this.changes.add(),
    );
    this.callbacks = new Callbacks({
      journal: this.journal,
      faults: this.faults,
      wait: (ms, signal) => this.wait(ms, signal),
      now: () => this.now(),
      signingKeys: (projectId) => this.signingKeys(projectId),
      callbackSubject: (...wanted) => callbackSubject(this, ...wanted),
    });
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
    this.changes.add();
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

  /**
   * Back to the seed: state, switches, faults, ids and journal. The origins stay.
   *
   * @throws what `plant` throws; then the platform is as it was.
   */
  reset(): void {
    const putBack = this.keepEntities();
    const [switches, ids] = [this.#switches, this.#ids];
    this.#switches = this.#options.switches;
    this.#ids = createIdGenerator(this.#options.idSeed);
    const putFaultsBack = this.faults.keep();
    try {
      this.#plant(this);
    } catch (error) {
      putBack();
      putFaultsBack();
      this.#switches = switches;
      this.#ids = ids;
      throw error;
    }
    this.journal.clear();
    this.#requests = 0;
  }

  /**
   * Adds a subproject, or with `parentId: null` a project of another tree.
   *
   * @throws OptionError for an option that is unknown or cannot be that, an id that is taken, or a
   *   parent that is not there.
   */
  addProject(options: AddProjectOptions = {}): Project {
    const checked = readProject(options);
    if (typeof checked.parentId === "string" && this.projects.get(checked.parentId) === undefined) {
      throw new OptionError("parentId", "the id of a project, or null");
    }
    const rootId = this.credentials.projectId;
    const project = buildProject(checked, { ...this.#makers, rootId });
    this.projects.add(project);
    return project;
  }

  /**
   * Adds an API token.
   *
   * @throws OptionError for an option that is unknown or cannot be that, or a project that is not there.
   */
  addToken(options: AddTokenOptions): ApiToken {
    const checked = readToken(options);
    const { id: projectId } = this.project(checked.projectId ?? this.credentials.projectId);
    const added = buildToken(checked, { ...this.#makers, projectId });
    this.tokens.add(added);
    return added;
  }

  /**
   * Ends the life of an API token: from the next request on it opens nothing.
   *
   * @param idOrSecret of the token; with a secret that several have, all of them
   * @throws OptionError when there is no such token.
   */
  revokeToken(idOrSecret: string): void {
    if (!revoke(this.tokens, String(idOrSecret), this.now())) {
      throw new OptionError("token", "the id or the secret of an API token");
    }
  }

  /**
   * Switches protection of a project; it counts from the next request on.
   *
   * @throws OptionError for a name or a value that cannot be, or a project that is not there; then
   *   nothing is changed.
   */
  setProtection(projectId: string, change: ProtectionChange): void {
    const project = this.project(projectId);
    this.projects.willChange(project);
    changeProtection(project, readProtection(change), this.now());
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
   * @throws OptionError for an option that is unknown or cannot be that, an id that is taken, or a project that is not there.
   * @throws RangeError for a size or length that no file can have.
   */
  addRecording(options: AddRecordingOptions = {}): { recording: Recording; urls: RecordingUrls } {
    const checked = readRecording(options);
    const recording = buildRecording(checked, this.#context(checked.projectId));
    this.recordings.add(recording);
    return { recording, urls: recordingUrls(this, recording) };
  }

  /**
   * Adds an attachment, and a message for it unless one is named that is there.
   *
   * @throws OptionError for an option that is unknown or cannot be that, an id that is taken, a
   *   project that is not there, a message of another project than the one named, or a file name that
   *   is taken.
   */
  addMessageMedia(options: AddMessageMediaOptions = {}): {
    message: Message;
    media: MessageMedia;
    urls: MessageMediaUrls;
  } {
    const checked = readMessageMedia(options);
    const { messageId, projectId } = checked;
    const known = messageId === undefined ? undefined : this.messages.get(messageId);
    const context = this.#context(projectId ?? known?.projectId);
    const message = known ?? buildMessage(checked, context);
    if (message.projectId !== context.projectId) {
      throw new OptionError("messageId", "a message of the project");
    }
    checkSentName(this, context.projectId, checked.fileName);
    const media = buildMessageMedia(checked, message, context);
    this.messageMedia.add(media);
    if (known === undefined) this.messages.add(message);
    return { message, media, urls: messageMediaUrls(this, media) };
  }

  /**
   * Adds a fax document, and a fax for it unless one is named that is there.
   *
   * @throws OptionError for an option that is unknown or cannot be that, an id that is taken, a project that is not there, or a fax of
   *   another project than the one named.
   * @throws RangeError for a number of pages that no file can have.
   */
  addFaxMedia(options: AddFaxMediaOptions = {}): { fax: Fax; media: FaxMedia; urls: MediaUrls } {
    const checked = readFaxMedia(options);
    const { faxId, projectId } = checked;
    const known = faxId === undefined ? undefined : this.faxes.get(faxId);
    const context = this.#context(projectId ?? known?.projectId);
    const fax = known ?? buildFax(checked, context);
    if (fax.projectId !== context.projectId) {
      throw new OptionError("faxId", "a fax of the project");
    }
    const media = buildFaxMedia(checked, fax, context);
    this.faxMedia.add(media);
    if (known === undefined) this.faxes.add(fax);
    return { fax, media, urls: faxMediaUrls(this, media) };
  }

  #context(projectId = this.credentials.projectId): BuildContext {
    const { id } = this.project(projectId);
    return { ...this.#makers, projectId: id };
  }

  /** What builders take from the platform. */
  get #makers() {
    return {
      now: this.now(),
      uuid: () => this.uuid(),
      secret: (prefix: string) => this.secret(prefix),
    };
  }
}
