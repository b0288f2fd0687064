/**
 * The dashboard's files, as the local server hands them out: the page at the space's root, what it
 * loads below `/__mock/dashboard/`, where the platform has no paths. Node only.
 */

import { readdirSync, readFileSync } from "node:fs";
import type { OwnFiles } from "../http/call.js";
import type { Origins } from "../rules/origins.js";

/** Where the build of the dashboard puts them: beside this module. */
const builtFolder = new URL("../dashboard/", import.meta.url);
const assets = "/__mock/dashboard/";

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  md: "text/markdown; charset=utf-8",
};

interface OwnFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/**
 * The dashboard of a server.
 *
 * @param originsOf the platform's origins, where alone the page may send requests
 */
export function dashboardFiles(originsOf: () => Origins): OwnFiles {
  let files: ReadonlyMap<string, OwnFile> | undefined;
  return (request, path) => {
    if (request.method !== "GET" && request.method !== "HEAD") return undefined;
    const isPage = path === "/" || isLost(request, path);
    if (!isPage && !path.startsWith(assets)) return undefined;
    // Read when first asked for, so that a server that nobody looks at starts no later.
    files ??= readFiles();
    const file = files.get(isPage ? "index.html" : path.slice(assets.length));
    if (file === undefined) return undefined;
    return new Response(request.method === "HEAD" ? null : file.bytes, {
      status: isPage && path !== "/" ? 404 : 200,
      headers: {
        "content-type": file.type,
        "content-length": String(file.bytes.length),
        // The names of assets change with their content; that of the page does not.
        "cache-control": isPage ? "no-cache" : "max-age=31536000, immutable",
        "content-security-policy": contentSecurityPolicy(originsOf()),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
      },
    });
  };
}

/**
 * Whether somebody typed an address that is none into a browser, who is then told so by a page. Below
 * the platform's own paths everybody gets the platform's answer.
 */
function isLost({ headers }: Request, path: string): boolean {
  const isPlatforms = /^\/(api|2010-04-01|__mock)(\/|$)/.test(path);
  return !isPlatforms && headers.get("sec-fetch-dest") === "document";
}

/** What the page may do (CSP Level 3): it holds an API token, so nothing but what it needs. */
function contentSecurityPolicy({ files, storage }: Origins): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Media may be redirected to storage.
    `connect-src 'self' ${sourceOf(files)} ${sourceOf(storage)}`,
    // Previews are blobs; the pictures of the page's own style sheet are data.
    "img-src 'self' blob: data:",
    "media-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** An origin as a policy can name it: it has no way to write an IPv6 address, so of those the port. */
function sourceOf(origin: string): string {
  return origin.replace(/\[.*\]/, "*");
}

/** Every file of the build by its name; none where it was not built. */
function readFiles(): ReadonlyMap<string, OwnFile> {
  const files = new Map<string, OwnFile>();
  for (const name of namesIn(builtFolder)) {
    const type = types[name.slice(name.lastIndexOf(".") + 1)];
    if (type === undefined) continue;
    files.set(name, { bytes: new Uint8Array(readFileSync(new URL(name, builtFolder))), type });
  }
  return files;
}

function namesIn(folder: URL): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
