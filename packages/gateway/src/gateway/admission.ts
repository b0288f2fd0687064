import type { Ending } from "../bytes/counted-body.js";
import type { Limits } from "../bytes/limits.js";
import { refuse } from "../bytes/refusals.js";
import type { SealedLink } from "../links/sealed-link.js";
import { memoryState } from "../state/memory-state.js";
import { networkOf } from "./addresses.js";
import { authorize, type Judge, mediumName } from "./authorize.js";
import type { AuditEvent } from "./options.js";

/** What a viewer asks with, however the server has it. */
export interface Asked {
  readonly method: string;
  /** A field of the request by its name in lower case. */
  field(name: string): string | null;
}

/** A link that was let in. */
export interface Entry {
  readonly link: SealedLink;
  /** Makes room for others. Whoever was let in leaves, whatever happened. */
  leave(): void;
  /** Leaves, and tells once how it went. */
  end(status: number, end: Ending | "refused" | "handed over", bytes?: number): void;
}

/** What links are let in by. */
export interface AdmissionOptions {
  readonly judge: () => Judge;
  readonly limits: Limits;
  /** Links that do not open, for a network, in a minute. */
  readonly failures: number;
  readonly now: () => number;
  readonly onAudit: ((event: AuditEvent) => void) | undefined;
  readonly onError: (error: unknown) => void;
}

/** Lets links in: opened, judged, and counted as long as they are answered. */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #failed: ReturnType<typeof memoryState>;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#failed = memoryState(options.now);
  }

  /** The link, or its refusal; whoever guesses is slowed down, and past a limit nobody waits. */
  async enter(
    asked: Asked,
    token: string,
    tier: SealedLink["tier"],
    address: string | undefined,
  ): Promise<Entry | Response> {
    const { judge, limits, failures } = this.#options;
    const network = address === undefined ? undefined : networkOf(address);
    const { link, refusal } = await authorize(token, tier, judge());
    if (!link) {
      const isGuess = network !== undefined;
      if (isGuess && (await this.#failed.count(network.neighbours, 60)) > failures) {
        return refuse(429, { "retry-after": "60" });
      }
      return refuse(404);
    }
    const leave = refusal === undefined ? limits.enter(link.id, network?.own) : undefined;
    if (!leave) {
      // Past a limit, where it was not refused before.
      const status = refusal ?? 503;
      const said = this.#eventOf(link, asked, address);
      this.#tell({ ...said, what: tier, status, end: "refused", bytes: 0 });
      return refuse(status, status === 503 ? { "retry-after": "2" } : {});
    }
    let isOver = false;
    return {
      link,
      leave,
      end: (status, end, bytes) => {
        leave();
        if (isOver) return;
        isOver = true;
        this.#tell({
          ...this.#eventOf(link, asked, address),
          what: tier,
          status,
          end,
          ...(bytes === undefined ? {} : { bytes }),
        });
      },
    };
  }

  /** A log that cannot be written ends no answer, and no process. */
  #tell(event: AuditEvent): void {
    const { onAudit, onError } = this.#options;
    try {
      onAudit?.(event);
    } catch (error) {
      onError(error);
    }
  }

  #eventOf(link: SealedLink, asked: Asked, address: string | undefined) {
    const range = asked.field("range");
    return {
      time: new Date(this.#options.now()).toISOString(),
      link: link.id,
      medium: mediumName(link.ref),
      ...(link.audience === undefined ? {} : { audience: link.audience }),
      ...(address === undefined ? {} : { address }),
      ...(range === null ? {} : { range }),
    };
  }
}
