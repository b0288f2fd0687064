import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** The part of an OpenAPI document that a check of answers reads. */
export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly responses: Readonly<Record<string, ContractResponse>>;
    readonly headers: Readonly<Record<string, ContractHeader>>;
  };
}

interface Operation {
  readonly responses?: Readonly<Record<string, ContractResponse & Reference>>;
}

interface ContractResponse {
  readonly headers?: Readonly<Record<string, ContractHeader & Reference>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

interface ContractHeader {
  readonly required?: boolean;
}

interface Reference {
  readonly $ref?: string;
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What holds answers against a contract. */
export interface ContractCheck {
  /** How many answers were checked, so that a test can tell that the check ran. */
  readonly checked: { answers: number; json: number };
  /**
   * Why an answer is outside the contract; empty when it is inside. JSON bodies are validated with
   * JSON Schema 2020-12, other bodies by their media type. The headers that the contract requires
   * must be there, and no body where it has none.
   */
  violations(method: string, url: URL, response: Response): Promise<string[]>;
  /** Whether the contract has an operation for a request, and so says how it is answered. */
  knows(method: string, url: URL): boolean;
  /**
   * A fetch that throws when an answer is outside the contract.
   *
   * @param fetch what sends; @default globalThis.fetch, looked up at each request, since MSW replaces it
   * @param unchecked origins that the contract does not have; their answers pass
   */
  validatingFetch(
    fetch?: Fetch,
    unchecked?: readonly string[],
  ): (url: string, init?: RequestInit) => Promise<Response>;
}

/** Builds the check. Runs in Node and in browsers. */
export function createContractCheck(contract: Contract): ContractCheck {
  const validatorOf = createValidators(contract);
  const checked = { answers: 0, json: 0 };

  /** Paths with their templates as patterns, the most literal first, as OpenAPI §4.8.8.2 asks. */
  const templates = Object.keys(contract.paths)
    .map((template) => ({
      template,
      pattern: new RegExp(`^${template.replaceAll(".", "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`),
      literal: template.replace(/\{[^}]+\}/g, "").length,
    }))
    .sort((a, b) => b.literal - a.literal);

  const templateOf = (url: URL): string | undefined =>
    templates.find(({ pattern }) => pattern.test(url.pathname))?.template;

  const lacking = (headers: Headers, listed: ContractResponse["headers"] = {}): string[] =>
    Object.entries(listed)
      .filter(([name, { $ref, required }]) => {
        const reference = nameIn($ref);
        const declared =
          reference === undefined ? required : contract.components.headers[reference]?.required;
        return declared === true && !headers.has(name);
      })
      .map(([name]) => `lacks the header ${name}`);

  /** What is wrong with a body, where the contract has one. */
  async function wrongBody(
    response: Response,
    content: Readonly<Record<string, unknown>>,
    pointer: readonly string[],
  ): Promise<string[]> {
    const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
    if (type === undefined || !(type in content)) {
      return [`has type ${type}, not ${Object.keys(content).join(", ")}`];
    }
    if (type !== "application/json") return [];
    checked.json++;
    const validate = validatorOf([...pointer, "content", type, "schema"]);
    const body: unknown = await response.clone().json();
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `body${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  async function violations(method: string, url: URL, response: Response): Promise<string[]> {
    checked.answers++;
    const what = `${method} ${url.pathname}`;
    const template = templateOf(url);
    if (template === undefined) return [`${what}: no such path in the contract`];
    const verb = method.toLowerCase();
    const operation = contract.paths[template]?.[verb];
    if (!operation) return [`${what}: ${template} has no ${method}`];
    const status = String(response.status);
    const listed = operation.responses?.[status];
    if (!listed) return [`${what}: status ${status} is not in the contract of ${template}`];
    const reference = nameIn(listed.$ref);
    const answer = reference === undefined ? listed : contract.components.responses[reference];
    const pointer =
      reference === undefined
        ? ["paths", template, verb, "responses", status]
        : ["components", "responses", reference];
    const wrong =
      answer?.content && method !== "HEAD"
        ? await wrongBody(response, answer.content, pointer)
        : await surplusBody(response);
    return [...lacking(response.headers, answer?.headers), ...wrong].map(
      (reason) => `${what}: ${status} ${reason}`,
    );
  }

  return {
    checked,
    violations,
    knows(method, url) {
      const template = templateOf(url);
      return template !== undefined && method.toLowerCase() in (contract.paths[template] ?? {});
    },
    validatingFetch: (fetch = (url, init) => globalThis.fetch(url, init), unchecked = []) => {
      return async (url, init = {}) => {
        const response = await fetch(url, init);
        // A browser hides a redirect that it does not follow.
        const hidden = response.type === "opaqueredirect";
        if (hidden || unchecked.includes(new URL(url).origin)) return response;
        const found = await violations(init.method ?? "GET", new URL(url), response);
        if (found.length > 0) throw new Error(`Outside the contract:\n${found.join("\n")}`);
        return response;
      };
    },
  };
}

/** The last part of a reference, the name of what it refers to. */
const nameIn = ($ref: string | undefined) => $ref?.split("/").at(-1);

async function surplusBody(response: Response): Promise<string[]> {
  const { byteLength } = await response.clone().arrayBuffer();
  return byteLength > 0 ? [`has a body of ${byteLength} bytes, not none`] : [];
}

/** Validators of the schemas in a contract, each compiled when it is first needed. */
function createValidators(contract: Contract): (pointer: readonly string[]) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  addFormats.default(ajv);
  ajv.addSchema(contract, "contract");
  const validators = new Map<string, ValidateFunction>();
  return (pointer) => {
    const escaped = pointer.map((part) =>
      encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")),
    );
    const ref = `contract#/${escaped.join("/")}`;
    const validate = validators.get(ref) ?? ajv.compile({ $ref: ref });
    validators.set(ref, validate);
    return validate;
  };
}
