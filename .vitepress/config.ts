import { existsSync } from "node:fs";
import { join } from "node:path";
import { slug } from "github-slugger";
import { defineConfig } from "vitepress";

const root = join(import.meta.dirname, "..");

/** What of the repository is no page. */
const others = [
  "**/node_modules/**",
  "**/dist/**",
  "test/**",
  "docs/**",
  "packed/**",
  "**/CHANGELOG.md",
  "**/.changeset/**",
];

/** Whether a link leads to a page of this site, to its reference, or to somewhere else on the web. */
function isOfSite(href: string): boolean {
  return /^(https?:|mailto:|#|\/)/.test(href) || /\.md(#.*)?$/.test(href);
}

/** The documentation site: the Markdown of the repository as it is, and pages for jobs in `guide/`. */
export default defineConfig({
  title: "media-protection",
  description: "Protected telephony media without broken players or leaked API tokens.",
  srcDir: ".",
  outDir: "docs",
  srcExclude: others,
  rewrites: { "README.md": "index.md" },
  head: [["meta", { name: "referrer", content: "no-referrer" }]],
  cacheDir: "node_modules/.cache/vitepress",
  vite: { logLevel: "warn", publicDir: join(root, ".vitepress", "nothing") },
  markdown: {
    // As on the pages of a repository, so that the same anchors work in both.
    anchor: { slugify: (text) => slug(text) },
    config(markdown) {
      // Links to sources lead to no page of the site: their text stays.
      markdown.core.ruler.push("sources", ({ tokens }) => {
        for (const { children } of tokens) {
          let isSource = false;
          for (const token of children ?? []) {
            if (token.type === "link_open") {
              isSource = !isOfSite(String(token.attrGet("href")));
              if (isSource) [token.tag, token.attrs] = ["span", null];
            } else if (token.type === "link_close" && isSource) {
              [token.tag, isSource] = ["span", false];
            }
          }
        }
      });
    },
  },
  // The reference is TypeDoc's, and beside this site once that is built.
  ignoreDeadLinks: [/^\/api(-export)?\//],
  themeConfig: {
    search: { provider: "local" },
    nav: [
      { text: "Guide", link: "/guide/turn-protection-on" },
      { text: "SDK", link: "/packages/sdk/README" },
      { text: "Mock", link: "/mock/README" },
      { text: "Reference", link: "/api/index.html", target: "_self" },
      { text: "Reference of the export", link: "/api-export/index.html", target: "_self" },
    ],
    sidebar: [
      { text: "What it is", link: "/" },
      {
        text: "Jobs",
        items: [
          { text: "Turn protection on", link: "/guide/turn-protection-on" },
          { text: "Play a protected recording", link: "/guide/play" },
          { text: "Save media", link: "/guide/save" },
          { text: "Links that play", link: "/guide/links-that-play" },
          { text: "Export all of it", link: "/packages/export/README" },
          { text: "The estate from a shell", link: "/packages/cli/README" },
          { text: "Receive callbacks", link: "/guide/callbacks" },
          { text: "Test with the mock", link: "/guide/test" },
        ],
      },
      {
        text: "Moving from",
        items: [
          { text: "twilio", link: "/guide/moving-from-twilio" },
          { text: "@signalwire/compatibility-api", link: "/guide/moving-from-compatibility-api" },
          { text: "A proxy of your own", link: "/guide/moving-from-a-proxy" },
        ],
      },
      { text: "Questions", link: "/guide/faq" },
      {
        text: "Packages",
        items: [
          "packages/sdk",
          "mock",
          "packages/gateway",
          "packages/export",
          "packages/cli",
          "packages/contract",
        ]
          .filter((folder) => existsSync(join(root, folder, "README.md")))
          .map((folder) => ({
            text: `@media-protection/${folder.split("/").at(-1)}`,
            link: `/${folder}/README`,
          })),
      },
      {
        text: "The project",
        items: [
          { text: "Examples", link: "/examples/README" },
          { text: "Architecture", link: "/ARCHITECTURE" },
          { text: "Contributing", link: "/CONTRIBUTING" },
          { text: "Security", link: "/SECURITY" },
        ],
      },
    ],
  },
});
