import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(root, folder, name));
}

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
  return importedFiles.map(({ fileName }) => fileName);
}

/**
 * Every module that an entry reaches, and every package it names. Reads what was built, where the
 * imports of types are gone.
 */
function reach(entry: string): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith(".")) visit(resolve(dirname(file), specifier));
      else packages.add(specifier);
    }
  };
  visit(join(root, entry.replace("/src/", "/dist/").replace(/\.ts$/, ".js")));
  return { files: [...files], packages: [...packages].sort() };
}

describe("the SDK and the mock know the contract, and neither knows the other", () => {
  test.each([
    ["packages/sdk/src", "@media-protection/mock"],
    ["mock/src", "@media-protection/sdk"],
    ["packages/contract/src", "@media-protection/"],
  ])("%s does not import %s", (folder, forbidden) => {
    for (const file of sources(folder)) {
      for (const specifier of importsOf(file)) {
        expect(
          specifier.startsWith(forbidden),
          `${relative(root, file)} imports ${specifier}`,
        ).toBe(false);
        if (specifier.startsWith(".")) {
          const target = resolve(dirname(file), specifier);
          expect(
            relative(join(root, folder), target).startsWith(".."),
            `${file}: ${specifier}`,
          ).toBe(false);
        }
      }
    }
  });
});

describe("the dashboard, a client of both", () => {
  const folder = "mock/dashboard/src";

  test("takes the SDK as it is published, and of the mock types alone", () => {
    const named = new Set(sources(folder).flatMap(importsOf));
    const packages = [...named].filter((specifier) => !specifier.startsWith(".")).sort();
    expect(packages).toEqual([
      "@media-protection/contract",
      "@media-protection/mock",
      "@media-protection/sdk",
      "preact",
      "preact/hooks",
    ]);
    for (const file of sources(folder)) {
      const compilerOptions = { verbatimModuleSyntax: true, target: ts.ScriptTarget.ES2022 };
      const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), {
        fileName: file,
        compilerOptions: { ...compilerOptions, jsx: ts.JsxEmit.Preserve },
      });
      expect(outputText, file).not.toContain("@media-protection/mock");
    }
  });

  test("stays in its folder, and no published package depends on it or through it on the SDK", () => {
    for (const file of sources(folder)) {
      for (const specifier of importsOf(file).filter((name) => name.startsWith("."))) {
        const target = relative(join(root, folder), resolve(dirname(file), specifier));
        expect(target.startsWith(".."), `${file}: ${specifier}`).toBe(false);
      }
    }
    const manifest: object = JSON.parse(readFileSync(join(root, "mock/package.json"), "utf8"));
    expect(JSON.stringify(manifest)).not.toMatch(/@media-protection\/(sdk|dashboard)/);
  });
});

describe("browser entries reach no Node module", () => {
  test.each([
    ["packages/sdk/src/index.ts", ["@media-protection/contract", "openapi-fetch"]],
    ["packages/sdk/src/webhooks.ts", ["@media-protection/contract"]],
    ["packages/sdk/src/media-url.ts", ["@media-protection/contract"]],
    ["packages/contract/src/index.ts", []],
  ])("%s depends on %j and nothing else", (entry, allowed) => {
    expect(reach(entry).packages).toEqual(allowed);
  });

  test("the mock's matchers depend on nothing at all, whatever the test runner", () => {
    expect(reach("mock/src/matchers.ts").packages).toEqual([]);
  });

  test.each(["mock/src/index.ts", "mock/src/browser.ts"])("%s", (entry) => {
    expect(reach(entry).packages.filter((name) => name.startsWith("node:"))).toEqual([]);
  });
});
