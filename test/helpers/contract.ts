import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

/** The part of an OpenAPI document that a check of answers reads. */
interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, ContractResponse>> };
}

interface Operation {
  readonly responses?: Readonly<Record<string, ContractResponse & { readonly $ref?: string }>>;
}

interface ContractResponse {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

// This module runs from test/helpers under vitest, and from test/dist/helpers when built.
const root = import.meta.url.includes("/dist/") ? "../../../" : "../../";
const source = readFileSync(new URL(`${root}openapi.yaml`, import.meta.url), "utf8");
// The file's own shape is checked by Redocly; here it is only read.
const contract = parse(source) as Contract;

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
addFormats.default(ajv);
ajv.addSchema(contract, "contract");
const validators = new Map<string, ValidateFunction>();

/** Paths with their templates as patterns, the most literal first, as OpenAPI §4.8.8.2 asks. */
const templates = Object.keys(contract.paths)
  .map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll(".", "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`),
    literal: template.replace(/\{[^}]+\}/g, "").length,
  }))
  .sort((a, b) => b.literal - a.literal);

/** How many answers were checked, so that a test can tell that the check ran. */
export const checked = { answers: 0, json: 0 };

/**
 * Why an answer is outside the contract; empty when it is inside. JSON bodies are validated with
 * JSON Schema 2020-12, other bodies by their media type.
 */
export async function violations(method: string, url: URL, response: Response): Promise<string[]> {
  checked.answers++;
  const what = `${method} ${url.pathname}`;
  const template = templates.find(({ pattern }) => pattern.test(url.pathname))?.template;
  if (template === undefined) return [`${what}: no such path in the contract`];
  const operation = contract.paths[template]?.[method.toLowerCase()];
  if (!operation) return [`${what}: ${template} has no ${method}`];
  const listed = operation.responses?.[String(response.status)];
  if (!listed) return [`${what}: status ${response.status} is not in the contract of ${template}`];
  const reference = listed.$ref?.split("/").at(-1);
  const answer = reference === undefined ? listed : contract.components.responses[reference];
  const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (!answer?.content || method === "HEAD") return [];
  if (type === undefined || !(type in answer.content)) {
    return [
      `${what}: ${response.status} has type ${type}, not ${Object.keys(answer.content).join(", ")}`,
    ];
  }
  if (type !== "application/json") return [];
  checked.json++;
  const pointer =
    reference === undefined
      ? ["paths", template, method.toLowerCase(), "responses", String(response.status)]
      : ["components", "responses", reference];
  const validate = validatorOf([...pointer, "content", type, "schema"]);
  const body: unknown = await response.clone().json();
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${what}: ${response.status} body${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function validatorOf(pointer: readonly string[]): ValidateFunction {
  const escaped = pointer.map((part) =>
    encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")),
  );
  const ref = `contract#/${escaped.join("/")}`;
  const validate = validators.get(ref) ?? ajv.compile({ $ref: ref });
  validators.set(ref, validate);
  return validate;
}

/** A fetch that throws when an answer is outside the contract. */
export function validatingFetch(
  // Looked up at each request, since MSW replaces it.
  fetch: (url: string, init: RequestInit) => Promise<Response> = (url, init) =>
    globalThis.fetch(url, init),
): (url: string, init?: RequestInit) => Promise<Response> {
  return async (url, init = {}) => {
    const response = await fetch(url, init);
    const found = await violations(init.method ?? "GET", new URL(url), response);
    if (found.length > 0) throw new Error(`Outside the contract:\n${found.join("\n")}`);
    return response;
  };
}
