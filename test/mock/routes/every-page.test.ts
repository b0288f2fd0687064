import { describe, expect, test } from "vitest";
import { parametersIn } from "../../helpers/contract/contract-operations.js";
import { type Item, listCases, setStage } from "./list-cases.js";
import { reader } from "./list-walk.js";
import { operationOf, setSurface } from "./surface.js";

// Every page parameter of every list, and the links to the first, next and previous page, followed to
// both ends. Whoever adds a parameter to a list of the contract adds it here or, when it is a filter,
// in list-cases.ts.

const lists = listCases.flatMap((list) =>
  list.operations.map((id) => {
    const operation = operationOf(id);
    const parameters = parametersIn(operation, "query");
    const named = (pattern: RegExp) => parameters.find(({ name }) => pattern.test(name));
    const paging = {
      size: named(/^(PageSize|page_size)$/),
      number: named(/^(Page|page_number)$/),
      token: named(/^(PageToken|page_token)$/),
    };
    return [id, { list, operation, parameters, paging }] as const;
  }),
);
const paged = lists.filter(([, { parameters }]) => parameters.length > 0);

/** The names of all items a case lists without a filter. */
const wholeOf = (items: readonly Item[]) =>
  items.map(({ name }) => name).filter((name) => name !== "gone");

/** So many items of the usual sort, the names of which say their places in the list. */
function many(list: (typeof listCases)[number], count: number): Item[] {
  const oldestFirst = list.operations.includes("listProjects");
  const [template] = list.items.slice(-1);
  return Array.from({ length: count }, (_, index) => ({
    ...template,
    name: oldestFirst && index === 0 ? "root" : `item ${index}`,
    at: Date.UTC(2026, 2, 1) + (oldestFirst ? index : -index) * 1000,
  }));
}

describe.each(lists)("%s", (_, { list, operation, parameters, paging }) => {
  const surface = setSurface();
  const whole = wholeOf(list.items);

  test("has no query parameter of the contract but its filters and these", () => {
    const names = [
      ...Object.keys(list.filters),
      ...Object.values(paging).flatMap((one) => one?.name ?? []),
    ];
    expect(parameters.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  test("of three pages of the usual size is walked to both ends", async () => {
    // What the contract says where it has the parameter; without, there is no other size than this.
    const size = Number(paging.size?.schema.default ?? 50);
    const items = many(list, 2 * size + 1);
    const { walk } = reader(operation, list, setStage(list, setSurface(), items));
    const pages = await walk("");
    expect(pages.map(({ names }) => names.length)).toEqual([size, size, 1]);
    expect(pages.flatMap(({ names }) => names)).toEqual(items.map(({ name }) => name));
  });

  test("of nothing is one page without neighbours", async () => {
    const empty = list.items.filter(({ name }) => name === "root");
    // A message or a fax that has media no more is there; one that never had any is not.
    const stage = setStage(
      list,
      surface,
      list.params === undefined ? empty : list.items.slice(0, 1),
    );
    if (list.params !== undefined) {
      for (const id of stage.names.keys()) {
        surface.platform.recordings.delete(id);
        surface.platform.messageMedia.delete(id);
        surface.platform.faxMedia.delete(id);
      }
    }
    const pages = await reader(operation, list, stage).walk("");
    expect(pages.map(({ names }) => names)).toEqual([wholeOf(empty)]);
  });

  test("tells where it is in links that keep to the same path", async () => {
    const stage = setStage(list, setSurface());
    const url = stage.surface.url(operation, stage.asking);
    for (const page of await reader(operation, list, stage).walk("")) {
      for (const link of [page.self, page.first]) expect(link.split("?")[0]).toBe(url);
    }
  });

  if (parameters.length === 0) return;
  const [size, number, token] = [paging.size, paging.number, paging.token];
  const stage = setStage(list, setSurface());
  const { page, walk } = reader(operation, list, stage);
  const ask = async (query: string) =>
    (await stage.surface.request(operation, { ...stage.asking, query })).status;

  test.each([1, 2, 3, whole.length - 1, whole.length, whole.length + 1])(
    "with a size of %d",
    async (count) => {
      const pages = await walk(`${size?.name}=${count}`);
      expect(pages.flatMap(({ names }) => names)).toEqual(whole);
      expect(pages).toHaveLength(Math.ceil(whole.length / count));
      for (const { names } of pages.slice(0, -1)) expect(names).toHaveLength(count);
    },
  );

  test("with a number alone is the page of that number", async () => {
    const pages = await walk(`${size?.name}=2`);
    for (const [index, { names, next, previous }] of pages.entries()) {
      const alone = await page(`${number?.name}=${index}&${size?.name}=2`);
      expect(alone.names).toEqual(names);
      expect(alone.next).toBe(next);
      expect(alone.previous).toBe(previous);
    }
    const beyond = await page(`${number?.name}=${pages.length}&${size?.name}=2`);
    expect(beyond.names).toEqual([]);
    expect(beyond.next).toBeNull();
  });

  test("with a token alone is the page of that token", async () => {
    const pages = await walk(`${size?.name}=2`);
    for (const [index, { next }] of pages.entries()) {
      if (next === null) continue;
      const value = new URL(next).searchParams.get(token?.name ?? "");
      const { names } = await page(`${size?.name}=2&${token?.name}=${value}`);
      expect(names).toEqual(pages[index + 1]?.names);
    }
  });

  test("takes every size and number within the bounds of the contract, and none outside", async () => {
    const refused = operation.operation.responses["422"] === undefined ? 400 : 422;
    for (const { name, schema } of [size, number].flatMap((one) => one ?? [])) {
      const { minimum = 0, maximum = 2 ** 31 - 1 } = schema;
      for (const within of [minimum, maximum]) expect(await ask(`${name}=${within}`)).toBe(200);
      for (const outside of [minimum - 1, maximum + 1]) {
        expect(await ask(`${name}=${outside}`)).toBe(refused);
      }
      for (const none of ["", "x", "1.5", "1e1", "%FF"]) {
        expect(await ask(`${name}=${none}`), none).toBe(400);
      }
    }
    for (const none of ["", "x", "PA", "PA0", "PA0-0x!"]) {
      expect(await ask(`${token?.name}=${none}`), none).toBe(refused);
    }
  });
});

test("every list with page parameters has all three", () => {
  for (const [id, { paging }] of paged) {
    expect(
      Object.values(paging).every((one) => one !== undefined),
      id,
    ).toBe(true);
  }
});
