import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkLinks } from "./site-links.js";

// What `npm run docs` ends with: were it blind, no dead link would be found.

test("a link that leads nowhere is found, to a page or to a place in one", async () => {
  const site = await mkdtemp(join(tmpdir(), "site-"));
  try {
    await writeFile(join(site, "other.html"), '<h1 id="place">Other</h1>');
    await writeFile(
      join(site, "index.html"),
      `<a href="other.html">a</a> <a class="x" href="./other#place">b</a> <a href="/other.html?x=1#place">c</a>
       <a href="#here" id="here">d</a> <a href="https://example.com/">e</a> <a href="mailto:a@example.com">f</a>
       <a href="missing.html">g</a> <a href="other.html#nowhere">h</a> <a href="#there">i</a> <a href="/deep/other">j</a>`,
    );
    expect(checkLinks(site)).toEqual({
      pages: 2,
      links: 8,
      dead: ["missing.html", "other.html#nowhere", "#there", "/deep/other"].map((href) => ({
        page: "index.html",
        href,
      })),
    });
  } finally {
    await rm(site, { recursive: true });
  }
});
