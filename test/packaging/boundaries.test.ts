import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  circlesOf,
  entriesOf,
  importsIn,
  ownImport,
  shown,
  sourcesIn,
  specifiersOf,
  trespassing,
  upwardImports,
} from "./imports.js";

const root = resolve(import.meta.dirname, "../..");

/**
 * Each package: its rooms, the lowest first (`*`: what else is at its root, its entries), and the
 * packages of ours that it may know.
 */
const packages = {
  "packages/contract": { rooms: ["*"], knows: [] },
  "packages/sdk": {
    rooms: [
      "errors.ts",
      "trust",
      "options",
      "http",
      "download",
      "resources",
      "webhooks",
      "client",
      "players",
      "save",
      "node",
      "*",
    ],
    knows: ["contract"],
  },
  "packages/cli": {
    rooms: ["words", "terminal", "account", "estate", "media", "audit", "doctor", "commands", "*"],
    knows: ["export", "gateway", "sdk"],
  },
  "packages/export": {
    rooms: [
      "errors.ts",
      "gate",
      "plan",
      "manifest",
      "targets",
      "run",
      "proof",
      "deletion",
      "queue",
      "view",
      "command",
      "*",
    ],
    knows: ["contract", "sdk"],
  },
  "packages/gateway": {
    rooms: ["links", "state", "bytes", "share", "gateway", "server", "*"],
    knows: ["contract", "sdk"],
  },
  mock: {
    rooms: [
      "files",
      "bytes",
      "rules",
      "faults",
      "journal",
      "callbacks",
      "platform",
      "http",
      "routes",
      "app",
      "state",
      "server",
      "*",
    ],
    knows: ["contract"],
  },
  "mock/dashboard": {
    rooms: ["styles", "state", "parts", "pages", "*"],
    knows: ["contract", "mock", "sdk"],
  },
} as const;

const names = Object.keys(packages);
const sourceOf = (name: string) => join(root, name, "src");
const entries = entriesOf(names.map((name) => join(root, name, "package.json")));

describe.each(Object.entries(packages))("%s", (name, { rooms, knows }) => {
  const imports = importsIn(sourceOf(name));

  test("has sources, so that the tests below read something", () => {
    expect(imports.length).toBeGreaterThan(0);
  });

  test("has no circle, types counted", () => {
    expect(circlesOf(imports)).toEqual([]);
  });

  test("has no import from a lower room to a higher one", () => {
    expect(upwardImports(imports, rooms).map(shown)).toEqual([]);
  });

  test("leaves its folder by entries of other packages only", () => {
    expect(trespassing(imports, entries).map(shown)).toEqual([]);
  });

  test(`knows of ours: ${knows.join(", ") || "nothing"}`, () => {
    const ours = /^@media-protection\/([^/]+)/;
    const known = new Set(imports.map(({ to }) => ours.exec(to)?.[1]).filter(Boolean));
    expect([...known].filter((one) => !knows.some((may) => may === one))).toEqual([]);
  });
});

test("no package of the workspace is left out above", () => {
  const { workspaces }: { workspaces: string[] } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  expect(workspaces.filter((name) => name !== "test").sort()).toEqual([...names].sort());
});

describe("the readers of imports, on a tree with each fault", () => {
  /** A folder with these files, by path. */
  async function tree(files: Readonly<Record<string, string>>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "boundaries-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return folder;
  }

  test("names the files of a circle, of types alone too", async () => {
    const folder = await tree({
      "low/a.ts": 'import type { B } from "./b.js";\nexport type A = B;',
      "low/b.ts": 'export type { A as B } from "./a.js";',
      "low/c.ts": 'import { a } from "./a.js";',
    });
    expect(circlesOf(importsIn(folder))).toEqual([["low/a.ts", "low/b.ts", "low/a.ts"]]);
  });

  test("names an import from a lower room to a higher one, by whatever way", async () => {
    const folder = await tree({
      "low/types.ts": 'import type { High } from "../high/high.js";',
      "low/value.ts": 'export * from "../high/high.js";',
      "low/late.ts": 'const high = await import("../high/high.js");',
      "low/inline.ts": 'let high: import("../high/high.js").High;',
      "high/high.ts": 'import "../low/leaf.js";\nexport type High = 1;',
      "low/leaf.ts": "",
      "nowhere/lost.ts": 'import "../low/leaf.js";',
      "entry.ts": 'export * from "./high/high.js";',
    });
    expect(upwardImports(importsIn(folder), ["low", "high", "*"]).map(shown)).toEqual([
      "low/inline.ts -> high/high.ts",
      "low/late.ts -> high/high.ts",
      "low/types.ts -> high/high.ts",
      "low/value.ts -> high/high.ts",
      "nowhere/lost.ts -> low/leaf.ts",
    ]);
  });

  test("follows an import of the package's own manifest, under each of its conditions", async () => {
    const folder = await tree({
      "package.json": JSON.stringify({
        imports: { "#way": { node: "./dist/high/node.js", default: "./dist/low/way.js" } },
      }),
      "src/low/user.ts": 'import "#way";',
      "src/low/way.ts": "",
      "src/high/node.ts": "",
    });
    const imports = importsIn(join(folder, "src"));
    expect(imports.map(shown)).toEqual([
      "low/user.ts -> high/node.ts",
      "low/user.ts -> low/way.ts",
    ]);
    expect(upwardImports(imports, ["low", "high"]).map(shown)).toEqual([
      "low/user.ts -> high/node.ts",
    ]);
  });

  test("names an import that reaches into another package past its entries", async () => {
    const folder = await tree({
      "right.ts": 'import "@media-protection/sdk/node";\nimport "node:fs";',
      "deep.ts": 'import type { X } from "@media-protection/sdk/dist/trust/masking.js";',
      "beside.ts": 'import "../../sdk/src/index.js";',
    });
    const found = trespassing(importsIn(folder), new Set(["@media-protection/sdk/node"]));
    expect(found.map(shown)).toEqual([
      "beside.ts -> ../../sdk/src/index.js",
      "deep.ts -> @media-protection/sdk/dist/trust/masking.js",
    ]);
  });
});

/**
 * Every module that an entry reaches, and every package it names. Reads what was built: of the code,
 * where the imports of types are gone, or of the declarations.
 */
function reach(
  entry: string,
  extension: ".js" | ".d.ts" = ".js",
): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const named = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const specifier of specifiersOf(file)) {
      if (specifier.startsWith(".")) {
        visit(resolve(dirname(file), specifier.replace(/\.js$/, extension)));
        continue;
      }
      // What a bundler for browsers takes.
      const own = specifier.startsWith("#") ? ownImport(file, specifier)["browser"] : undefined;
      if (own === undefined) named.add(specifier);
      else visit(own.replace(/\.js$/, extension));
    }
  };
  visit(join(root, entry.replace("/src/", "/dist/").replace(/\.ts$/, extension)));
  return { files: [...files], packages: [...named].sort() };
}

describe("the dashboard, a client of both", () => {
  const folder = sourceOf("mock/dashboard");

  test("takes the SDK as it is published, and of the mock types alone", () => {
    const named = importsIn(folder).filter(({ kind }) => kind === "package");
    expect([...new Set(named.map(({ to }) => to))].sort()).toEqual([
      "@media-protection/contract",
      "@media-protection/mock",
      "@media-protection/sdk",
      "pdfjs-dist",
      "pdfjs-dist/build/pdf.worker.min.mjs?url",
      "preact",
      "preact/hooks",
    ]);
    for (const file of sourcesIn(folder)) {
      const compilerOptions = { verbatimModuleSyntax: true, target: ts.ScriptTarget.ES2022 };
      const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), {
        fileName: file,
        compilerOptions: { ...compilerOptions, jsx: ts.JsxEmit.Preserve },
      });
      expect(outputText, file).not.toContain("@media-protection/mock");
    }
  });

  test("no published package depends on it or through it on the SDK", () => {
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

  test("nor do the types of the SDK's reach the saving of media or its thread", () => {
    const { files } = reach("packages/sdk/src/index.ts", ".d.ts");
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    expect(files.filter((file) => /save-media|disk-thread|save-all/.test(file))).toEqual([]);
  });

  test("the mock's matchers depend on the contract and no test runner", () => {
    expect(reach("mock/src/matchers.ts").packages).toEqual(["@media-protection/contract"]);
  });

  test.each(["mock/src/index.ts", "mock/src/browser.ts"])("%s", (entry) => {
    expect(reach(entry).packages.filter((name) => name.startsWith("node:"))).toEqual([]);
  });
});
