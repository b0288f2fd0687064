import type { MediaKind } from "@media-protection/contract";
import type { Faults } from "../faults/armed-faults.js";
import type { Wait } from "../faults/faulty-body.js";
import type { Journal } from "../journal/journal.js";
import type { SentCallback } from "../journal/journal-entry.js";
import {
  type Checks,
  callable,
  number,
  OptionError,
  oneOf,
  readFields,
  uuid,
  whole,
} from "../rules/checks.js";
import { type CallbackShape, type CallbackSubject, callbackShapes } from "./callback-shapes.js";
import { signWebhook } from "./sign-webhook.js";

/** What goes wrong with a callback. */
export type CallbackFault =
  /** The same delivery comes a second time. */
  | "twice"
  /** The last state comes first, and the one before it after that. */
  | "outOfOrder"
  /** It is signed with a key that is not the project's. */
  | "wrongKey"
  /** It is signed for another URL, as where a proxy changed it. */
  | "wrongUrl"
  /** It comes before the medium: the next requests for that are 404. */
  | "beforeMedia";

const faults: Readonly<Record<CallbackFault, true>> = {
  twice: true,
  outOfOrder: true,
  wrongKey: true,
  wrongUrl: true,
  beforeMedia: true,
};

/** How a callback is sent. */
export interface SendCallbackOptions {
  /** The URL of the receiver, as the platform would have been given it. It is signed as it is written. */
  readonly to: string | URL;
  /** The medium that it tells of, by its id. Default: the newest of the kind that the project has. */
  readonly media?: string | undefined;
  /** The project, which must be the medium's where one is named. Default: that, or the root project. */
  readonly projectId?: string;
  /** A state that the shape knows. Default: that of the whole medium. */
  readonly state?: string | undefined;
  /** @default "sha256" */
  readonly digest?: "sha256" | "sha1" | undefined;
  /** What goes wrong. Default: nothing. */
  readonly fault?: CallbackFault | undefined;
  /** How long it is late, in ms. @default 0 */
  readonly delay?: number | undefined;
  /** With the fault `beforeMedia`: how many requests for the medium are 404. @default 2 */
  readonly requests?: number | undefined;
  /** How long the receiver may take to answer, in ms. @default 15000 */
  readonly timeout?: number | undefined;
  /** What sends it: an app's own `request`, for a test without sockets. Default: the global fetch. */
  readonly fetch?: ((url: string, init: RequestInit) => Response | Promise<Response>) | undefined;
}

/** One callback that was sent, and what came of it. */
export interface Delivery {
  readonly shape: CallbackShape;
  readonly media: string;
  readonly projectId: string;
  readonly state: string;
  /** The receiver's answer; `null` where none came. */
  readonly status: number | null;
  /** Why none came. */
  readonly error: string | null;
  /** What was sent: the header fields of its body and of its signature, and the body. */
  readonly sent: SentCallback;
}

/** What of a platform callbacks are made of. */
export interface CallbackScene {
  readonly journal: Journal;
  readonly faults: Faults;
  readonly wait: Wait;
  now(): number;
  signingKeys(projectId: string): string[];
  /** @throws OptionError where there is no such medium. */
  callbackSubject(
    kind: MediaKind,
    id: string | undefined,
    projectId: string | undefined,
  ): CallbackSubject;
}

/** Everything that can go wrong with a callback. */
// The keys of the table are what the type is made of.
export const callbackFaults = Object.keys(faults) as readonly CallbackFault[];

/** A shape of callbacks as it is listed. */
export interface DescribedShape {
  readonly shape: CallbackShape;
  /** Of what media it tells. */
  readonly kind: MediaKind;
  /** The states that it knows, in order; the last is that of the whole medium. */
  readonly states: readonly string[];
}

const url = {
  holds: (value: unknown) => URL.canParse(String(value)) && /^https?:/i.test(String(value)),
  expected: "the URL of a receiver, http or https",
  write: String,
};

/** Callbacks of a platform: sent, signed with the project's key, and what receivers answered. */
export class Callbacks {
  readonly #scene: CallbackScene;

  constructor(scene: CallbackScene) {
    this.#scene = scene;
  }

  /** The shapes in which the platform tells of media. */
  get shapes(): readonly CallbackShape[] {
    // Safe: the keys of the table are what the type is made of.
    return Object.keys(callbackShapes) as CallbackShape[];
  }

  /** Each shape, of what it tells and in which states. */
  get described(): readonly DescribedShape[] {
    return this.shapes.map((shape) => {
      const { kind, states } = callbackShapes[shape];
      return { shape, kind, states };
    });
  }

  /**
   * Sends a callback of a medium that the platform has, and waits for the answer, which stands in the
   * journal, too.
   *
   * @param shape in which form or JSON: `"recording"`, `"recordEvent"`, `"message"`, `"fax"`, …
   * @returns what was sent, one for each delivery, in order
   * @throws OptionError for a shape, a medium or an option that cannot be; nothing is sent then.
   */
  async send(shape: CallbackShape, options: SendCallbackOptions): Promise<Delivery[]> {
    if (!Object.hasOwn(callbackShapes, shape)) {
      throw new OptionError("shape", `one of ${this.shapes.join(", ")}`);
    }
    const { kind, states } = callbackShapes[shape];
    const last = states.at(-1) ?? states[0];
    const checked = readFields("a callback", options, checks(states), { required: ["to"] });
    const { fault, delay = 0, state = last, requests = 2, media, projectId } = checked;
    const subject = this.#scene.callbackSubject(kind, media, projectId);
    if (fault === "outOfOrder" && states.length < 2) {
      throw new OptionError("fault", `another for ${shape}, which has one state only`);
    }
    if (delay > 0) await this.#scene.wait(delay, new AbortController().signal);
    if (fault === "beforeMedia") {
      this.#scene.faults.add({ kind: "notReady", requests, media: subject.id });
    }
    const order = {
      twice: [state, state],
      outOfOrder: [last, states.at(-2) ?? last],
    };
    const sent = fault === "twice" || fault === "outOfOrder" ? order[fault] : [state];
    const deliveries: Delivery[] = [];
    for (const one of sent) deliveries.push(await this.#deliver(shape, subject, one, checked));
    return deliveries;
  }

  async #deliver(
    shape: CallbackShape,
    subject: CallbackSubject,
    state: string,
    options: SendCallbackOptions,
  ): Promise<Delivery> {
    const { to, fault, digest = "sha256", timeout = 15_000 } = options;
    const send = options.fetch ?? fetch;
    const content = callbackShapes[shape].body(subject, state);
    const body =
      "form" in content ? new URLSearchParams(content.form) : JSON.stringify(content.json);
    const [key = ""] = this.#scene.signingKeys(subject.projectId);
    const signature = await signWebhook({
      url: fault === "wrongUrl" ? `${to}/elsewhere` : String(to),
      signingKey: fault === "wrongKey" ? `${key}-of-another` : key,
      ...{ body, digest },
    });
    const type = "form" in content ? "application/x-www-form-urlencoded" : "application/json";
    const sent = { headers: { "content-type": type, ...signature }, body: String(body) };
    let [status, error]: [number | null, string | null] = [null, null];
    try {
      const answer = await send(String(to), {
        method: "POST",
        ...sent,
        redirect: "manual",
        signal: AbortSignal.timeout(timeout),
      });
      ({ status } = answer);
      // Not waited for: under MSW the body of an answer that was let through never says that it is over.
      answer.body?.cancel().catch(() => {});
    } catch (reason) {
      const { message, cause } = reason instanceof Error ? reason : new Error(String(reason));
      error = cause instanceof Error ? cause.message || message : message;
    }
    this.#record(shape, subject, new URL(to), status, sent);
    return { shape, media: subject.id, projectId: subject.projectId, state, status, error, sent };
  }

  #record(
    callback: CallbackShape,
    { id }: CallbackSubject,
    to: URL,
    status: number | null,
    sent: SentCallback,
  ): void {
    this.#scene.journal.record({
      time: this.#scene.now(),
      origin: null,
      originUrl: to.origin,
      method: "POST",
      path: to.pathname,
      media: id,
      caller: null,
      authorization: false,
      tokenExposed: false,
      decision: "none",
      reason: null,
      status: status ?? 0,
      fault: null,
      callback,
      sent,
    });
  }
}

const checks = (states: readonly string[]): Checks<SendCallbackOptions> => ({
  to: url,
  media: uuid,
  projectId: uuid,
  state: oneOf(...states),
  digest: oneOf("sha256", "sha1"),
  fault: oneOf(...callbackFaults),
  delay: number(0, 86_400_000, "ms"),
  requests: whole(1),
  timeout: number(1, 86_400_000, "ms"),
  fetch: callable,
});
