/**
 * What the contract says about an operation, as types: its parameters, its body, and which replies
 * it documents. From these the router knows what a handler gets and what it may answer.
 */

import type { paths, Schemas } from "@media-protection/contract";

/** A path of the contract, with its parameters in braces. */
export type Path = keyof paths;

/** The methods that handlers are written for; HEAD is derived from GET. */
export type Method = "get" | "post" | "patch" | "delete";

/** The methods that the contract has for a path. */
export type MethodOf<P extends Path> = {
  [M in Method]: paths[P][M] extends { responses: unknown } ? M : never;
}[Method];

/** An operation of the contract, as far as the types below read it. */
export interface Operation {
  readonly parameters: { readonly path?: unknown; readonly query?: unknown };
  readonly requestBody?: unknown;
  readonly responses: object;
}

/** The operation of a method on a path. */
export type OperationOf<P extends Path, M extends MethodOf<P>> = Extract<paths[P][M], Operation>;

/** The path parameters, as text: whether they are UUIDs is for the state to find out. */
export type PathParams<Op extends Operation> = Op["parameters"]["path"] extends infer Params
  ? { readonly [Name in keyof Params]: string }
  : never;

/** The query parameters; each may be absent. `never` where the operation has none. */
export type Query<Op extends Operation> = [Exclude<Op["parameters"]["query"], undefined>] extends [
  never,
]
  ? never
  : {
      readonly [Name in keyof Exclude<Op["parameters"]["query"], undefined>]:
        | Exclude<Exclude<Op["parameters"]["query"], undefined>[Name], undefined>
        | undefined;
    };

/** The JSON body of a request; `never` where the operation has none. */
export type RequestBody<Op extends Operation> = Op extends {
  requestBody: { content: { "application/json": infer Body } };
}
  ? Body
  : never;

type JsonContent = { readonly content: { readonly "application/json": unknown } };

// Each member of a union of responses is looked at by itself, so that one handler can serve two
// operations that document the same, such as a list with and without `.json`.
type StatusWith<Responses, Content> = Responses extends unknown
  ? { [S in keyof Responses]: Responses[S] extends Content ? S : never }[keyof Responses] & number
  : never;

type StatusWithout<Responses, Content> = Responses extends unknown
  ? { [S in keyof Responses]: Responses[S] extends Content ? never : S }[keyof Responses] & number
  : never;

/** The statuses for which the operation documents a JSON body. */
export type JsonStatus<Op extends Operation> = StatusWith<Op["responses"], JsonContent>;

/** The JSON body documented for a status. */
export type JsonBody<Op extends Operation, S extends JsonStatus<Op>> = BodyOf<Op["responses"], S>;

type BodyOf<Responses, S> = S extends keyof Responses
  ? Responses[S] extends { readonly content: { readonly "application/json": infer Body } }
    ? Body
    : never
  : never;

/** The statuses that the operation documents without a body. */
export type EmptyStatus<Op extends Operation> = StatusWithout<
  Op["responses"],
  { readonly content: unknown }
>;

/** The statuses that a request for bytes can have, whichever way the switches are set. */
type BytesStatus = 200 | 206 | 302 | 304 | 401 | 403 | 404 | 416;

/** Whether the contract documents the operation as one that answers bytes, denials included. */
export type AnswersBytes<Op extends Operation> = [
  Exclude<BytesStatus, keyof Op["responses"]>,
] extends [never]
  ? true
  : false;

/** Which API a path belongs to; each has error bodies of its own. */
export type Family = "rest" | "relay" | "compat";

/** The API of a path. The files host answers errors like the REST API. */
export type FamilyOf<P extends Path> = P extends `/api/laml/${string}`
  ? "compat"
  : P extends `/api/relay/${string}`
    ? "relay"
    : "rest";

/** The error body of an API for a status. */
export type ErrorBody<F extends Family, S extends number> = F extends "compat"
  ? Schemas["CompatibilityError"]
  : S extends 400
    ? Schemas["BadRequestError"]
    : S extends 401
      ? Schemas["UnauthorizedError"]
      : S extends 403
        ? Schemas["ForbiddenError"]
        : S extends 404
          ? Schemas["NotFoundError"]
          : S extends 422
            ? F extends "relay"
              ? Schemas["RelayErrors"]
              : Schemas["RestErrors"]
            : S extends 500
              ? Schemas["InternalServerError"]
              : never;

/** What the router itself may answer before a handler runs. */
type GuardStatus<P extends Path, Op extends Operation> =
  | 401
  | 403
  | (FamilyOf<P> extends "compat" ? 404 : never)
  | ([Query<Op>] extends [never] ? never : 400 | (FamilyOf<P> extends "compat" ? 422 : never))
  | ([RequestBody<Op>] extends [never] ? never : 400 | 422);

/**
 * The statuses that the router itself may answer for an operation and that the contract does not
 * document with that API's error body. Must be `never` for a route to compile.
 */
export type UndocumentedGuard<P extends Path, M extends MethodOf<P>> = {
  [S in GuardStatus<P, OperationOf<P, M>>]: S extends JsonStatus<OperationOf<P, M>>
    ? ErrorBody<FamilyOf<P>, S> extends JsonBody<OperationOf<P, M>, S>
      ? never
      : S
    : S;
}[GuardStatus<P, OperationOf<P, M>>];

type Primitive = string | number | boolean | bigint | symbol | null | undefined;

/**
 * Whether a value of type `Actual` is exactly what `Expected` describes: assignable, and without a
 * field that `Expected` lacks, at any depth. TypeScript itself checks the latter for literals only.
 */
export type IsExactly<Expected, Actual> = false extends (
  Actual extends unknown
    ? MatchesOne<Expected, Actual>
    : never
)
  ? false
  : true;

/** Whether one member of the union `Expected` describes `Actual` exactly. */
type MatchesOne<Expected, Actual> = true extends (
  Expected extends unknown
    ? Matches<Expected, Actual>
    : never
)
  ? true
  : false;

type Matches<Expected, Actual> = [Actual] extends [Expected]
  ? [Actual] extends [Primitive]
    ? true
    : Actual extends readonly (infer ActualItem)[]
      ? Expected extends readonly (infer ExpectedItem)[]
        ? IsExactly<ExpectedItem, ActualItem>
        : false
      : Exclude<keyof Actual, keyof Expected> extends never
        ? FieldsMatch<Expected, Actual>
        : false
  : false;

type FieldsMatch<Expected, Actual> = false extends {
  [Name in keyof Actual & keyof Expected]-?: IsExactly<Expected[Name], Actual[Name]>;
}[keyof Actual & keyof Expected]
  ? false
  : true;

/** `unknown` for an exact value; for any other a type that nothing is assignable to. */
export type Exactly<Expected, Actual> =
  IsExactly<Expected, Actual> extends true
    ? unknown
    : { readonly "a field or value that the contract does not have": never };
