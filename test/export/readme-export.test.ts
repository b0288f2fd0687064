import { readdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { folderTarget } from "@media-protection/export";
import { describe, expect, onTestFinished, test } from "vitest";
import { savedIn } from "../helpers/export/export-scene.js";
import { noRedis, startRedis } from "../helpers/export/redis-server.js";
import { startS3Double } from "../helpers/export/s3-double.js";
import {
  readMarkdown,
  snippetsOf,
  type Trial,
  typeErrors,
  Workbench,
} from "../helpers/readme/readme.js";

// Every TypeScript snippet of the README is run as it stands, against a mock of its own; its tables name
// what the source declares.

const markdown = await readMarkdown("packages/export/README.md");
const snippets = snippetsOf(markdown);
const source = resolve(import.meta.dirname, "../../packages/export/src");

/** The first snippet of the README, which most of the others need to have run. */
const exported = (bench: Workbench) =>
  bench.run(snippets.find(({ heading }) => heading === "Export")?.code ?? "");

/** How many media the mock's own project has, created in 2026. */
const seeded = async (bench: Workbench) =>
  Number(/^(\d+) saved/m.exec((await exported(bench)).stdout)?.[1]);

const trials: Readonly<Record<string, Trial>> = {
  Export: async (code, bench) => {
    bench.server.platform.addRecording({ seconds: 1 });
    const { stdout } = await bench.run(code);
    expect(stdout).toMatch(/^\d+ saved, complete: true \{\}$/m);
    expect(await readdir(join(bench.folder, "archive"))).toContain("recording");
    expect((await bench.run(code)).stdout).toMatch(/^0 saved, complete: true/m);
  },

  "A bucket": async (code, bench) => {
    const double = await startS3Double({ ifNoneMatch: true, checksums: "verify" });
    onTestFinished(() => double.close());
    const { stdout } = await bench.run(code, {
      ...{ BUCKET: "s3://archive/calls", S3_ENDPOINT: double.origin },
      ...{ AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" },
    });
    expect(stdout).toMatch(/^[1-9]\d* s3:\/\/archive\/calls\/$/m);
  },

  Manifests: async (code, bench) => {
    const saved = await seeded(bench);
    expect(saved).toBeGreaterThan(0);
    expect((await bench.run(code)).stdout).toMatch(new RegExp(`^${saved} [1-9]\\d*$`, "m"));
  },

  "The summary": async (code, bench) => {
    const saved = await seeded(bench);
    expect((await bench.run(code)).stdout).toMatch(new RegExp(`^${saved} true \\{\\}`, "m"));
  },

  Proof: async (code, bench) => {
    const saved = await seeded(bench);
    expect((await bench.run(code)).stdout).toMatch(new RegExp(`^${saved} 0 \\d+ 0$`, "m"));
  },

  Repair: async (code, bench) => {
    const saved = await seeded(bench);
    const target = folderTarget(join(bench.folder, "archive"));
    onTestFinished(() => target.close());
    const [damaged] = (await savedIn(target)).values();
    await rm(join(bench.folder, "archive", damaged?.key ?? ""));
    const { stdout } = await bench.run(code);
    expect(stdout).toMatch(new RegExp(`^${saved - 1} 1 true$`, "m"));
  },

  Delete: async (code, bench) => {
    const { platform } = bench.server;
    platform.addRecording({ createdAt: Date.UTC(2026, 0, 2), seconds: 1 });
    await exported(bench);
    const { stdout } = await bench.run(code);
    const planned = Number(/planned: (\d+)/.exec(stdout)?.[1]);
    expect(planned).toBeGreaterThan(0);
    expect(platform.journal.find({ method: "DELETE", status: 204 })).toHaveLength(planned);
  },

  "Over Redis": async (code, bench) => {
    // Without Redis the snippet is compiled, below, and not run; queue.test.ts says so, too.
    if (noRedis !== undefined) return;
    const redis = await startRedis();
    onTestFinished(() => redis.close());
    const { stdout } = await bench.run(code, { REDIS_URL: redis.url });
    expect(stdout).toMatch(/^[1-9]\d* true$/m);
  },
};

describe("packages/export/README.md", () => {
  test("each snippet has a trial here, and each trial a snippet", () => {
    expect(snippets.map(({ heading }) => heading)).toEqual(Object.keys(trials));
  });

  test("every snippet compiles in a strict project", async () => {
    expect(await typeErrors(snippets)).toEqual([]);
  });

  test.each(Object.entries(trials))("%s: the snippet does what it says", async (heading, trial) => {
    await using bench = await Workbench.open();
    await trial(snippets.find((one) => one.heading === heading)?.code ?? "", bench);
  });

  /** What stands in code in the first column of the table under a heading, or of the last before it. */
  const column = (text: string) =>
    [...text.matchAll(/^\| (`[^|]*?) +\|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
    );
  const section = (heading: string) =>
    markdown.split(new RegExp(`^#+ ${heading}$`, "m"))[1]?.split(/^#/m)[0] ?? "";

  test("its table of options has each option of exportMedia, and no other", async () => {
    const text = await readFile(join(source, "run/export-options.ts"), "utf8");
    const known = /const known[^{]*\{([^}]*)\}/s.exec(text)?.[1] ?? "";
    const options = [...known.matchAll(/(\w+): true/g)].map(([, name]) => name);
    expect(column(section("Options of `exportMedia`")).sort()).toEqual(options.sort());
  });

  test("its table of reasons has each reason there is", async () => {
    const text = await readFile(join(source, "manifest/lines.ts"), "utf8");
    const union = /export type LostReason =([^;]*);/s.exec(text)?.[1] ?? "";
    const reasons = [...union.matchAll(/"([\w-]+)"/g)].map(([, name]) => name);
    expect(column(section("Export")).sort()).toEqual(reasons.sort());
  });

  test("its table of entries has each entry", async () => {
    const { exports }: { exports: object } = JSON.parse(
      await readFile(join(source, "../package.json"), "utf8"),
    );
    const entries = Object.keys(exports).map((name) => `@media-protection/export${name.slice(1)}`);
    const [head = ""] = markdown.split(/^## /m);
    expect(
      column(head)
        .filter((name) => name.startsWith("@"))
        .sort(),
    ).toEqual(entries.sort());
  });
});
