import { contract } from "./contract.js";

// The operations of openapi.yaml, for tests that must not forget one.

/** A JSON schema, as far as tests read it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** A parameter of an operation. */
export interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly schema: Schema;
  /** Its name among the contract's components, which says more than `name`: `RecordingSid`, not `Sid`. */
  readonly component: string;
}

/** A response, or where it is among the components. */
interface OperationResponse {
  readonly $ref?: string;
  readonly headers?: Readonly<object>;
  readonly content?: Readonly<object>;
}

/** An operation as the contract writes it, as far as tests read it. */
export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly responses: Readonly<Record<string, OperationResponse>>;
  readonly requestBody?: {
    readonly content: { readonly "application/json": { readonly schema: Schema } };
  };
}

const methods = ["get", "head", "post", "patch", "delete"] as const;

/** What a reference stands for, found in the contract. */
export function resolve<Node extends { readonly $ref?: string }>(node: Node): Node {
  if (node.$ref === undefined) return node;
  const found = node.$ref
    .split("/")
    .slice(1)
    .reduce<unknown>((at, name) => Reflect.get(Object(at), name), contract);
  // A reference stands where what it refers to may stand: Redocly has checked that.
  return resolve(found as Node);
}

function named(parameter: Parameter): Parameter {
  const found = resolve(parameter);
  const component = parameter.$ref?.split("/").at(-1) ?? found.name;
  return { ...found, schema: resolve(found.schema), component };
}

/** Every operation of the contract, by method and path. */
export const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
  methods
    .filter((method) => method in item)
    .map((method) => {
      // The helper for answers types no more of an operation than it reads; here it is the rest.
      const operation = item[method] as unknown as Operation;
      const shared = (item as { readonly parameters?: readonly Parameter[] }).parameters ?? [];
      const parameters = [...shared, ...(operation.parameters ?? [])].map(named);
      const name = `${method.toUpperCase()} ${path}`;
      const { operationId: id } = operation;
      return { id, name, method, path, operation, parameters };
    }),
);

/** An operation of the contract. */
export type ContractOperation = (typeof operations)[number];

/** The parameters of an operation in one place. */
export function parametersIn(
  { parameters }: ContractOperation,
  place: Parameter["in"],
): readonly Parameter[] {
  return parameters.filter((parameter) => parameter.in === place);
}

/** The scope that an operation needs. */
export function scopeOf({ operation }: ContractOperation): string {
  return operation.security[0]?.["basicAuth"]?.[0] ?? "";
}

/** Whether an operation answers bytes, which are public while their kind is not protected. */
export function answersBytes({ operation }: ContractOperation): boolean {
  return operation.security.some((requirement) => Object.keys(requirement).length === 0);
}
