import { isSdkError } from "../errors.js";
import { linkSignal, unlessAborted, wait } from "../http/deadline.js";

/** What a run does about a platform that does not serve it. */
export interface RunPolicy {
  /** The longest pause that is made when the platform asks for one, in milliseconds. */
  readonly maxPause: number;
  /** How many media in a row may fail for one reason. */
  readonly maxFailures: number;
}

/** Why a run ended before its sources did. */
export type EarlyEnd = "asked-to-wait" | "failing";

/** Codes of what is wrong with the disk, and not with the path of one medium. */
const diskTrouble = new Set([
  "ECANCELED",
  "EDQUOT",
  "EIO",
  "EMFILE",
  "ENFILE",
  "ENODEV",
  "ENOSPC",
  "ENXIO",
  "EROFS",
  "ESTALE",
]);

/** Errors that say something of one medium only, however many in a row there are. */
const ofOneMedium = new Set([
  "FileExistsError",
  "IntegrityError",
  "MediaNotReadyError",
  "NotFoundError",
  "OptionError",
  "UntrustedUrlError",
]);

/**
 * How many media may be on their way from memory to the disk: flushes that wait together cost a disk
 * hardly more than one.
 */
const mostPending = 32;

/** How often a medium is asked for again after pauses, before it counts as failed. */
const mostPauses = 3;

/**
 * What the workers of one run share: its end, which is everybody's at once, and the platform's word
 * that it wants to be left alone.
 */
export class SaveRun {
  /** Ends with the caller's, on whose signal there is one listener for the whole run. */
  readonly signal: AbortSignal;
  /** Why no more sources are taken, though none has failed for good. */
  endedEarly: EarlyEnd | undefined;
  /** What ended everything; the first in time. */
  fatal: { readonly error: unknown } | undefined;
  private readonly life: ReturnType<typeof linkSignal>;
  private readonly policy: RunPolicy;
  private resumeAt = 0;
  private pending = 0;
  private readonly waiting: (() => void)[] = [];
  private streak: { readonly of: Cause; readonly sort: string; readonly count: number } | undefined;

  constructor(callers: AbortSignal | undefined, policy: RunPolicy) {
    this.life = linkSignal(callers);
    this.signal = this.life.signal;
    this.policy = policy;
  }

  /** Whether no more sources are to be taken. */
  get isOver(): boolean {
    return this.fatal !== undefined || this.endedEarly !== undefined || this.signal.aborted;
  }

  /** Ends everything that is under way. */
  fail(error: unknown): void {
    if (this.fatal) return;
    this.fatal = { error };
    this.life.abort(error);
  }

  /** Takes no more sources, after theirs failed; what is under way may end. */
  readonly stop = (error: unknown): undefined => {
    this.fatal ??= { error };
  };

  /** The caller's promise, or that of something of theirs, for no longer than the run lasts. */
  async unlessOver<Value>(promise: Promise<Value>): Promise<Value> {
    return unlessAborted(this.signal, promise);
  }

  /** Says that a medium was saved, so that the disk is not what refuses one after the other. */
  succeeded(): void {
    this.endStreak("disk");
  }

  /**
   * Receives one medium, when the platform may be asked; again, where it asked for a pause.
   *
   * @throws whatever the receiving throws, unless the run has ended by it: then `undefined` is answered
   */
  async attempt<Result>(receive: () => Promise<Result>): Promise<Result | undefined> {
    for (let pauses = 0; ; pauses++) {
      await this.pause();
      // A source that failed says nothing of what it gave before.
      if (this.endedEarly !== undefined || this.signal.aborted) return undefined;
      try {
        const result = await receive();
        this.endStreak("platform");
        return result;
      } catch (error) {
        if (this.signal.aborted || concernsAll(error)) throw error;
        const asked = retryAfterOf(error);
        if (asked !== undefined) this.hold(asked);
        else this.count(error);
        // Nobody has decided about this medium: it was the platform's state that spoke.
        if (this.endedEarly === "asked-to-wait") return undefined;
        if (asked === undefined || pauses >= mostPauses) throw error;
      }
    }
  }

  /**
   * Begins what needs no connection, such as a flush, and returns when there is room for more of it.
   * What fails ends the run.
   */
  async meanwhile(work: () => Promise<void>): Promise<void> {
    this.pending++;
    void work()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.pending--;
        this.waiting.shift()?.();
      });
    if (this.pending >= mostPending) await this.oneLess();
  }

  /** Waits until nothing of that is under way. */
  async idle(): Promise<void> {
    while (this.pending > 0) await this.oneLess();
  }

  private oneLess(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** Lets go of the caller's signal. */
  close(): void {
    this.life.unlink();
  }

  /** One answer that says how long to wait holds for all. */
  private hold(milliseconds: number): void {
    if (milliseconds > this.policy.maxPause) this.endedEarly ??= "asked-to-wait";
    else this.resumeAt = Math.max(this.resumeAt, performance.now() + milliseconds);
  }

  private async pause(): Promise<void> {
    // Another may have been asked to wait longer meanwhile.
    while (!this.isOver && this.resumeAt > performance.now()) {
      await wait(this.resumeAt - performance.now(), this.signal);
    }
  }

  /** One success of theirs means that what failed before was not for a reason that holds for all. */
  private endStreak(of: Cause): void {
    if (this.streak?.of === of) this.streak = undefined;
  }

  /** Counts failures in a row that would be those of any other medium. */
  count(error: unknown): void {
    const sort = sortOf(error);
    if (sort === undefined) return;
    const count = this.streak?.sort === sort ? this.streak.count + 1 : 1;
    this.streak = { of: causeOf(error), sort, count };
    if (count >= this.policy.maxFailures) this.endedEarly ??= "failing";
  }
}

/** Who refuses: one may do so while all is well with the other. */
type Cause = "disk" | "platform";

function causeOf(error: unknown): Cause {
  return isSdkError(error) && error.name === "DiskError" ? "disk" : "platform";
}

/** Whether no other medium would fare better, or the error is not of our making, such as a hook's. */
export function concernsAll(error: unknown): boolean {
  if (!isSdkError(error)) return true;
  if (error.name === "AuthenticationError") return true;
  return error.name === "DiskError" && diskTrouble.has(String(Reflect.get(error, "code")));
}

/** What failures are alike in; `undefined` for one that says nothing of the next medium. */
function sortOf(error: unknown): string | undefined {
  if (!isSdkError(error) || ofOneMedium.has(error.name)) return undefined;
  if ("status" in error) {
    return [404, 410, 416].includes(error.status) ? undefined : `status ${error.status}`;
  }
  return error.name === "DiskError" ? `disk ${Reflect.get(error, "code")}` : error.name;
}

/** How long the platform asks to wait, in milliseconds. */
function retryAfterOf(error: unknown): number | undefined {
  return isSdkError(error) && "retryAfter" in error ? error.retryAfter : undefined;
}
