import { describe, expect, test } from "vitest";
import {
  type ContractOperation,
  parametersIn,
} from "../../helpers/contract/contract-operations.js";
import { type ListCase, listCases, listOperations, setStage } from "./list-cases.js";
import { reader } from "./list-walk.js";
import { operationOf, setSurface } from "./surface.js";

// Every filter of every list lets exactly those items through that its value says, alone and beside
// every other filter, on pages of any size. Whoever adds a filter to the contract adds its values in
// list-cases.ts.

const pageParameters = /^(Page|PageSize|PageToken|page_number|page_size|page_token)$/;

const lists = listCases.flatMap((list) =>
  list.operations.map((id) => [id, operationOf(id), list] as const),
);

test("every list of the contract has a case, and no other", () => {
  expect(lists.map(([id]) => id).sort()).toEqual(listOperations.map(({ id }) => id).sort());
});

/** What a value of a filter lets through. */
interface Choice {
  readonly parameter: string;
  readonly value: string;
  readonly names: readonly string[];
}

function choicesOf({ filters }: ListCase): Choice[] {
  return Object.entries(filters).flatMap(([parameter, values]) =>
    Object.entries(values).map(([value, names]) => ({
      parameter,
      value,
      names: names.split(" ").filter((name) => name !== ""),
    })),
  );
}

/** The names that pass all of these filters, and those that count where nothing is said. */
function passing(operation: ContractOperation, list: ListCase, chosen: readonly Choice[]) {
  const unsaid = parametersIn(operation, "query").flatMap(({ name, schema }) =>
    choicesOf(list).filter(
      ({ parameter, value }) =>
        parameter === name &&
        value === String(schema.default) &&
        !chosen.some((choice) => choice.parameter === name),
    ),
  );
  return list.items
    .map(({ name }) => name)
    .filter((name) => [...chosen, ...unsaid].every(({ names }) => names.includes(name)));
}

const queryOf = (chosen: readonly Choice[], page = "") =>
  [
    ...chosen.map(({ parameter, value }) =>
      [parameter, value].map((text) => encodeURIComponent(text)).join("="),
    ),
    ...(page === "" ? [] : [page]),
  ].join("&");

describe.each(lists)("%s", (_, operation, list) => {
  const { walk } = reader(operation, list, setStage(list, setSurface()));
  const choices = choicesOf(list);
  const filters = parametersIn(operation, "query").filter(({ name }) => !pageParameters.test(name));
  const size = parametersIn(operation, "query").find(({ name }) => /size$/i.test(name))?.name;
  const read = async (chosen: readonly Choice[], page = "") => {
    const pages = await walk(queryOf(chosen, page));
    return pages.flatMap(({ names }) => names);
  };

  test("has values for every filter of the contract, which let some items through and not others", () => {
    expect(Object.keys(list.filters).sort()).toEqual(filters.map(({ name }) => name).sort());
    for (const { name } of filters) {
      const counts = choices
        .filter(({ parameter }) => parameter === name)
        .map(({ names }) => names.length);
      expect(counts.some((count) => count > 0 && count < list.items.length)).toBe(true);
    }
  });

  test("has every value of a filter that is one of some", () => {
    for (const { name, schema } of filters) {
      const { enum: values } = schema;
      if (values !== undefined) expect(Object.keys(list.filters[name] ?? {})).toEqual(values);
    }
  });

  test("without a filter is whole", async () => {
    expect(await read([])).toEqual(passing(operation, list, []));
  });

  const rows = choices.map((choice) => [queryOf([choice]), choice] as const);
  test.each(rows)("%s", async (__, choice) => {
    const expected = passing(operation, list, [choice]);
    expect(await read([choice])).toEqual(expected);
    for (const count of [1, 2, 3]) {
      expect(await read([choice], `${size}=${count}`)).toEqual(expected);
    }
  });

  test("every pair of filters, of which both hold", async () => {
    for (const one of choices) {
      for (const other of choices) {
        if (one.parameter >= other.parameter) continue;
        const query = queryOf([one, other]);
        expect(await read([one, other], `${size}=2`), query).toEqual(
          passing(operation, list, [one, other]),
        );
      }
    }
  });
});
