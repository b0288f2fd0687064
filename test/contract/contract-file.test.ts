import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isMediaKind, mediaKinds } from "@media-protection/contract";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../", import.meta.url));
const contractFile = path.join(root, "openapi.yaml");
const typesFile = path.join(root, "packages/contract/src/api.gen.ts");
const source = await readFile(contractFile, "utf8");

type Json = Record<string, unknown>;
interface Operation extends Json {
  operationId: string;
  summary?: string;
  description?: string;
  tags: string[];
  security: Record<string, string[]>[];
  responses: Record<string, Json>;
}
interface Contract {
  paths: Record<string, Json>;
  components: { schemas: Record<string, Json> } & Record<string, Record<string, Json>>;
}
const contract = parse(source) as Contract;
const schemas = contract.components.schemas;
const methods = new Set(["get", "head", "post", "put", "patch", "delete"]);

const operations = Object.entries(contract.paths).flatMap(([url, item]) =>
  Object.entries(item)
    .filter(([method]) => methods.has(method))
    .map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${url}`,
      method,
      url,
      operation: operation as Operation,
    })),
);

/** Every object of the contract that `pick` answers for, with the place it stands at. */
function collect<T>(pick: (node: Json) => T | undefined, from: unknown = contract, at = "#") {
  const found: { at: string; value: T }[] = [];
  if (typeof from !== "object" || from === null) return found;
  const value = Array.isArray(from) ? undefined : pick(from as Json);
  if (value !== undefined) found.push({ at, value });
  for (const [key, child] of Object.entries(from)) {
    found.push(...collect(pick, child, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`));
  }
  return found;
}

/** A validator for the schema at a JSON pointer of the contract. Strict: an unknown keyword throws. */
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
addFormats.default(ajv);
ajv.addVocabulary([
  "openapi",
  "jsonSchemaDialect",
  "info",
  "servers",
  "tags",
  "paths",
  "components",
]);
ajv.addSchema({ ...contract, $id: "contract" });
const validator = (pointer: string) => ajv.compile({ $ref: `contract${encodeURI(pointer)}` });

describe("the generator", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "contract-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const generate = (...options: string[]) =>
    new Promise<{ code: number; stderr: string }>((resolve) => {
      const script = path.join(root, "packages/contract/scripts/generate.js");
      execFile(process.execPath, [script, ...options], { cwd: folder }, (error, _, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, stderr }),
      );
    });

  it("has been run since the contract last changed", async () => {
    expect(await generate("--check")).toEqual({ code: 0, stderr: "" });
  });

  it("reports a stale file with the command that renews it, and leaves it alone", async () => {
    const stale = `${await readFile(typesFile, "utf8")}// edited by hand\n`;
    await writeFile(path.join(folder, "stale.ts"), stale);
    const result = await generate("--check", "--output", "stale.ts");
    expect(result).toEqual({ code: 1, stderr: "stale.ts is stale: run npm run generate\n" });
    expect(await readFile(path.join(folder, "stale.ts"), "utf8")).toBe(stale);
  });

  it("tells which file is broken where it cannot tell the place: an encoded circle", async () => {
    const broken = source.replace(/^paths:$/m, "x-r: {$ref: '#/x%2Dr'}\npaths:");
    await writeFile(path.join(folder, "broken.yaml"), broken);
    const { code, stderr } = await generate("--input", "broken.yaml", "--output", "types.ts");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^broken\.yaml: .*circular.*\n$/);
  });

  it("takes a missing file for stale", async () => {
    const { code, stderr } = await generate("--check", "--output", "absent.ts");
    expect(code).toBe(1);
    expect(stderr).toContain("absent.ts is stale");
  });

  it.each([
    ["YAML that does not parse", "\tpaths:", "tab characters must not be used in indentation"],
    ["a field that OpenAPI does not have", "pathz:", "Property `pathz` is not expected here."],
    ["a reference to nowhere", "x-ref: {$ref: '#/nowhere'}\npaths:", "Can't resolve $ref"],
    ["a reference to itself", "x-ref: {$ref: '#/x-ref'}\npaths:", "leads back to itself: #/x-ref"],
    [
      "references in a circle, and one that leads there",
      "x-ref: {$ref: '#/x-a/~0b~1'}\nx-a: {~b/: {$ref: '#/x-ref'}}\nx-c: {$ref: '#/x-ref'}\npaths:",
      "leads back to itself: #/x-a/~0b~1",
    ],
  ])("tells where the contract is broken: %s", async (_, replacement, message) => {
    const line = source.split("\n").indexOf("paths:") + 1;
    const broken = source.replace(/^paths:$/m, () => replacement);
    await writeFile(path.join(folder, "broken.yaml"), broken);
    await writeFile(path.join(folder, "types.ts"), "as before");

    const result = await generate("--input", "broken.yaml", "--output", "types.ts");

    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(new RegExp(`^broken\\.yaml:${line}:\\d+ .*\\n$`));
    expect(result.stderr).toContain(message);
    expect(await readFile(path.join(folder, "types.ts"), "utf8")).toBe("as before");
  });
});

describe("every operation", () => {
  it("is found here", () => {
    expect(operations.length).toBeGreaterThan(50);
  });

  it.each(operations)("$name says what it does", ({ operation }) => {
    expect(operation.summary).toMatch(/^[A-Z].{5,70}$/);
    expect(operation.description).toMatch(/^[A-Z].{15,}\.$/s);
  });

  it("asks only for scopes that a token can carry", () => {
    const asked = operations.flatMap(({ operation }) =>
      operation.security.flatMap((requirement) => Object.values(requirement).flat()),
    );
    expect(asked.length).toBeGreaterThan(50);
    expect(schemas["TokenPermission"]?.["enum"]).toEqual(expect.arrayContaining(asked));
  });

  it("is open to anonymous callers exactly if it serves bytes", () => {
    for (const { name, operation } of operations) {
      const open = operation.security.some((requirement) => Object.keys(requirement).length === 0);
      const bytes = operation.tags.some((tag) => tag === "Media bytes" || tag === "Files host");
      expect(open, name).toBe(bytes);
    }
  });

  it("on a .json path agrees with its twin without, where that is metadata too", () => {
    const shape = ({ operationId, summary, description, ...rest }: Operation) => rest;
    const twins = operations.flatMap(({ name, method, url, operation }) => {
      const twin = contract.paths[url.replace(/\.json$/, "")]?.[method] as Operation | undefined;
      const metadata = url.endsWith(".json") && !twin?.tags.includes("Media bytes");
      return metadata && twin ? [{ name, operation, twin }] : [];
    });
    expect(twins).toHaveLength(17);
    for (const { name, operation, twin } of twins) {
      expect(shape(operation), name).toEqual(shape(twin));
    }
  });

  it("that serves bytes serves their headers to HEAD, with the same security", () => {
    const served = operations.filter(
      ({ operation, method }) => method === "get" && operation.responses["206"],
    );
    expect(served.length).toBeGreaterThan(5);
    for (const { name, url, operation } of served) {
      const head = contract.paths[url]?.["head"] as Operation | undefined;
      expect(head?.security, name).toEqual(operation.security);
    }
  });
});

describe("conditional requests", () => {
  const parameters = ({ operation, url }: (typeof operations)[number]) =>
    [operation["parameters"], contract.paths[url]?.["parameters"]].flat().map((parameter) =>
      String((parameter as Json | undefined)?.["$ref"])
        .split("/")
        .at(-1),
    );

  it.each([
    ["412", ["IfMatch", "IfUnmodifiedSince"]],
    ["304", ["IfNoneMatch", "IfModifiedSince"]],
  ])("that may be answered %s declare the headers that ask for it", (status, headers) => {
    const answering = operations.filter(({ operation }) => operation.responses[status]);
    expect(answering.length).toBeGreaterThan(10);
    for (const one of answering) {
      expect(parameters(one), one.name).toEqual(expect.arrayContaining(headers));
    }
  });
});

describe("schemas", () => {
  const contents = collect((node) => node["content"] as Record<string, Json> | undefined);
  const bodies = contents.flatMap(({ at, value }) =>
    Object.keys(value).map((type) => ({
      type,
      at: `${at}/content/${type.replaceAll("/", "~1")}/schema`,
    })),
  );

  it("of JSON bodies compile", () => {
    const json = bodies.filter(({ type }) => type === "application/json");
    expect(json.length).toBeGreaterThan(50);
    for (const { at } of json) expect(() => validator(at), at).not.toThrow();
  });

  it("of any other body are those of bytes, of which generators make a Blob", () => {
    const bytes = { $ref: "#/components/schemas/MediaBytes" };
    expect(schemas["MediaBytes"]).toMatchObject({ type: "string", format: "binary" });
    for (const { value, at } of contents) {
      for (const [type, media] of Object.entries(value)) {
        if (type !== "application/json") expect(media["schema"], `${at} ${type}`).toEqual(bytes);
      }
    }
  });

  it("accept their own examples and defaults", () => {
    const samples = collect((node) => {
      const examples = Array.isArray(node["examples"]) ? node["examples"] : [];
      const all: unknown[] = "default" in node ? [...examples, node["default"]] : examples;
      return all.length > 0 ? all : undefined;
    }).filter(({ at }) => !at.startsWith("#/servers"));
    expect(samples.length).toBeGreaterThan(15);
    for (const { at, value } of samples) {
      const validate = validator(at);
      for (const sample of value) {
        validate(sample);
        expect(validate.errors ?? [], `${at}: ${JSON.stringify(sample)}`).toEqual([]);
      }
    }
  });

  it("refuse a field that is not theirs", () => {
    const [example] = (schemas["Recording"]?.["examples"] ?? []) as Json[];
    const validate = validator("#/components/schemas/Recording");
    expect(validate(example)).toBe(true);
    expect(validate({ ...example, surprise: true })).toBe(false);
  });
});

describe("the table of media kinds", () => {
  it("names flags that a project has, can be created with and can be changed in", () => {
    for (const { flag } of Object.values(mediaKinds)) {
      for (const name of ["ProjectFields", "CreateProjectRequest", "UpdateProjectRequest"]) {
        expect(schemas[name]?.["properties"], name).toHaveProperty(flag, {
          type: "boolean",
          description: expect.any(String),
        });
      }
    }
  });

  it("leaves out no flag that protects", () => {
    const flags = Object.keys(schemas["ProjectFields"]?.["properties"] ?? {}).filter((name) =>
      name.startsWith("protect_"),
    );
    expect(Object.values(mediaKinds).map(({ flag }) => flag)).toEqual(flags);
  });

  it.each([
    ["recording", "/Recordings/", "/recordings/"],
    ["messageMedia", "/Messages/", "/messages/", "/message-media/"],
    ["faxMedia", "/Faxes/", "/faxes/"],
  ] as const)("gives %s the scope that opens its bytes", (kind, ...places) => {
    const bytes = operations.filter(
      ({ url, operation }) =>
        operation.responses["206"] && places.some((place) => url.includes(place)),
    );
    expect(bytes.length).toBeGreaterThan(1);
    for (const { name, operation } of bytes) {
      expect(operation.security, name).toContainEqual({ basicAuth: [mediaKinds[kind].scope] });
    }
  });

  it("tells kinds from anything else", () => {
    for (const kind of Object.keys(mediaKinds)) expect(isMediaKind(kind)).toBe(true);
    for (const other of ["recordings", "toString", "__proto__", "", null, undefined, 1, {}]) {
      expect(isMediaKind(other)).toBe(false);
    }
  });
});
