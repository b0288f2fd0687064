import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Dashboard, openDashboard, openMedia, useBrowser } from "./dashboard.js";

// Whether everybody can use it: keyboards, screen readers, light and dark, small screens.

const browser = useBrowser();
let axe: string;
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

/** Every page in every state of interest, one after the other; `look` is called at each. */
async function walk(dashboard: Dashboard, look: (what: string) => Promise<void>): Promise<void> {
  const { page, server } = dashboard;
  const { projectId } = server.platform.credentials;
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await look("sign-in");
  const token = page.getByLabel("API token");
  await token.fill("PTmock-wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await look("sign-in refused");
  await token.fill(server.platform.credentials.apiToken);
  await dashboard.signIn();
  await page.getByRole("link", { name: "Example subproject" }).waitFor();
  await look("projects");
  await page.getByRole("link", { name: "Example project" }).click();
  await page.getByRole("button", { name: "Example project" }).click();
  await page.getByRole("menuitem", { name: "Media" }).waitFor();
  await look("project with its menu");
  await page.getByRole("menuitem", { name: "Project Configuration" }).click();
  await page.getByText("Created").waitFor();
  await look("details");
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByRole("switch").first().click();
  await page.getByRole("switch", { checked: true }).waitFor();
  await look("settings");
  await openMedia(dashboard);
  await page.locator("summary").first().click();
  await page.getByText("Served: metadata").waitFor();
  await page.getByText("401 Unauthorized").first().waitFor();
  await look("media");
  await dashboard.open(`/projects/${projectId}/access`);
  await page.getByRole("button", { name: "Rotate the signing key" }).click();
  await page.getByText("the old one, still valid").waitFor();
  await page.getByRole("checkbox", { name: "messaging" }).check();
  await page.getByRole("button", { name: "Make a token" }).click();
  await page.getByText("shown this once").waitFor();
  await page.getByRole("button", { name: "Revoke Token" }).click();
  await page.getByText("opens nothing", { exact: true }).waitFor();
  await look("tokens and keys");
  await dashboard.open("/journal");
  await page.getByText("Nobody has asked").waitFor();
  await look("journal, empty");
  await fetch(`${server.url}/api/projects`);
  await page.getByRole("button", { name: /^Details of/ }).click();
  await look("journal");
  await dashboard.open("/callbacks");
  await page.getByLabel("Your receiver's URL").fill(`${server.url}/api/nothing`);
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("table").waitFor();
  await look("callbacks");
  await dashboard.open("/faults");
  await page.getByText("Nothing goes wrong.").waitFor();
  await page.getByRole("button", { name: "Arm it" }).click();
  await page.getByRole("button", { name: "Disarm all" }).waitFor();
  await look("faults");
  await dashboard.open("/switches");
  await page.getByLabel("deniedStatus").selectOption("404");
  await page.getByText("changed", { exact: true }).waitFor();
  await look("switches");
  await dashboard.open("/reset");
  await page.getByRole("button", { name: "Reset the mock" }).click();
  await look("reset");
  await dashboard.open("/nothing");
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  await look("no such page");
  await dashboard.open(`/projects/${projectId.replace(/.$/, "9")}`);
  await page.getByRole("alert").waitFor();
  await look("no such project");
}

/** What axe finds; `rules` alone, if there are some. */
async function violations(page: Page, rules: readonly string[]): Promise<string[]> {
  // Evaluated from outside, which the page's own policy of contents does not concern.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  const options = {
    resultTypes: ["violations"],
    ...(rules.length > 0 && { runOnly: { type: "rule", values: rules } }),
  };
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

const widths = [360, 768, 1200, 1600];

describe("axe finds no violation on any page at 360, 768, 1200 and 1600 px", () => {
  test.each([
    ["light", "rgb(245, 246, 247)", []],
    // But for its colours a page is the same in the dark.
    ["dark", "rgb(17, 20, 24)", ["color-contrast"]],
  ] as const)("%s", async (colorScheme, ground, rules) => {
    // The transitions between colours would be measured half-way.
    await using dashboard = await openDashboard(browser(), {
      colorScheme,
      reducedMotion: "reduce",
    });
    const { page } = dashboard;
    const found: Record<string, string[]> = {};
    let pages = 0;
    await walk(dashboard, async (what) => {
      pages++;
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        const list = await violations(page, rules);
        if (list.length > 0) found[`${what}, ${width} px`] = list;
      }
    });
    expect(found).toEqual({});
    expect(pages).toBe(16);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(ground);
  });
});

test("no page scrolls sideways at 360 px", async () => {
  await using dashboard = await openDashboard(browser(), { viewport: { width: 360, height: 740 } });
  const { page, server } = dashboard;
  const name =
    "A project whose name is as long as names of projects sometimes are, without-a-break-".repeat(
      2,
    );
  server.platform.addProject({ name: name.slice(0, 160) });
  const wide: string[] = [];
  await walk(dashboard, async (what) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 360) wide.push(`${what}: ${width} px`);
  });
  expect(wide).toEqual([]);
});

/** Presses Tab until something of this name has the focus, and is seen to have it. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let count = 0; count < 40; count++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const one = document.activeElement;
      if (!(one instanceof HTMLElement)) return undefined;
      const labelled = document.getElementById(one.getAttribute("aria-labelledby") ?? "");
      const text = (labelled ?? one).innerText.trim();
      return { text, outline: getComputedStyle(one).outlineStyle };
    });
    if (found?.text !== name) continue;
    expect(found.outline).toBe("solid");
    return;
  }
  throw new Error(`Tab never reaches ${name}.`);
}

describe("by the keyboard alone", () => {
  test("one signs in, opens the configuration, turns a switch and comes back", async () => {
    await using dashboard = await openDashboard(browser());
    const { page, server } = dashboard;
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await tabTo(page, "Sign in");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Example project" }).waitFor();
    await tabTo(page, "Example project");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Example project" }).waitFor();
    await tabTo(page, "Example project");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("menu").waitFor();
    const focused = page.locator(":focus");
    expect(await focused.innerText()).toBe("Project Configuration");
    await page.keyboard.press("ArrowUp");
    expect(await focused.innerText()).toBe("API tokens and signing keys");
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    expect(await focused.getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Project Configuration" }).waitFor();
    expect(await focused.evaluate(({ tagName }) => tagName)).toBe("H1");
    await tabTo(page, "Project Details");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("switch").first().waitFor();
    expect(await focused.innerText()).toBe("Settings");
    await tabTo(page, "Protect Message Media URLs");
    await page.keyboard.press("Space");
    await page.getByRole("switch", { name: /Message/, checked: true }).waitFor();
    const { projectId } = server.platform.credentials;
    expect(server.platform.projects.get(projectId)?.protectedSince.messageMedia).not.toBeNull();
  });
});
