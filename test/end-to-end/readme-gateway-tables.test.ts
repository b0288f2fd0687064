import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GatewayScene, gatewayScene } from "../helpers/mock/gateway-scene.js";
import { readMarkdown } from "../helpers/readme/readme.js";

// The tables of the gateway's README name exactly what the source declares and what a gateway answers.

const markdown = await readMarkdown("packages/gateway/README.md");
const source = resolve(import.meta.dirname, "../../packages/gateway/src");

/** The rows of the first table behind a heading: name and default. */
function tableUnder(heading: string): Map<string, string> {
  const [, section = ""] = markdown.split(`# ${heading}\n`);
  const [, body = ""] = /^\|.*\|\n\|[ -|]*\|\n((?:\|.*\|\n)+)/m.exec(section) ?? [];
  const rows = body.trim().split("\n");
  const plain = (cell = "") => cell.trim().replace(/^`(.*)`$/, "$1");
  return new Map(rows.map((row) => [plain(row.split("|")[1]), plain(row.split("|")[2])]));
}

const names = (heading: string) => [...tableUnder(heading).keys()];

async function declared(file: string): Promise<readonly ts.Statement[]> {
  const text = await readFile(join(source, file), "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true).statements;
}

/** The fields that interfaces of a file declare themselves, each with its `@default`. */
async function fieldsOf(file: string, ...interfaces: string[]): Promise<Map<string, string>> {
  const found = (await declared(file)).filter(ts.isInterfaceDeclaration);
  const fields = interfaces.flatMap((name) =>
    (found.find((one) => one.name.text === name)?.members ?? []).map((member): [string, string] => {
      const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
      return [member.name?.getText() ?? "", ts.getTextOfJSDocComment(tag?.comment) ?? ""];
    }),
  );
  return new Map(fields);
}

describe.each([
  ["Options of `createGateway`", "gateway/options.ts", ["GatewaySettings", "GatewayOptions"]],
  ["Options of `startGateway`", "server/start-gateway.ts", ["StartGatewayOptions"]],
  ["Mint links in your app", "links/create-links.ts", ["MintOptions"]],
] as const)("%s", (heading, file, interfaces) => {
  test("lists every option, with the defaults of the source, where those are values", async () => {
    const fields = await fieldsOf(file, ...interfaces);
    expect(fields.size).toBeGreaterThan(0);
    expect(names(heading).sort()).toEqual([...fields.keys()].sort());
    const table = tableUnder(heading);
    for (const [name, value] of fields) {
      if (/^(?:\d+|true|false|"[\w.-]+")$/.test(value))
        expect([name, table.get(name)]).toEqual([name, value]);
    }
  });
});

describe("what a gateway answers", () => {
  let scene: GatewayScene;
  beforeAll(async () => {
    scene = await gatewayScene();
  });
  afterAll(() => scene[Symbol.asyncDispose]());

  test("has the fields that are listed, and no others", async () => {
    const { urls } = scene.mock.platform.addRecording({ seconds: 1 });
    const { headers } = await fetch(await scene.link(urls.space));
    const nodes = ["connection", "date", "keep-alive"];
    const fields = [...headers.keys()].filter((name) => !nodes.includes(name));
    expect(names("Fields of an answer with a medium")).toEqual(fields.sort());
  });

  test("has the metrics that are listed", async () => {
    const text = await (await fetch(`${scene.running.url}/metrics`)).text();
    const told = [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name);
    expect(names("Metrics")).toEqual(told);
  });

  test("has the statuses that are listed", async () => {
    const [, texts] =
      /const texts = (\{.*?\}) as const/s.exec(
        await readFile(join(source, "bytes/refusals.ts"), "utf8"),
      ) ?? [];
    const statuses = [...(texts ?? "").matchAll(/^ {2}(\d{3}):/gm)].map(([, status]) => status);
    expect(statuses.length).toBeGreaterThan(5);
    expect(names("What viewers are told")).toEqual(statuses);
  });
});
