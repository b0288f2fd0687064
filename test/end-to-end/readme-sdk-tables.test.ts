import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { readMarkdown } from "../helpers/readme/readme.js";
import { allRuntimes } from "../runtimes/runtimes.js";

// The tables of the SDK's README name exactly what the source declares, with the same defaults.

const source = resolve(import.meta.dirname, "../../packages/sdk/src");
const markdown = await readMarkdown("packages/sdk/README.md");

/** The rows of the first table under a heading, each a list of its cells; without the table's head. */
function tableUnder(heading: string): string[][] {
  const [, section = ""] = markdown.split(new RegExp(`^#+ ${heading}$`, "m"));
  const [, body = ""] = /^\|.*\|\n\|[ -|]*\|\n((?:\|.*\|\n)+)/m.exec(section) ?? [];
  return body
    .trim()
    .split("\n")
    .map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const plain = (cell: string) => cell.replace(/^`(.*)`$/, "$1");

async function statements(): Promise<ts.Statement[]> {
  const names = (await readdir(source, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const files = names.map(async (name) => {
    const text = await readFile(join(source, name), "utf8");
    return [...ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true).statements];
  });
  return (await Promise.all(files)).flat();
}

const declared = await statements();

/** The fields that an interface declares itself, each with its `@default`. */
function fieldsOf(name: string): Map<string, string | undefined> {
  const found = declared.filter(ts.isInterfaceDeclaration).find((one) => one.name.text === name);
  const fields = (found?.members ?? []).map((member): [string, string | undefined] => {
    const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
    return [member.name?.getText() ?? "", ts.getTextOfJSDocComment(tag?.comment)];
  });
  return new Map(fields);
}

/** The types of a union, by name; those of a union in it by their own. */
function unionOf(name: string): string[] {
  const found = declared.filter(ts.isTypeAliasDeclaration).find((one) => one.name.text === name);
  if (!found || !ts.isUnionTypeNode(found.type)) return [name];
  return found.type.types.flatMap((type) => unionOf(/\w+/.exec(type.getText())?.[0] ?? ""));
}

describe.each([
  ["Options of `createClient`", ["ClientOptions", "Hooks"]],
  ["Options of `retry`", ["RetryOptions"]],
  ["Options of every call", ["RequestOptions", "ProjectRequestOptions"]],
  ["Options of `download`", ["DownloadOptions"]],
  ["Options of `saveMedia`", ["SaveOptions"]],
  ["Options of `saveAll`", ["SaveAllOptions"]],
  ["Options of `verifyWebhook`", ["WebhookOptions"]],
])("%s", (heading, interfaces) => {
  const fields = new Map(interfaces.flatMap((name) => [...fieldsOf(name)]));
  const rows = new Map(tableUnder(heading).map(([name = "", value = ""]) => [plain(name), value]));

  test("lists every option, in the order of the source", () => {
    expect(rows.size).toBeGreaterThan(0);
    expect([...rows.keys()]).toEqual([...fields.keys()]);
  });

  test("gives the defaults of the source, where those are values", () => {
    const isValue = (text = "") => /^(?:\d+|true|false|"[\w-]+"|\[.*\])$/.test(text);
    const values = [...fields].filter(([, text]) => isValue(text));
    const told = values.map(([name]) => [name, plain(rows.get(name) ?? "")]);
    expect(told).toEqual(values);
  });
});

test("the table of errors lists every class, each once", () => {
  const names = tableUnder("Errors").map(([name = ""]) => plain(name));
  expect(names.length).toBeGreaterThan(0);
  expect(names.sort()).toEqual(unionOf("AnyMediaProtectionError").sort());
});

test("the table of listings lists every list, with its filters", () => {
  const own = (...names: string[]) => names.flatMap((name) => [...fieldsOf(name).keys()]);
  const page = own("ListOptions");
  const created = own("CreatedFilter");
  const filters = Object.fromEntries(
    tableUnder("List").map(([name = "", cells = ""]) => [
      plain(name).replace(/\(.*/, ""),
      cells.split(", ").map(plain),
    ]),
  );
  expect(filters).toEqual({
    "recordings.list": [...created, "source", "callId", "conferenceId", ...page],
    "messages.list": [...own("ListMessagesOptions"), ...page],
    "messageMedia.list": [...created, ...page],
    "faxes.list": [...created, ...own("ListFaxesOptions"), ...page],
    "faxMedia.list": [...created, ...page],
    "projects.list": own("ListProjectsOptions"),
  });
});

test("the table of runtimes lists those that the suite runs on, all of its cases passed", () => {
  const rows = tableUnder("Runtimes");
  expect(rows.map(([name]) => name)).toEqual(allRuntimes("").map(({ name }) => name));
  for (const [name, , ...counts] of rows) {
    expect(counts.length, name).toBeGreaterThan(0);
    for (const count of counts) expect(count, name).toMatch(/^(\d+)\/\1$/);
  }
});

test("every link to a heading of the page finds it, those of the root README too", async () => {
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(" ", "-")
      .replaceAll(/[^\w-]/g, ""),
  );
  const anchors = (text: string, page: string) =>
    text
      .split(`](${page}#`)
      .map((rest) => rest.replace(/\).*/s, ""))
      .slice(1);
  const own = anchors(markdown, "");
  const others = anchors(await readMarkdown("README.md"), "packages/sdk/README.md");
  expect(Math.min(own.length, others.length)).toBeGreaterThan(0);
  expect([...own, ...others].filter((anchor) => !headings.includes(anchor))).toEqual([]);
});
