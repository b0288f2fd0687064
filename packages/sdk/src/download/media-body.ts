import { ConnectionError, IntegrityError, type IntegrityReason } from "../errors.js";
import { callersOwn } from "../http/callers-own.js";
import { onAbort, startTimer, wait } from "../http/deadline.js";
import type { BodyReader } from "../http/response-body.js";
import { retryDelay } from "../http/retry.js";
import { reasonOf, safeCause } from "../trust/masking.js";
import type { BodyPart, BodyPlan } from "./body-plan.js";
import { beginningLength, beginsAsText } from "./media-type.js";

type Bytes = Uint8Array<ArrayBuffer>;

/** Progress that shows a connection to have worked, in bytes. */
const enoughProgress = 65_536;

/**
 * Reads exactly the bytes that the first answer promised, one chunk at a time: drops a connection
 * that was cut or stalls, and goes on where it ended. Nothing is read ahead of the consumer, so a
 * slow one holds the socket back.
 */
export class MediaReader {
  private readonly plan: BodyPlan;
  private readonly start: number;
  private end: number | undefined;
  private part: BodyPart;
  private reader: BodyReader;
  /** The offset in the medium of the next byte from the connection. */
  private at: number;
  /** The offset in the medium of the next byte to deliver. */
  private next: number;
  /** The byte before that, once one was delivered. */
  private last: number | undefined;
  private beginning = "";
  private resumedAt: number;
  private failures = 0;
  private stalled = false;
  private waitingSince: number | undefined;
  private timer: { clear(): void } | undefined;
  private readonly unfollow: () => void;

  constructor(first: BodyPart, plan: BodyPlan) {
    this.plan = plan;
    this.part = first;
    this.start = this.next = this.resumedAt = first.extent.start;
    this.end = first.extent.end;
    this.at = first.extent.from;
    this.reader = first.reader;
    this.unfollow = onAbort(plan.signal, () => this.drop());
    // Nobody may come to read what was aborted before.
    if (plan.signal.aborted) this.drop();
  }

  /**
   * The next bytes; `undefined` after the last. Not to be called before the last call has settled.
   *
   * @throws IntegrityError for a body that is longer, shorter, empty, of another version or an
   *   error page; the signal's reason; what a hook throws; whatever asking for the rest throws
   */
  async read(): Promise<Bytes | undefined> {
    try {
      while (!this.isCutOut()) {
        const ended = this.reader;
        const { chunk, broken } = await this.receive();
        if (chunk !== undefined) {
          const bytes = this.accept(chunk);
          if (bytes.length > 0) return bytes;
          continue;
        }
        if (this.end === undefined && !broken) {
          await this.findEnd();
          if (this.reader !== ended) continue;
        }
        if (this.isWhole()) break;
        await this.resume(broken);
      }
      this.cancel();
      if (this.next === this.start) throw this.wrong("is empty");
      return undefined;
    } catch (error) {
      this.cancel(error);
      throw error;
    }
  }

  /** Takes nothing from the connection until the next read. */
  pause(): void {
    this.reader.pause?.();
  }

  /** Lets go of the connection. */
  cancel(reason?: unknown): void {
    this.timer?.clear();
    this.unfollow();
    this.reader.cancel(reason);
    this.plan.onEnd();
  }

  /** Ends a pending read in every runtime; undici 6 by itself may lose an abort. */
  private drop(): void {
    this.cancel(this.plan.signal.reason);
  }

  /** The next chunk of the connection; or that there is none, and why if it broke. */
  private async receive(): Promise<{ readonly chunk?: Bytes; readonly broken?: Error }> {
    const { signal, stallTimeout } = this.plan;
    this.waitingSince = performance.now();
    this.timer ??= startTimer(stallTimeout, this.watch);
    try {
      const chunk = await this.reader.read();
      signal.throwIfAborted();
      if (chunk) return { chunk };
      return this.stalled ? { broken: new Error(`no byte for ${stallTimeout} ms`) } : {};
    } catch (error) {
      signal.throwIfAborted();
      return { broken: safeCause(error, this.part.redact) };
    } finally {
      this.waitingSince = undefined;
    }
  }

  /** One timer for all chunks: rearmed only while something is awaited. */
  private readonly watch = () => {
    this.timer = undefined;
    if (this.waitingSince === undefined) return;
    const left = this.waitingSince + this.plan.stallTimeout - performance.now();
    if (left > 0) {
      this.timer = startTimer(left, this.watch);
    } else {
      this.stalled = true;
      this.reader.cancel();
    }
  };

  /** Of a chunk, the bytes that are wanted. */
  private accept(chunk: Bytes): Bytes {
    const { to } = this.part.extent;
    const offset = this.at;
    this.at += chunk.length;
    if (to !== undefined && this.at > to + 1) {
      const { from } = this.part.extent;
      throw this.wrong(`is longer than the ${to - from + 1} bytes announced`);
    }
    if (!this.plan.mayBeText && offset < beginningLength && offset === this.beginning.length) {
      this.beginning += String.fromCharCode(...chunk.subarray(0, beginningLength - offset));
      if (beginsAsText(this.beginning)) {
        throw this.wrong("is text, such as an error page, not the medium");
      }
    }
    // Where two answers overlap they must agree: a runtime may have read the framing of the first
    // otherwise than it was meant, such as chunks of HTTP/1.0 for the medium.
    const again = chunk[this.next - 1 - offset];
    if (this.last !== undefined && again !== undefined && again !== this.last) {
      throw this.wrong("has other bytes in a second answer", { reason: "changed" });
    }
    const stop = this.end === undefined ? chunk.length : this.end + 1 - offset;
    const bytes = chunk.subarray(Math.max(0, this.next - offset), Math.max(0, stop));
    this.next += bytes.length;
    this.last = bytes.at(-1) ?? this.last;
    return bytes;
  }

  /** Whether all that was wanted came, and the server would go on to send what was not. */
  private isCutOut(): boolean {
    const { to } = this.part.extent;
    return this.end !== undefined && this.next > this.end && (to === undefined || to > this.end);
  }

  /** Whether all that was wanted came; and where its last byte was asked for once more, that too. */
  private isWhole(): boolean {
    return this.end !== undefined && this.next > this.end && this.at > this.end;
  }

  /**
   * Finds out where the medium ends, of which no length was announced, once its body ended. No
   * runtime's fetch tells such an end from a cut under all circumstances, nor shows by which it is.
   */
  private async findEnd(): Promise<void> {
    const { next, reader } = this;
    if (reader.sawEnd?.()) {
      this.end = next - 1;
      return;
    }
    // Of nothing there is no last byte to ask for; it is asked for anew.
    if (next === this.start) return;
    reader.cancel();
    for (;;) {
      const asked = await this.plan.askSize(next);
      if ("size" in asked) {
        this.end = asked.size - 1;
        // Read like any other, so that it is compared.
        if (asked.proof) this.goOnWith(asked.proof);
        return;
      }
      const { unknown, mayPass } = asked;
      const open = `ended after ${next - this.start} bytes, and nothing proves that they are all`;
      if (!mayPass || !(await this.backOff(open, unknown))) throw this.unproven(open, unknown);
    }
  }

  /** Goes on with another answer, after this one ended too early. */
  private async resume(broken: Error | undefined): Promise<void> {
    const { plan, next, start, end } = this;
    this.reader.cancel(broken);
    this.stalled = false;
    const of = end === undefined ? "" : ` of ${end - start + 1}`;
    const cut = broken
      ? `was cut after ${next - start}${of} bytes (${reasonOf(broken)})`
      : end !== undefined && next > end
        ? `ended after ${next - start} bytes, and the answer that should prove them all was empty`
        : `ended after ${next - start}${of} bytes`;
    if (next > start && !plan.provable) throw this.wrong(cut, { reason: "cut", cause: broken });
    if (!(await this.backOff(cut, broken))) throw this.wrong(cut, { reason: "cut", cause: broken });
    const part = await plan.resume(next);
    this.end ??= part.extent.end;
    this.goOnWith(part);
  }

  private goOnWith(part: BodyPart): void {
    this.part = part;
    this.at = part.extent.from;
    this.reader = part.reader;
    // An abort in the meantime found nothing to drop.
    this.plan.signal.throwIfAborted();
  }

  /** Waits before another request, as the policy says; `false` where it allows none. */
  private async backOff(how: string, cause: Error | undefined): Promise<boolean> {
    const { plan, next } = this;
    const { request } = this.part;
    if (next - this.resumedAt >= enoughProgress) this.failures = 0;
    this.resumedAt = next;
    const message = `The body of ${request.method} ${request.url} ${how}.`;
    const error = new ConnectionError(message, { request, cause });
    const delay = retryDelay(error, ++this.failures, plan.retry, Math.random());
    if (delay === undefined) return false;
    const event = { request, error, failures: this.failures, delay };
    await callersOwn(plan.signal, () => plan.onRetry?.(event));
    await wait(delay, plan.signal);
    return true;
  }

  private unproven(how: string, cause: Error): IntegrityError {
    const { request } = this.part;
    const advice =
      'Have it served with a Content-Length or with ranges, or set the option "fetch" to nodeFetch, which sees the end of chunks; a Response made by hand needs a Content-Length, too.';
    return new IntegrityError(
      `The body of ${request.method} ${request.url} ${how}: no length was announced. ${reasonOf(cause)} ${advice}`,
      { request, cause, reason: "cut" },
    );
  }

  private wrong(
    how: string,
    why: { readonly reason?: IntegrityReason; readonly cause?: Error | undefined } = {},
  ): IntegrityError {
    const { request } = this.part;
    const message = `The body of ${request.method} ${request.url} ${how}. Download it again.`;
    return new IntegrityError(message, { request, ...why });
  }
}
