import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Consumes,
  compilerOptions,
  makePackedConsumer,
  type PackedConsumer,
  type Resolution,
  resolutions,
} from "../helpers/packages/packed-consumer.js";

const packages = ["contract", "sdk", "mock"] as const;

let parent: string;
let consumer: PackedConsumer;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "packed-"));
  consumer = await makePackedConsumer(parent);
});

afterAll(() => rm(parent, { recursive: true }));

describe.each(packages)("the packed tarball of %s", (name) => {
  let tarball: Uint8Array<ArrayBuffer>;

  beforeAll(async () => {
    tarball = new Uint8Array(await readFile(consumer.tarballs[name]));
  });

  test("publint has nothing to say", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test("the types are not wrong for any consumer of ES modules", async () => {
    const result = await checkPackage(createPackageFromTarballData(tarball), {
      excludeEntrypoints: [/\.yaml$/],
    });
    if (!result.types) throw new Error("The tarball holds no types.");
    // No promise is made to CommonJS, nor to resolvers without package exports.
    const problems = result.problems.filter(
      (problem) =>
        !("resolutionKind" in problem) ||
        problem.resolutionKind === "node16-esm" ||
        problem.resolutionKind === "bundler",
    );
    expect(problems).toEqual([]);
  });
});

describe("installed from tarballs in an empty folder, without the network", () => {
  test("every entry can be imported, a protected recording is saved from the mock, and the dashboard is there", async () => {
    const script = join(consumer.folder, "run.js");
    // Jest's own module throws outside of jest; `npm run test:consumers` has that one.
    const entries = consumer.entries.filter((entry) => !entry.endsWith("/jest"));
    expect(entries).toHaveLength(consumer.entries.length - 1);
    await writeFile(
      script,
      `${entries.map((entry) => `await import("${entry}");`).join("\n")}
      import { createClient } from "@media-protection/sdk";
      import { saveMedia } from "@media-protection/sdk/node";
      import { startMockServer } from "@media-protection/mock/server";
      const mock = await startMockServer({ port: 0 });
      const client = createClient({ space: mock.url, ...mock.platform.credentials });
      await client.protection.enable("all");
      const url = mock.platform.addRecording({ seconds: 1 }).urls.space;
      const { size } = await saveMedia(client, url, "saved/");
      const page = await (await fetch(mock.url)).text();
      const [script] = /\\/__mock\\/dashboard\\/[^"]+\\.js/.exec(page) ?? [];
      const dashboard = (await fetch(mock.url + script)).ok;
      await mock.close();
      console.log((await fetch("data:,ok")).ok, size > 1000, dashboard);`,
    );
    const run = await promisify(execFile)("node", [script], { cwd: consumer.folder });
    expect(run.stdout).toBe("true true true\n");
  });

  const usual: Consumes = {};
  const others: readonly Consumes[] = [
    { undefinedIsAbsent: true },
    { isNode: true },
    { isNode: true, undefinedIsAbsent: true },
  ];
  const cases = [
    ...Object.keys(resolutions).flatMap((resolution) =>
      [true, false].map((skipLibCheck) => ({
        resolution: resolution as Resolution,
        ...{ skipLibCheck, how: usual },
      })),
    ),
    ...others.map((how) => ({ resolution: "nodenext" as const, skipLibCheck: false, how })),
  ];

  test.each(cases)(
    "compiles strictly: moduleResolution $resolution, skipLibCheck $skipLibCheck, $how",
    ({ resolution, skipLibCheck, how }) => {
      const { folder, typed } = consumer;
      const { options, errors } = ts.convertCompilerOptionsFromJson(
        compilerOptions(resolution, skipLibCheck, how),
        folder,
      );
      expect(errors).toEqual([]);
      const host = ts.createCompilerHost(options);
      const program = ts.createProgram([typed], options, {
        ...host,
        getSourceFile: (name, ...rest) => shared(name, () => host.getSourceFile(name, ...rest)),
      });
      // Our own declarations; those of dependencies take a minute, and `npm run test:runtimes` has it.
      const said = [
        ...program.getOptionsDiagnostics(),
        ...program
          .getSourceFiles()
          .filter(({ fileName }) => fileName === typed || fileName.includes("/@media-protection/"))
          .flatMap((file) => [
            ...program.getSyntacticDiagnostics(file),
            ...program.getSemanticDiagnostics(file),
          ]),
      ];
      expect(ts.formatDiagnostics(said, { ...host, getNewLine: () => "\n" })).toBe("");
    },
  );
});

const ownLibrary = /\/typescript\/lib\/lib\.[\w.]*d\.ts$/;
const libraries = new Map<string, ts.SourceFile>();

/** TypeScript's own library, parsed once for all cases: most of their time. */
function shared(name: string, read: () => ts.SourceFile | undefined): ts.SourceFile | undefined {
  if (!ownLibrary.test(name)) return read();
  const source = libraries.get(name) ?? read();
  if (source) libraries.set(name, source);
  return source;
}
