/**
 * Routes typed from the contract. A handler gets the parameters and the body that the contract has
 * for its operation, and can answer only what the contract documents.
 */

import type { TokenScope } from "@media-protection/contract";
import type { Context, Hono } from "hono";
import type { Platform } from "../platform/platform.js";
import type {
  AnswersBytes,
  Family,
  JsonStatus,
  Method,
  MethodOf,
  OperationOf,
  Path,
  Query,
  RequestBody,
  UndocumentedGuard,
} from "../rules/operations.js";
import type { OriginRole } from "../rules/origins.js";
import { answerWithFaults } from "./answer-with-faults.js";
import { type AppEnv, Call } from "./call.js";
import type { BytesExchange, MetadataExchange, Reply } from "./exchange.js";
import { readJson } from "./json-body.js";
import { mediaIdAt } from "./media-id.js";
import { type BodyFields, type QueryReaders, readBody, readQuery } from "./readers.js";
import { type RoutePattern, toPattern } from "./route-pattern.js";

/** The app that routes are registered on. */
export type App = Hono<{ Bindings: AppEnv }>;

type AppContext = Context<{ Bindings: AppEnv }>;

/** What a route for metadata says besides its path: readers exactly where the contract has something to read. */
export type MetadataOptions<P extends Path, M extends MethodOf<P>> = {
  /** The scope a token needs. */
  readonly scope: TokenScope;
} & ([Query<OperationOf<P, M>>] extends [never]
  ? { readonly query?: never }
  : {
      readonly query: QueryReaders<Query<OperationOf<P, M>>>;
      /**
       * The status of a value that is of its type and refused. Default: 422, but in the REST API 400,
       * since not every operation there documents another.
       */
      readonly refusedQuery?: Extract<JsonStatus<OperationOf<P, M>>, 422>;
    }) &
  ([RequestBody<OperationOf<P, M>>] extends [never]
    ? { readonly body?: never }
    : { readonly body: BodyFields<RequestBody<OperationOf<P, M>>> });

/** Refuses a route whose guards would answer what the contract does not document. */
type GuardsDocumented<P extends Path, M extends MethodOf<P>> = [UndocumentedGuard<P, M>] extends [
  never,
]
  ? unknown
  : { readonly "statuses the contract does not document": UndocumentedGuard<P, M> };

/** A path of the contract whose GET answers bytes. */
export type BytesPath = {
  [P in Path]: "get" extends MethodOf<P>
    ? AnswersBytes<OperationOf<P, "get" & MethodOf<P>>> extends true
      ? P
      : never
    : never;
}[Path];

/** A route as it runs, without the types that it was checked by. */
interface Route {
  readonly pattern: RoutePattern;
  readonly family: Family;
  /** `GET /api/projects/{id}` */
  readonly operation: string;
  readonly scope: TokenScope | null;
  readonly query: Parameters<typeof readQuery>[1] | undefined;
  readonly refusedQuery: 422 | undefined;
  readonly body: Parameters<typeof readBody>[1] | undefined;
  readonly handle: (call: Call) => Response;
}

/** Registers the contract's operations on an app. */
export class Router {
  readonly #app: App;
  readonly #platform: Platform;
  /** Routes that differ only in the extension of the last segment share one pattern. */
  readonly #groups = new Map<string, Route[]>();

  constructor(app: App, platform: Platform) {
    this.#app = app;
    this.#platform = platform;
  }

  /** A route that answers JSON to those who have credentials with the scope. */
  metadata<P extends Path, M extends MethodOf<P>>(
    method: M,
    path: P,
    options: MetadataOptions<P, M> & GuardsDocumented<P, M>,
    handler: (exchange: MetadataExchange<P, M>) => Reply<OperationOf<P, M>>,
  ): void {
    this.#add(method, path, {
      scope: options.scope,
      query: options.query,
      refusedQuery: "refusedQuery" in options ? options.refusedQuery : undefined,
      body: options.body,
      // A call has every member of the exchange; by the time it runs, `authenticate`, `readQuery`
      // and `readBody` have made caller, project, query and body what their types say.
      handle: (call) => handler(call as unknown as MetadataExchange<P, M>),
    });
  }

  /** A route that answers bytes, to anybody while they are not protected. */
  bytes<P extends BytesPath>(
    path: P,
    handler: (exchange: BytesExchange<P>) => Reply<OperationOf<P, "get" & MethodOf<P>>>,
  ): void {
    this.#add("get", path, {
      scope: null,
      query: undefined,
      refusedQuery: undefined,
      body: undefined,
      // As above; the caller may be anybody, so the exchange for bytes does not show it.
      handle: (call) => handler(call as unknown as BytesExchange<P>),
    });
  }

  #add(method: Method, path: Path, route: Omit<Route, "pattern" | "family" | "operation">): void {
    const pattern = toPattern(path);
    const role: OriginRole = path.startsWith("/api/") ? "space" : "files";
    const key = `${method} ${pattern.hono}`;
    const group = this.#groups.get(key);
    const operation = `${method.toUpperCase()} ${path}`;
    this.#platform.routes.add(operation);
    const added = { ...route, pattern, operation, family: familyOf(path) };
    if (group !== undefined) {
      group.push(added);
      // The longest suffix first, so that `.json` is found before none.
      group.sort((a, b) => b.pattern.suffix.length - a.pattern.suffix.length);
      return;
    }
    const routes = [added];
    this.#groups.set(key, routes);
    this.#app.on(method.toUpperCase(), `/@${role}${pattern.hono}`, (context) =>
      this.#dispatch(context, routes, role),
    );
  }

  #dispatch(
    context: AppContext,
    routes: readonly Route[],
    role: OriginRole,
  ): Response | Promise<Response> {
    const request = context.req.raw;
    const route = this.#choose(context, routes);
    const path = context.req.path.slice(role.length + 2);
    if (route === undefined) {
      const family = familyOf(path);
      const call = new Call(this.#platform, request, context.env, { role, path, family });
      return answerWithFaults(call, () => call.error(404));
    }
    const call = new Call(this.#platform, request, context.env, {
      role,
      path,
      family: route.family,
      route: route.operation,
      mediaId: route.scope === null ? mediaIdAt(path, this.#platform) : undefined,
    });
    call.params = readParams(context, route.pattern);
    return answerWithFaults(call, () => answer(call, route));
  }

  /** The route whose extension the path has. */
  #choose(context: AppContext, routes: readonly Route[]): Route | undefined {
    const [first] = routes;
    if (first === undefined || (routes.length === 1 && first.pattern.suffix === "")) return first;
    const last = context.req.param(first.pattern.last) ?? "";
    const route = routes.find(({ pattern }) => last.endsWith(pattern.suffix));
    if (route?.scope !== null || route.pattern.suffix !== "") return route;
    const { jsonByAccept, jsonByCredentials } = this.#platform.switches;
    const wantsJson =
      (jsonByAccept && context.req.header("accept")?.includes("application/json") === true) ||
      (jsonByCredentials &&
        route.operation.includes("/Recordings/") &&
        context.req.header("authorization") !== undefined);
    if (!wantsJson) return route;
    return routes.find(({ pattern }) => pattern.suffix === ".json") ?? route;
  }
}

function readParams(context: AppContext, pattern: RoutePattern): Record<string, string> {
  const params: Record<string, string> = {};
  for (const name of pattern.names) params[name] = context.req.param(name) ?? "";
  const last = params[pattern.last];
  if (pattern.suffix !== "" && last?.endsWith(pattern.suffix)) {
    params[pattern.last] = last.slice(0, -pattern.suffix.length);
  }
  return params;
}

function useQuery(
  call: Call,
  route: Route,
  readers: NonNullable<Route["query"]>,
): Response | undefined {
  const { url } = call.request;
  const mark = url.indexOf("?");
  // Without a query there is nothing to read, which is the usual case.
  if (mark < 0) return undefined;
  const read = readQuery(new URLSearchParams(url.slice(mark + 1)), readers);
  if (!read.ok) {
    const refused = route.refusedQuery ?? (call.family === "rest" ? 400 : 422);
    return call.error(read.malformed ? 400 : refused, read.problem);
  }
  call.query = read.value;
  return undefined;
}

/** Answers by the guards of a route, and then by its handler. */
function answer(call: Call, route: Route): Response | Promise<Response> {
  const denied = route.scope === null ? void call.identify() : call.authenticate(route.scope);
  if (denied !== undefined) return denied;
  const refused = route.query === undefined ? undefined : useQuery(call, route, route.query);
  if (refused !== undefined) return refused;
  return route.body === undefined ? route.handle(call) : answerBody(call, route, route.body);
}

async function answerBody(
  call: Call,
  route: Route,
  fields: NonNullable<Route["body"]>,
): Promise<Response> {
  const json = await readJson(call.request);
  // What was true when the body began to come need not be when it is there: a project deleted, a
  // token revoked, all of it reset.
  const denied = route.scope === null ? undefined : call.authenticate(route.scope);
  if (denied !== undefined) return denied;
  if (!json.ok) return call.error(400);
  const { value, problems } = readBody(json.value, fields);
  if (problems.length > 0) return call.error(422, ...problems);
  call.body = value;
  return route.handle(call);
}

/** The API of a path; the same that `FamilyOf` finds at compile time. */
export function familyOf(path: string): Family {
  if (path.startsWith("/api/laml/")) return "compat";
  return path.startsWith("/api/relay/") ? "relay" : "rest";
}
