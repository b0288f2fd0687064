import { waitFor } from "./wait-for.js";

/**
 * How often the platform is asked on behalf of one project, whoever asks: a rate, and a pause that holds
 * for all.
 */
export interface RequestGate {
  /** Waits until one more request of the project may leave. */
  pass(projectId: string, signal?: AbortSignal | undefined): Promise<void>;
  /** Nothing of the project leaves for so many milliseconds; the longest pause counts. */
  pause(projectId: string, milliseconds: number): Promise<void>;
}

/** Options of {@link createGate}. */
export interface GateOptions {
  /**
   * Requests a second for each project; `Infinity` for no limit.
   * @default Infinity
   */
  readonly requestsPerSecond?: number | undefined;
  /** The clock, in milliseconds; for tests. @default performance.now */
  readonly now?: (() => number) | undefined;
  /** Waits; for tests. @default a timer */
  readonly wait?:
    | ((milliseconds: number, signal?: AbortSignal | undefined) => Promise<void>)
    | undefined;
}

/**
 * A gate for one process. Requests are spaced evenly, each project by itself: a second holds
 * `requestsPerSecond` of them, wherever it begins.
 */
export function createGate(options: GateOptions = {}): RequestGate {
  const { requestsPerSecond = Infinity, now = () => performance.now(), wait = waitFor } = options;
  const space = checkRate(requestsPerSecond);
  /** When the next request of a project may leave, and until when none may. */
  const projects = new Map<string, { next: number; until: number }>();
  const of = (projectId: string) => {
    const key = projectId.toLowerCase();
    const found = projects.get(key) ?? { next: 0, until: 0 };
    projects.set(key, found);
    return found;
  };
  return {
    async pass(projectId, signal) {
      const state = of(projectId);
      do {
        signal?.throwIfAborted();
        const at = Math.max(now(), state.next, state.until);
        state.next = at + space;
        if (at > now()) await wait(at - now(), signal);
        // A pause began meanwhile: a new place in the line, or all who waited would leave at once behind it.
      } while (state.until > now());
    },
    async pause(projectId, milliseconds) {
      const state = of(projectId);
      state.until = Math.max(state.until, now() + milliseconds);
    },
  };
}

/** The milliseconds between two requests. */
export function checkRate(requestsPerSecond: number): number {
  if (typeof requestsPerSecond === "number" && requestsPerSecond > 0)
    return 1000 / requestsPerSecond;
  throw new RangeError("requestsPerSecond must be a number above 0, or Infinity for no limit");
}
