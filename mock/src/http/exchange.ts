/**
 * One request and its one answer, as a handler sees them through the contract. A reply that the
 * contract does not document for the operation does not compile.
 */

import type { ProjectCaller } from "../platform/callers.js";
import type { Project } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import type {
  EmptyStatus,
  Exactly,
  JsonBody,
  JsonStatus,
  MethodOf,
  OperationOf,
  Path,
  PathParams,
  Query,
  RequestBody,
} from "../rules/operations.js";
import type { MediaAnswer } from "./call.js";

declare const operation: unique symbol;

/** An answer to an operation of the contract. Only an exchange can make one. */
export type Reply<Op> = Response & { readonly [operation]: Op };

/** A request for metadata: authenticated, checked and read. */
export interface MetadataExchange<P extends Path, M extends MethodOf<P>> {
  readonly platform: Platform;
  readonly request: Request;
  /** The path as it was asked for, without the query. */
  readonly path: string;
  readonly params: PathParams<OperationOf<P, M>>;
  readonly query: Query<OperationOf<P, M>>;
  readonly body: RequestBody<OperationOf<P, M>>;
  readonly caller: ProjectCaller;
  /** The project asked about: the account in the path, else the caller's own. */
  readonly project: Project;

  /**
   * Answers JSON. The body must be exactly what the contract documents for the status: a field too
   * many or too few does not compile.
   */
  json<S extends JsonStatus<OperationOf<P, M>>, Body extends JsonBody<OperationOf<P, M>, S>>(
    status: S,
    body: Body & Exactly<JsonBody<OperationOf<P, M>, S>, Body>,
  ): Reply<OperationOf<P, M>>;

  /** Answers a status that the contract documents without a body. */
  empty(status: EmptyStatus<OperationOf<P, M>>): Reply<OperationOf<P, M>>;
}

/** A request for bytes: whether the caller may have them is decided by `media`. */
export interface BytesExchange<P extends Path> {
  readonly platform: Platform;
  readonly params: PathParams<OperationOf<P, "get" & MethodOf<P>>>;

  /**
   * Answers a medium, by the rule: denied, not there, a redirect to storage, or its bytes. Say what
   * the path names even where it does not exist; that a medium is missing is told only to those who
   * may know.
   */
  media(answer: MediaAnswer): Reply<OperationOf<P, "get" & MethodOf<P>>>;
}
