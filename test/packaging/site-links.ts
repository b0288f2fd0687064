/**
 * Whether every link of a built site leads somewhere: to a file of it, and to an element of that id.
 */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A link that leads nowhere. */
export interface DeadLink {
  /** The page it is on, by its path in the site. */
  readonly page: string;
  readonly href: string;
}

/** What was looked at. */
export interface LinkReport {
  readonly pages: number;
  readonly links: number;
  readonly dead: readonly DeadLink[];
}

/** Looks at every page below a folder. */
export function checkLinks(site: string): LinkReport {
  const pages = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".html"),
  );
  const anchors = new Map<string, ReadonlySet<string>>();
  const anchorsOf = (file: string) => {
    const known = anchors.get(file) ?? idsIn(readFileSync(file, "utf8"));
    anchors.set(file, known);
    return known;
  };
  const dead: DeadLink[] = [];
  let links = 0;
  for (const page of pages) {
    const file = join(site, page);
    for (const href of linksIn(readFileSync(file, "utf8"))) {
      if (/^[a-z][a-z+.-]*:/i.test(href)) continue;
      links++;
      const [path = "", anchor = ""] = href.split("#");
      const target = path === "" ? file : fileOf(site, file, path);
      const leads =
        target !== undefined &&
        (anchor === "" || !target.endsWith(".html") || anchorsOf(target).has(decode(anchor)));
      if (!leads) dead.push({ page: relative(site, file), href });
    }
  }
  return { pages: pages.length, links, dead };
}

function linksIn(html: string): string[] {
  const content = html.replace(/<script\b.*?<\/script>/gs, "");
  return [...content.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href = ""]) =>
    href.replaceAll("&amp;", "&"),
  );
}

function idsIn(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, id = ""]) => id));
}

/** The file that a path leads to, as a web server finds it; `undefined` for none. */
function fileOf(site: string, from: string, path: string): string | undefined {
  const bare = decode(path.replace(/\?.*$/, ""));
  const target = bare.startsWith("/") ? join(site, bare) : join(dirname(from), bare);
  const files = [target, `${target}.html`, join(target, "index.html")];
  return files.find((file) => existsSync(file) && statSync(file).isFile());
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
