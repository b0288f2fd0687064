import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

// The pages for whoever changes this repository name files and rooms that are there, and all rooms.

const root = resolve(import.meta.dirname, "../..");
const sections: Readonly<Record<string, string>> = {
  "Rooms of the SDK": "packages/sdk/src",
  "Rooms of the command": "packages/cli/src",
  "Rooms of the export": "packages/export/src",
  "Rooms of the gateway": "packages/gateway/src",
  "Rooms of the mock": "mock/src",
  "The way of a download": "packages/sdk/src",
  "The way of a request": "mock/src",
};

/** What a page names in code that looks like a path, from the repository's root. */
function pathsIn(markdown: string): string[] {
  return markdown.split(/^## /m).flatMap((section) => {
    const base = Object.entries(sections).find(([heading]) => section.startsWith(heading))?.[1];
    return [...section.matchAll(/`([\w.-]+(?:\/[\w.-]*)*)`/g)].flatMap(([, path = ""]) => {
      const isPath = path.includes("/") || /\.(?:ts|md|yaml)$/.test(path);
      if (!isPath) return [];
      const isWhole = existsSync(join(root, path.split("/")[0] ?? ""));
      return [isWhole || base === undefined ? path : join(base, path)];
    });
  });
}

describe.each(["ARCHITECTURE.md", "CONTRIBUTING.md"])("%s", (page) => {
  const markdown = readFileSync(join(root, page), "utf8");

  test("names paths that exist", () => {
    const paths = pathsIn(markdown);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test("names commands that exist", () => {
    const { scripts }: { scripts: object } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8"),
    );
    const named = [...markdown.matchAll(/`npm run ([\w:]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => name !== undefined && !(name in scripts))).toEqual([]);
  });

  test("is short enough to be read", () => {
    expect(markdown.split("\n").length).toBeLessThanOrEqual(150);
  });
});

test.each([
  ["Rooms of the SDK", "packages/sdk/src"],
  ["Rooms of the command", "packages/cli/src"],
  ["Rooms of the export", "packages/export/src"],
  ["Rooms of the gateway", "packages/gateway/src"],
  ["Rooms of the mock", "mock/src"],
])("ARCHITECTURE.md, %s, lists each room there is", (heading, source) => {
  const markdown = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  const section = markdown.split(/^## /m).find((one) => one.startsWith(heading)) ?? "";
  const listed = [...section.matchAll(/^\| `([\w-]+)\/`/gm)].map(([, room]) => room);
  const rooms = readdirSync(join(root, source), { withFileTypes: true });
  const there = rooms.filter((one) => one.isDirectory()).map(({ name }) => name);
  expect(listed.sort()).toEqual(there.sort());
});

test("a path that is not there is noticed", () => {
  expect(pathsIn("See `packages/sdk/src/gone.ts`.")).toEqual(["packages/sdk/src/gone.ts"]);
  expect(pathsIn("## Rooms of the mock\n`gone/`, `gone/x.ts`")).toEqual([
    "mock/src/gone/",
    "mock/src/gone/x.ts",
  ]);
});
