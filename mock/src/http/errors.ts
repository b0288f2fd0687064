/**
 * The platform's error bodies. Each API has its own.
 */

import type { Schemas } from "@media-protection/contract";
import type { Family } from "../rules/operations.js";

/** The statuses that any API may answer with an error. */
export type ErrorStatus =
  | 400
  | 401
  | 403
  | 404
  | 409
  | 410
  | 416
  | 422
  | 429
  | 500
  | 502
  | 503
  | 504;

/** One thing that is wrong with a request. */
export interface Problem {
  /** The error itself, for programs. */
  readonly code: string;
  /** The error itself, for people. */
  readonly message: string;
  /** The field or parameter that is wrong, if it is one. */
  readonly attribute?: string;
}

const errorPage = "https://developer.signalwire.com/rest/overview/error-codes/";

/** The bodies of the REST API that are only a reason phrase. */
export const restErrors = {
  400: { error: "Bad Request" },
  401: { error: "Unauthorized" },
  403: { error: "Forbidden" },
  404: { error: "Not Found" },
  500: { error: "Internal Server Error" },
} as const satisfies {
  400: Schemas["BadRequestError"];
  401: Schemas["UnauthorizedError"];
  403: Schemas["ForbiddenError"];
  404: Schemas["NotFoundError"];
  500: Schemas["InternalServerError"];
};

/** The body of a 422 of the REST API. */
export function restProblems(...problems: readonly Problem[]): Schemas["RestErrors"] {
  return {
    errors: problems.map(({ code, message, attribute }) => ({
      type: "validation_error",
      code,
      message,
      attribute: attribute ?? null,
      url: `${errorPage}#${code}`,
    })),
  };
}

/** The body of a 422 of the Relay REST API. */
function relayProblems(...problems: readonly Problem[]): Schemas["RelayErrors"] {
  return {
    errors: problems.map(({ code, message }) => ({
      detail: message,
      status: "422",
      title: "Validation error",
      code,
    })),
  };
}

const compatErrors = {
  400: [20001, "The request cannot be read"],
  401: [20003, "Authentication failed: credentials are missing or wrong"],
  403: [20403, "The credentials do not open this resource"],
  404: [20404, "The requested resource was not found"],
  409: [20409, "The resource is in use"],
  410: [20410, "The resource is gone"],
  416: [20416, "The range cannot be satisfied"],
  422: [20422, "The request is well formed and refused"],
  429: [20429, "Too many requests"],
  500: [20500, "An internal error has occurred"],
  502: [20502, "The server behind this one answered wrongly"],
  503: [20503, "The service is not available"],
  504: [20504, "The server behind this one did not answer"],
} as const satisfies Record<ErrorStatus, readonly [code: number, message: string]>;

/**
 * The body of an error of the compatibility API.
 *
 * @param message what is wrong, where there is more to say than the status does.
 */
export function compatError(status: ErrorStatus, message?: string): Schemas["CompatibilityError"] {
  const [code, usual] = compatErrors[status];
  return { code, message: message ?? usual, more_info: `${errorPage}#${code}`, status };
}

/** The error body of an API; what the router answers before a handler runs, or in its place. */
export function errorBody(
  family: Family,
  status: keyof typeof restErrors | 422,
  problems: readonly Problem[] = [],
): object {
  if (family === "compat") return compatError(status, problems[0]?.message);
  if (status !== 422) return restErrors[status];
  return family === "relay" ? relayProblems(...problems) : restProblems(...problems);
}

const outages = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  410: "Gone",
  416: "Range Not Satisfiable",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
} as const;

/** The error body of an API for a status that comes on command only. */
export function outageBody(family: Family, status: keyof typeof outages): object {
  return family === "compat" ? compatError(status) : { error: outages[status] };
}
