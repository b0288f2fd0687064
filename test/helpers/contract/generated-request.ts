import fc from "fast-check";
import { operations, type Parameter, resolve, type Schema } from "./contract-operations.js";

// Requests made from openapi.yaml: of every operation, with parameters and bodies that its schemas
// allow, and with such as they do not.

/** A request, small enough to be printed when it fails. */
export interface GeneratedRequest {
  /** Method and path of the contract. */
  readonly operation: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What only the platform knows: values that lead to something. */
export interface Known {
  /** Paths of what is there, for any of the contract's templates. */
  readonly paths: readonly string[];
  /** `Authorization` headers; absent ones and garbage are added. */
  readonly authorizations: readonly string[];
  /** Entity tags of media. */
  readonly etags: readonly string[];
}

const dates = [
  "2026-01-15",
  "2026-01-15T10:00:00Z",
  "Thu, 15 Jan 2026 10:00:00 +0000",
  "2026-02-30",
];
const numbers = ["+15550100001", "+15550100002"];

/** Text of any characters, the awkward ones among them. */
const garbage = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    "",
    "0",
    "-1",
    "null",
    "%00",
    "..",
    "../..",
    "__proto__",
    "9".repeat(40),
    "a.wav",
  ),
);

/** A value that a schema allows. */
function allowed(schema: Schema): fc.Arbitrary<unknown> {
  const { type, format, minimum, maximum, maxLength, items, properties, required, ...rest } =
    resolve(schema);
  if (rest.enum !== undefined) return fc.constantFrom(...rest.enum);
  switch (type) {
    case "integer":
      return fc.oneof(
        fc.integer({ min: minimum ?? -5, max: Math.min(maximum ?? 5, (minimum ?? 0) + 5) }),
        fc.integer({ min: minimum ?? -(2 ** 31), max: maximum ?? 2 ** 31 - 1 }),
      );
    case "boolean":
      return fc.boolean();
    case "string":
      if (format === "uuid") return fc.uuid();
      return fc.oneof(
        fc.constantFrom(...dates, ...numbers),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: Math.min(maxLength ?? 40, 300) }),
      );
    case "array":
      return fc.array(allowed(items ?? {}), { minLength: rest.minItems ?? 0, maxLength: 5 });
    case "object":
      return fc.record(
        Object.fromEntries(
          Object.entries(properties ?? {}).map(([name, one]) => [name, allowed(one)]),
        ),
        { requiredKeys: [...(required ?? [])] },
      );
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** A body: allowed, of the right shape with wrong values, any JSON, or no JSON. */
function body(schema: Schema): fc.Arbitrary<string | undefined> {
  const { properties = {} } = resolve(schema);
  const names = [...Object.keys(properties), "unknown", "__proto__"];
  const wrong = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2 }));
  return fc.oneof(
    { weight: 4, arbitrary: allowed(schema).map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: wrong.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** A value of a header, without what no header can hold. */
const headerText = fc.string({ maxLength: 30 }).map((text) => text.trim());

const ranges = fc.oneof(
  fc.tuple(fc.nat(300_000), fc.nat(300_000)).map(([from, to]) => `bytes=${from}-${to}`),
  fc.nat(300_000).map((from) => `bytes=${from}-`),
  fc.nat(300_000).map((last) => `bytes=-${last}`),
  fc.constantFrom(
    "bytes=0-0,-1",
    "bytes=0-9,20-29,5-",
    "bytes=5-2",
    "bytes=999999-",
    "bytes=-0",
    "bytes=",
    "lines=1-2",
  ),
);

function header(name: string, { etags }: Known): fc.Arbitrary<string> {
  if (name === "Range") return fc.oneof(ranges, headerText);
  return fc.oneof(
    fc.constantFrom(...etags, "*", '"other"', `W/${etags[0]}`, "Thu, 15 Jan 2026 10:00:03 GMT"),
    headerText,
  );
}

/** The parameters of a template in the paths that are known, those of each path together. */
function knownParameters(template: string, names: readonly string[], { paths }: Known): string[][] {
  const pattern = template.replaceAll(".", "\\.").replace(/\{[^}]+\}/g, "([^/]+)");
  return paths.flatMap((path) => {
    const match = new RegExp(`^${pattern}$`).exec(path);
    return match === null ? [] : [match.slice(1, names.length + 1)];
  });
}

/** Values for the parameters of a path: such as belong together, any of them, or garbage. */
function pathParameters(
  template: string,
  parameters: readonly Parameter[],
  known: Known,
): fc.Arbitrary<string[]> {
  const names = parameters.map(({ name }) => name);
  const there = knownParameters(template, names, known);
  const mixed = fc.tuple(
    ...parameters.map(({ schema }, index) =>
      fc.oneof(
        ...there.map((values) => fc.constant(values[index] ?? "")),
        allowed(schema).map(String),
        garbage,
      ),
    ),
  );
  const together = there.map((values) => ({ weight: 4, arbitrary: fc.constant(values) }));
  return fc.oneof(...together, { weight: Math.max(1, there.length), arbitrary: mixed });
}

/** Some of the parameters, most of them absent. */
function some(
  parameters: readonly Parameter[],
  value: (parameter: Parameter) => fc.Arbitrary<string>,
): fc.Arbitrary<Record<string, string>> {
  return fc
    .record(
      Object.fromEntries(
        parameters.map((parameter) => [
          parameter.name,
          fc.oneof(
            // A range is what most requests for bytes are about.
            { weight: parameter.name === "Range" ? 1 : 5, arbitrary: fc.constant(undefined) },
            { weight: 1, arbitrary: value(parameter) },
          ),
        ]),
      ),
    )
    .map((all) =>
      Object.fromEntries(
        Object.entries(all).flatMap(([name, one]) => (one === undefined ? [] : [[name, one]])),
      ),
    );
}

/** Requests for one operation. */
function requestFor(
  { name, method, path, operation, parameters }: (typeof operations)[number],
  known: Known,
): fc.Arbitrary<GeneratedRequest> {
  const of = (place: Parameter["in"]) => parameters.filter((parameter) => parameter.in === place);
  const schema = operation.requestBody?.content["application/json"].schema;
  // In the order of the template, which is not always that of the list.
  const inPath = of("path").sort(
    (a, b) => path.indexOf(`{${a.name}}`) - path.indexOf(`{${b.name}}`),
  );
  return fc
    .record({
      method: fc.oneof(
        { weight: 30, arbitrary: fc.constant(method) },
        { weight: 1, arbitrary: fc.constantFrom("head", "put", "delete", "options", "post") },
      ),
      pathValues: pathParameters(path, inPath, known),
      query: some(of("query"), (one) =>
        fc.oneof(
          { weight: 4, arbitrary: allowed(one.schema).map(String) },
          { weight: 1, arbitrary: garbage },
        ),
      ),
      headers: some(of("header"), (one) => header(one.name, known)),
      authorization: fc.oneof(
        { weight: 20, arbitrary: fc.constantFrom(...known.authorizations) },
        { weight: 1, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: headerText },
      ),
      accept: fc.constantFrom(undefined, undefined, "application/json", "*/*"),
      body: schema === undefined ? fc.constant(undefined) : body(schema),
    })
    .map((made) => {
      const filled = inPath.reduce(
        (at, { name: one }, index) =>
          at.replace(`{${one}}`, () => encodeURIComponent(made.pathValues[index] ?? "")),
        path,
      );
      const query = new URLSearchParams(made.query).toString();
      const { authorization, accept } = made;
      const bodiless = made.method === "get" || made.method === "head";
      return {
        operation: name,
        method: made.method.toUpperCase(),
        target: query === "" ? filled : `${filled}?${query}`,
        headers: {
          ...made.headers,
          ...(authorization === undefined ? {} : { authorization }),
          ...(accept === undefined ? {} : { accept }),
        },
        body: bodiless ? undefined : made.body,
      };
    });
}

/** Requests for any operation of the contract, each as likely as the others. */
export function anyRequest(known: Known): fc.Arbitrary<GeneratedRequest> {
  return fc.oneof(...operations.map((one) => requestFor(one, known)));
}
