/**
 * Strict mode: Prism holds every request for JSON, and its answer, against openapi.yaml.
 *
 * Prism runs in this process, as the proxy it is, with the app for its upstream. As a proxy of its own
 * it would read every body as text, swallow redirects and answer HEAD with length 0; here the app's
 * answer goes to the client itself, and Prism sees a copy of it.
 */

import { existsSync } from "node:fs";
import { parse as parseQuery } from "node:querystring";
import { fileURLToPath } from "node:url";
import { wasHit } from "../http/answer-with-faults.js";
import type { AppEnv } from "../http/call.js";
import { contractPath } from "../http/contract-path.js";
import { type JsonBody, readJson } from "../http/json-body.js";
import { type Violation, ViolationLog } from "../journal/violations.js";
import { OptionError } from "../platform/options.js";
import type { Platform } from "../platform/platform.js";

/** The app, or something in front of it. */
export type AppFetch = (request: Request, env: AppEnv) => Response | Promise<Response>;

/** What Prism says is wrong; its severities are numbers. */
interface Diagnostic {
  readonly path?: readonly string[];
  readonly code?: string | number;
  readonly message: string;
  readonly severity: number;
}

/** Finds what of an exchange is outside the contract; `undefined` for media, which is not looked at. */
type Validate = (
  request: PrismRequest,
  answer: PrismResponse,
) => Promise<readonly Violation[] | undefined>;

type Prism = typeof import("@stoplight/prism-http");
type PrismInstance = ReturnType<Prism["createInstance"]>;
type PrismRequest = Parameters<PrismInstance["request"]>[0];
type PrismOperations = Parameters<PrismInstance["request"]>[1];

interface PrismResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** The tag of the contract that operations for bytes have. */
const mediaTag = "Media bytes";

const severities = ["Error", "Warning", "Information", "Hint"] as const;

/** Node refuses to send, and clients to read, headers much longer than this, in characters. */
const maxHeaderLength = 8000;

/**
 * Puts Prism in front of an app. Each violation is recorded in the platform's `violations`, and named
 * in the answer's `sl-violations` header, as Prism's own proxy does.
 *
 * @throws OptionError when Prism, an optional peer dependency, is not installed.
 */
export async function strictly(platform: Platform, app: AppFetch): Promise<AppFetch> {
  const validate = await loadPrism();
  const log = new ViolationLog();
  platform.violations = log;

  return async (request, env) => {
    const url = new URL(request.url);
    const path = contractPath(url.pathname, platform.switches);
    const inContract = env.role === "space" && path.startsWith("/api/");
    // A preflight is no operation, and HEAD is what HTTP makes of each GET: the contract has neither.
    const { method } = request;
    if (!inContract || method === "OPTIONS" || method === "HEAD") return app(request, env);
    const hasBody = method !== "GET";
    // Read at the same time as by the app: of two copies neither can be given up alone.
    const body = hasBody ? readJson(request.clone()) : undefined;
    const response = await app(request, env);
    // The platform's own denial, which comes before anything is read.
    if (response.status === 401) return response;
    // What goes wrong on command is wrong on purpose, and may never end.
    if (wasHit(request)) return response;
    const violations = await validate(
      prismRequest(request, path, url.search, await body),
      await prismResponse(response),
    );
    if (violations === undefined) return response;
    log.checked++;
    if (violations.length === 0) return response;
    const { status } = response;
    log.record({ time: platform.now(), method, path, status, violations });
    response.headers.set("sl-violations", headerOf(violations));
    if (platform.switches.cors) {
      response.headers.append("access-control-expose-headers", "sl-violations");
    }
    return response;
  };
}

function prismRequest(
  request: Request,
  path: string,
  search: string,
  body: JsonBody | undefined,
): PrismRequest {
  return {
    // Prism takes the method as text and finds out itself whether the contract has it.
    method: request.method.toLowerCase() as PrismRequest["method"],
    // Without the prototype that Node gives it none, and lodash stumbles.
    url: { path, query: { ...parseQuery(search.slice(1)) } as QueryValues },
    headers: Object.fromEntries(request.headers),
    // What is no JSON is a text, which no operation takes.
    ...(body === undefined ? {} : { body: body.ok ? body.value : "no JSON" }),
  };
}

type QueryValues = NonNullable<PrismRequest["url"]["query"]>;

async function prismResponse(response: Response): Promise<PrismResponse> {
  const headers = Object.fromEntries(response.headers);
  const { status: statusCode } = response;
  const isJson = headers["content-type"]?.startsWith("application/json") === true;
  // Anything but JSON is a medium, whose bytes Prism must not touch, or has no body.
  const body: unknown = isJson ? JSON.parse((await response.clone().text()) || "null") : undefined;
  return { statusCode, headers, body };
}

async function loadPrism(): Promise<Validate> {
  const { createInstance, getHttpOperationsFromSpec } = await importPrism();
  const operations = await getHttpOperationsFromSpec(contractFile());
  return createValidate(createInstance, operations);
}

function createValidate(
  createInstance: Prism["createInstance"],
  operations: PrismOperations,
): Validate {
  return async (request, answer) => {
    let operation: PrismOperations[number] | undefined;
    const instance = createInstance(
      {
        isProxy: true,
        upstream: new URL("http://localhost"),
        upstreamProxy: undefined,
        mock: { dynamic: false },
        // Prism's own 401 would say what the platform's says better.
        checkSecurity: false,
        validateRequest: true,
        validateResponse: true,
        errors: false,
      },
      {
        logger: silent,
        forward: (_request, _upstream, _proxy, resource) => {
          operation = resource;
          // A TaskEither of fp-ts, of which this is all there is.
          return () => async () => ({ _tag: "Right", right: answer });
        },
      },
    );
    try {
      const result = await instance.request(request, operations)();
      if (result._tag === "Left") return [violation("request", result.left)];
      if (operation?.tags?.some(({ name }) => name === mediaTag)) return undefined;
      const { input, output } = result.right.validations;
      return [
        ...input.map((found) => violation("request", found)),
        ...output.map((found) => violation("response", found)),
      ];
    } catch (error) {
      // Such as a Content-Type that Prism's parser does not get over.
      return [violation("request", error instanceof Error ? error : new Error(String(error)))];
    }
  };
}

function violation(side: "request" | "response", found: Diagnostic | Error): Violation {
  const { message } = found;
  if (found instanceof Error) return { location: [side], severity: "Error", message };
  const { path = [], code, severity } = found;
  return {
    location: [side, ...path.map(String)],
    severity: severities[severity] ?? "Error",
    ...(code === undefined ? {} : { code }),
    message,
  };
}

/** Violations as a header, which holds printable ASCII only and not too much of it. */
function headerOf(violations: readonly Violation[]): string {
  const text = JSON.stringify(violations).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  if (text.length <= maxHeaderLength) return text;
  return `Too many violations! ${text.slice(0, maxHeaderLength)}`;
}

async function importPrism(): Promise<Prism> {
  try {
    return await import("@stoplight/prism-http");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") {
      throw new OptionError("strict", "off, or Prism installed: npm install @stoplight/prism-http");
    }
    throw error;
  }
}

/** openapi.yaml: in the repository at its root, in the published package beside its code. */
function contractFile(): string {
  const contract = import.meta.resolve("@media-protection/contract");
  const inRepository = fileURLToPath(new URL("../../../openapi.yaml", contract));
  const packed = fileURLToPath(new URL("../openapi.yaml", contract));
  // Packing leaves a copy behind in the repository, which grows old.
  return existsSync(inRepository) ? inRepository : packed;
}

/** Prism logs what it finds, which is told here otherwise. */
const silent = createSilentLogger();

function createSilentLogger(): Parameters<Prism["createInstance"]>[1]["logger"] {
  const ignore = () => {};
  const levels = ["trace", "debug", "info", "warn", "error", "fatal", "success", "silent"];
  const logger: Record<string, unknown> = Object.fromEntries(
    levels.map((level) => [level, ignore]),
  );
  logger["child"] = () => logger;
  // It has every method of a logger that Prism calls.
  return logger as unknown as Parameters<Prism["createInstance"]>[1]["logger"];
}
