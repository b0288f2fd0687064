import type { paths } from "@media-protection/contract";
import type {
  Client as ApiClient,
  ClientPathsWithMethod,
  FetchResponse,
  MaybeOptionalInit,
} from "openapi-fetch";
import { UnexpectedAnswerError } from "../errors.js";
import { linkSignal } from "../http/deadline.js";
import type { Transport } from "../http/transport.js";
import type { RequestOptions } from "../options/call-options.js";
import { checkRequest } from "../options/call-options.js";
import type { Exactly } from "./exactly.js";

/**
 * The contract's own client (openapi-fetch): every operation by method and path. It goes through
 * the same transport as everything else: credentials are added, and failures are thrown as typed
 * errors, so `error` is never set. Success is JSON, or of a medium's path a body for `parseAs`
 * `"stream"`, `"blob"` or `"arrayBuffer"`; either ends within the client's `timeout`. A medium here is
 * neither resumed nor checked to be whole: `client.media.download` does that.
 *
 * Unlike openapi-fetch's own types, these refuse a parameter, body field or option that the
 * operation does not have, in a variable too. `api.request(method, …)` is left out: it is the same.
 */
export type Api = { readonly [M in HttpMethod as Uppercase<M>]: ApiMethod<M> } & Pick<
  ApiClient<paths>,
  "use" | "eject"
>;

/** A method of HTTP, as the contract writes it. */
export type HttpMethod = "get" | "head" | "post" | "put" | "patch" | "delete" | "options" | "trace";

/** The call of one method. Its second argument may be left out where nothing in it is required. */
export type ApiMethod<M extends HttpMethod> = <
  Path extends ClientPathsWithMethod<ApiClient<paths>, M>,
  Init extends MaybeOptionalInit<paths[Path], M>,
>(
  path: Path,
  ...init: undefined extends MaybeOptionalInit<paths[Path], M>
    ? [init?: Init & Exactly<MaybeOptionalInit<paths[Path], M>, Init>]
    : [init: Init & Exactly<MaybeOptionalInit<paths[Path], M>, Init>]
) => Promise<FetchResponse<NonNullable<paths[Path][M]>, Init, `${string}/${string}`>>;

/**
 * One call's options, in openapi-fetch's terms.
 *
 * @param options what is left when a resource has taken its own out; anything but the options of
 *   every call is an OptionError
 * @param idempotent whether the call may be repeated though it is no GET; @default false
 */
export type CallInit = (
  options: RequestOptions,
  idempotent?: boolean,
) => {
  readonly fetch: (request: Request) => Promise<Response>;
  /** The caller's. Not enumerable, so that no Request gets it with the rest. */
  readonly signal?: AbortSignal;
};

/** Builds what the resources turn their call options into. */
export function createInit(transport: Transport): CallInit {
  return (options, idempotent) => {
    const { signal: callers, timeout } = checkRequest(options);
    const call = {
      async fetch(request: Request) {
        const { signal, unlink } = linkSignal(callers);
        try {
          return await transport.api(request, { signal, timeout, idempotent });
        } finally {
          unlink();
        }
      },
    };
    // A Request lets go of the signal it is given only when it is collected itself.
    return Object.defineProperty(call, "signal", { value: callers });
  };
}

/**
 * The data of a successful call.
 *
 * @throws UnexpectedAnswerError where the platform answered success without the data
 */
export async function dataOf<Data>(
  call: Promise<{ readonly data?: Data; readonly response: Response }>,
): Promise<NonNullable<Data>> {
  const { data, response } = await call;
  if (data !== undefined && data !== null) return data;
  throw new UnexpectedAnswerError(
    "body",
    `The platform answered ${response.status} without the data it should have.`,
  );
}
