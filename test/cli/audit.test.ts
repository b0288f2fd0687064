import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isStill } from "../../packages/cli/dist/audit/progress-file.js";
import type { Answer, AuditRow } from "../../packages/cli/dist/audit/verdict.js";
import { findChromium } from "../helpers/packages/chromium.js";
import { jsonLines, Shell } from "./cli.js";

const served: Answer = { type: "served", status: 206 };
const row = (fields: Partial<AuditRow>): AuditRow => ({
  ...{ projectId: "p1", name: "Sales", kind: "recordings", isOn: false, media: 1, sample: 1 },
  ...{ verdict: "PUBLIC", found: "PUBLIC", tries: [] },
  ...fields,
});

describe("the command", () => {
  let shell: Shell;
  beforeAll(async () => {
    shell = await Shell.open();
  });
  beforeEach(() => shell.mock.platform.reset());
  afterAll(() => shell[Symbol.asyncDispose]());
  const root = () => shell.mock.platform.credentials.projectId;
  const audit = async (...args: string[]) => {
    const { code, stdout, stderr } = await shell.run([
      "audit",
      "--json",
      "--project",
      root(),
      ...args,
    ]);
    const verdicts = Object.fromEntries(
      jsonLines(stdout).map(({ kind, verdict }) => [kind, verdict]),
    );
    return { code, verdicts, stdout, stderr };
  };
  const all = (verdict: string) => ({
    recordings: verdict,
    messageMedia: verdict,
    faxMedia: verdict,
  });
  const protect = () =>
    shell.mock.platform.setProtection(root(), {
      recordings: true,
      messageMedia: true,
      faxMedia: true,
    });

  test("what is public is no finding unless it is asked for, what is protected never", async () => {
    expect(await audit()).toMatchObject({ code: 0, verdicts: all("PUBLIC") });
    expect(await audit("--require-protected")).toMatchObject({ code: 2, verdicts: all("PUBLIC") });
    protect();
    expect(await audit("--require-protected")).toMatchObject({
      code: 0,
      verdicts: all("PROTECTED"),
    });
  });

  test.each([
    ["media that the switch does not cover", { retroactive: false }, all("EXPOSED"), 2],
    ["404 for a denial", { deniedStatus: 404 }, all("PROTECTED"), 0],
    ["bytes by a redirect to storage", { redirectToStorage: true }, all("PROTECTED"), 0],
    ["bytes by a redirect to the files host", { redirectToFiles: true }, all("PROTECTED"), 0],
    ["no ranges", { supportsRange: false }, all("PROTECTED"), 0],
  ] as const)("with %s", async (_, switches, verdicts, code) => {
    protect();
    shell.mock.platform.setSwitches(switches);
    expect(await audit()).toMatchObject({ code, verdicts });
  });

  test("a fax on the files host is tried there, too, with the scheme that is said", async () => {
    protect();
    shell.mock.platform.setSwitches({ filesHostAuth: "bearer" });
    const basic = await audit();
    expect(basic).toMatchObject({ code: 2, verdicts: { ...all("PROTECTED"), faxMedia: "BROKEN" } });
    expect(basic.stdout).toMatch(/"path":"\/[^"]+\/faxes\/[^"]+\.pdf"/);
    expect(await audit("--media-auth", "bearer")).toMatchObject({
      code: 0,
      verdicts: all("PROTECTED"),
    });
  });

  test.each([
    ["refuses credentials", { kind: "status", status: 401 }, "BROKEN", 2],
    ["answers 200 with an error in JSON", { kind: "errorBody" }, "BROKEN", 2],
    ["is down", { kind: "status", status: 503 }, "UNKNOWN", 0],
  ] as const)(
    "a kind that %s is found, and the others are not",
    async (_, fault, verdict, code) => {
      protect();
      const { platform } = shell.mock;
      for (const { entity } of platform.recordings.of(root()))
        platform.faults.add({ ...fault, media: entity.id });
      const found = await audit("--sample", "5");
      expect(found).toMatchObject({ code, verdicts: { ...all("PROTECTED"), recordings: verdict } });
    },
  );

  test("asks for one byte of each medium at each of its URLs, twice, and says what came of it", async () => {
    protect();
    const { stdout } = await audit("--sample", "0");
    const [recordings] = jsonLines(stdout).filter(({ kind }) => kind === "recordings");
    expect(recordings).toMatchObject({ media: 3, sample: 2, isOn: true });
    // Two media, three URLs each; the tries' shape is the row's.
    const tries = recordings?.["tries"] as {
      path: string;
      anonymous: unknown;
      credentialed: unknown;
    }[];
    expect(tries).toHaveLength(6);
    for (const one of tries) {
      expect(one.anonymous).toEqual({ type: "refused", status: 401 });
      expect(one.credentialed).toEqual({ type: "served", status: 200 });
      expect(one.path).toMatch(/^\/api\/laml\/.+\/Recordings\/[0-9a-f-]{36}(\.wav|\.mp3)?$/);
    }
  });

  test("a project without media is UNKNOWN, and says so", async () => {
    const { id } = shell.mock.platform.addProject({ name: "Empty" });
    const { stdout, code } = await shell.run(["audit", "--project", id]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "UNKNOWN   Empty: recordings (no media), messageMedia (no media), faxMedia (no media)",
    );
    expect(stdout).toContain("3 UNKNOWN.");
  });

  test("goes on where it was stopped, with the same settings alone", async () => {
    protect();
    const path = "/x";
    const time = new Date().toISOString();
    const tries = [{ time, path, anonymous: served, credentialed: served }];
    const { projectId: _, ...found } = row({
      name: "Example project",
      isOn: true,
      tries,
      verdict: "EXPOSED",
      found: "EXPOSED",
    });
    const key = { space: shell.mock.origins.space, sample: 1, project: [root()] };
    const begun = [{ audit: JSON.stringify(key) }, { projectId: root(), ...found }];
    const file = join(shell.folder, "begun.jsonl");
    await writeFile(file, begun.map((line) => JSON.stringify(line)).join("\n"));
    const on = await audit("--progress", "begun.jsonl");
    expect(on.stderr).toContain(`Going on: 1 of 3 kinds were tried before, since ${time}`);
    expect(on).toMatchObject({ code: 2, verdicts: { ...all("PROTECTED"), recordings: "EXPOSED" } });
    await writeFile(file, begun.map((line) => JSON.stringify(line)).join("\n"));
    const anew = await audit("--progress", "begun.jsonl", "--sample", "2");
    expect(anew.stderr).not.toContain("Going on");
    expect(anew).toMatchObject({ code: 0, verdicts: all("PROTECTED") });
  });

  test("a row of before the switch was turned is tried again, and so is one of another day", () => {
    const now = new Date("2026-06-02T12:00:00Z");
    const at = (time: string, isOn: boolean) =>
      row({ isOn, tries: [{ time, path: "/x", anonymous: served, credentialed: served }] });
    const projects = [
      {
        id: "p1",
        name: "Sales",
        switches: { recordings: true, messageMedia: false, faxMedia: false },
      },
    ];
    expect(isStill(at("2026-06-02T09:00:00Z", true), projects, now)).toBe(true);
    expect(isStill(at("2026-06-02T09:00:00Z", false), projects, now)).toBe(false);
    expect(isStill(at("2026-06-01T09:00:00Z", true), projects, now)).toBe(false);
    expect(isStill(row({ isOn: true, tries: [] }), projects, now)).toBe(false);
  });

  test("the report is one page that needs nothing, hostile names in it, axe clean, narrow and dark", async () => {
    const { platform } = shell.mock;
    const { id } = platform.addProject({ name: '<script>alert("x")</script> & Sons' });
    platform.addRecording({ projectId: id });
    protect();
    platform.setSwitches({ retroactive: false });
    const exceptions = [
      {
        project: id,
        kind: "recordings",
        owner: "ops",
        reason: "<b>partner</b>",
        expires: "2099-01-01",
      },
    ];
    await writeFile(join(shell.folder, "exceptions.yaml"), JSON.stringify(exceptions));
    const args = ["audit", "--report", "report.html", "--exceptions", "exceptions.yaml"];
    expect((await shell.run(args)).code).toBe(2);
    const html = await readFile(join(shell.folder, "report.html"), "utf8");
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<b>partner");
    expect(html).not.toContain(platform.credentials.apiToken);
    const browser = await chromium.launch(await findChromium());
    try {
      const axe = await readFile(
        createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
        "utf8",
      );
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await browser.newPage({ colorScheme, viewport: { width: 360, height: 800 } });
        const requests: string[] = [];
        page.on("request", (request) => requests.push(request.url()));
        await page.goto(`file://${join(shell.folder, "report.html")}`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate<AxeResults>("axe.run(document)");
        expect(violations.map(({ id: rule }) => rule)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
        expect(await page.locator("section").count()).toBe(9);
        expect(requests).toHaveLength(1);
        expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
        await page.close();
      }
    } finally {
      await browser.close();
    }
  });

  test("a report of an unknown kind is refused before anything is asked", async () => {
    const { code, stderr } = await audit("--report", "report.docx");
    expect(code).toBe(1);
    expect(stderr).toContain(".html, .json or .csv");
    expect(shell.mock.platform.journal.entries()).toEqual([]);
  });
});
