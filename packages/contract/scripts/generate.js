/**
 * Generates src/api.gen.ts from the contract.
 *
 *   node scripts/generate.js [--check] [--input FILE] [--output FILE]
 *
 * With --check nothing is written: exit code 1 says that the output is stale. A contract that cannot be
 * read ends in one message with file, line and column, and exit code 1; the output stays as it was.
 */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

// The parser and linter of openapi-typescript itself, so that what it would stumble over is found here,
// where the place in the file is still known. openapi-typescript tells only a JSON pointer, or a stack.
const require = createRequire(import.meta.resolve("openapi-typescript"));
const {
  BaseResolver,
  createConfig,
  getLineColLocation,
  lintDocument,
} = require("@redocly/openapi-core");

const HEADER = `/**
 * Generated from openapi.yaml by openapi-typescript, do not edit.
 * After a change to openapi.yaml: npm run generate
 */

`;

/** A fault of the input that its author can mend: told by its message alone, without a stack. */
class ContractError extends Error {}

const fromRoot = (file) => fileURLToPath(new URL(`../../../${file}`, import.meta.url));

const shown = (file) => {
  const relative = path.relative(process.cwd(), file);
  return relative === "" || relative.startsWith("..") ? file : relative;
};

/** Parses the contract; a fault of YAML is told with its place. */
async function read(input, resolver) {
  const document = await resolver.resolveDocument(null, input, true).catch((error) => {
    const { mark, reason, message } = error.originalError ?? error;
    const fault = mark ? `:${mark.line + 1}:${mark.column + 1} ${reason}` : `: ${message}`;
    throw new ContractError(shown(input) + fault, { cause: error });
  });
  if (!/^3\.\d/.test(document.parsed?.openapi)) {
    throw new ContractError(`${shown(input)}:1:1 this is no OpenAPI 3 description`);
  }
  return document;
}

/** Every object of a document, with its JSON pointer. */
function* objectsOf(node, pointer = "#") {
  if (typeof node !== "object" || node === null) return;
  yield { node, pointer };
  for (const [key, child] of Object.entries(node)) yield* objectsOf(child, pointerTo(pointer, key));
}

const pointerTo = (pointer, key) => `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** References that lead back to themselves, on which the linter breaks off without telling where. */
function checkCircles(document) {
  const objects = new Map();
  for (const { node, pointer } of objectsOf(document.parsed)) objects.set(pointer, node);
  for (const [start, { $ref }] of objects) {
    const seen = new Set();
    let next = $ref;
    // One that leads into a circle without being part of it is not the one to mend.
    while (typeof next === "string" && next !== start && !seen.has(next)) {
      seen.add(next);
      next = objects.get(next)?.$ref;
    }
    if (next !== start) continue;
    const location = { source: document.source, pointer: pointerTo(start, "$ref") };
    throw new ContractError(`${place(location)} $ref leads back to itself: ${$ref}`);
  }
}

/** Where something is, as editors understand it. */
function place(location) {
  const { line, col } = getLineColLocation(location).start;
  return `${shown(location.source.absoluteRef)}:${line}:${col}`;
}

/** Checks structure and references; the first fault is told with its place, the others are counted. */
async function check(document, config, resolver) {
  checkCircles(document);
  const problems = await lintDocument({
    document,
    config: config.styleguide,
    externalRefResolver: resolver,
  }).catch((error) => {
    throw new ContractError(`${shown(document.source.absoluteRef)}: ${error.message}`, {
      cause: error,
    });
  });
  const errors = problems.filter((problem) => problem.severity === "error");
  const [first] = errors;
  if (!first) return;
  const [location] = first.location;
  const message = first.message.trim().replaceAll(/\s*\n\s*/g, " ");
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  throw new ContractError(`${place(location)} ${message}${more}`);
}

async function generate(input) {
  const config = await createConfig({
    extends: ["minimal"],
    rules: {
      struct: "error",
      "no-unresolved-refs": "error",
      "operation-operationId-unique": "error",
    },
  });
  const resolver = new BaseResolver();
  await check(await read(input, resolver), config, resolver);
  const nodes = await openapiTS(pathToFileURL(input), {
    redocly: config,
    silent: true,
    // `string` would make openapi-fetch's users read bytes as text; it hands out a stream or a `Blob`,
    // whichever its `parseAs` says, and so no type here is right.
    transform: ({ format }) =>
      format === "binary"
        ? ts.factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword)
        : undefined,
  });
  return HEADER + astToString(nodes);
}

async function main() {
  const { values } = parseArgs({
    options: {
      check: { type: "boolean", default: false },
      input: { type: "string", default: fromRoot("openapi.yaml") },
      output: { type: "string", default: fromRoot("packages/contract/src/api.gen.ts") },
    },
  });
  const input = path.resolve(values.input);
  const output = path.resolve(values.output);
  const types = await generate(input);
  if (!values.check) {
    await writeFile(output, types);
    return;
  }
  const current = existsSync(output) ? await readFile(output, "utf8") : undefined;
  if (current !== types) {
    throw new ContractError(`${shown(output)} is stale: run npm run generate`);
  }
}

try {
  await main();
} catch (error) {
  // An error with a code comes from outside as well: a file that cannot be written, an unknown option.
  if (!(error instanceof ContractError) && !error.code) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
