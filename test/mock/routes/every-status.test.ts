import type { Schemas } from "@media-protection/contract";
import { describe, expect, test } from "vitest";
import { operations, resolve } from "../../helpers/contract/contract-operations.js";
import { json } from "../scene.js";
import { causesOf, withCauses, withoutCause } from "./causes.js";
import { setSurface } from "./surface.js";

// Every status that openapi.yaml documents for an operation is answered when there is cause, and each
// answer is held against the schema of its status. Whoever adds an operation or a status to the
// contract adds its cause in causes.ts.

const ids = operations.map(({ id }) => id);

test("every operation of the contract has causes, and no other", () => {
  expect([...withCauses].sort()).toEqual([...ids].sort());
  expect(ids).toEqual(expect.arrayContaining(Object.keys(withoutCause)));
});

describe.each(operations.map((operation) => [operation.id, operation] as const))(
  "%s",
  (id, operation) => {
    const causes = causesOf(operation);

    test("has a cause for each status of the contract, or none that anybody knows", () => {
      const documented = Object.keys(operation.operation.responses).map(Number);
      const caused = new Set(causes.map(([status]) => status));
      const uncaused = withoutCause[id] ?? [];
      expect([...caused, ...uncaused].sort()).toEqual(documented.sort());
    });

    test.each(causes)("answers %d: %s", async (status, _, act) => {
      const surface = setSurface();
      const response = await surface.request(operation, act(surface, operation));
      expect(response.status).toBe(status);
      expect(response.headers.get("retry-after")).toBe(
        status === 429 || status === 500 ? "1" : null,
      );
    });
  },
);

const fields = operations.flatMap((operation) => {
  const body = operation.operation.requestBody?.content["application/json"].schema;
  if (body === undefined) return [];
  const { properties = {}, required = [] } = resolve(body);
  // Whatever else must be there, is.
  const right = {
    ...("name" in properties && { name: "CI" }),
    ...("body" in properties && { body: "Redacted" }),
    ...("permissions" in properties && { permissions: ["fax"] }),
  };
  return Object.keys(properties).map((name) => ({
    title: `${operation.id}: ${name}`,
    operation,
    name,
    right,
    required: required.includes(name),
  }));
});

test.each(fields)("$title, when it is wrong, is named by a 422", async (field) => {
  const { operation, name, right, required } = field;
  const { request } = setSurface();
  // What JSON leaves out is absent.
  for (const wrong of [null, 1, {}, ...(required ? [undefined] : [])]) {
    const response = await request(operation, { body: { ...right, [name]: wrong } });
    expect(response.status).toBe(422);
    const { errors } = await json<Schemas["RestErrors"]>(response);
    expect(errors.map(({ attribute }) => attribute)).toEqual([name]);
  }
});
