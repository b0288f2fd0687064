import type { MediaKind } from "@media-protection/contract";
import { pageScript } from "./page-script.js";
import { pageStyle } from "./page-style.js";

/** A page that was opened: how its medium is shown, and where its bytes are, relative to the page. */
export interface Opened {
  readonly element: "audio" | "video" | "image" | "pdf" | "file";
  readonly play: string;
  readonly download: string;
  /** Seconds after which the page asks for a fresh link; 0 for never. */
  readonly renewIn: number;
  /** Bytes. */
  readonly size: number | undefined;
}

/** What a share page shows. Nothing in it comes from a request. */
export interface PageState {
  readonly kind: MediaKind;
  readonly needsPasscode: boolean;
  /** Whether the viewer has to do something before it opens. */
  readonly waits: boolean;
  readonly isWrong?: boolean;
  readonly opened?: Opened;
}

const titles = { recording: "Recording", messageMedia: "Attachment", faxMedia: "Fax" } as const;

/** The fields of a page: it loads its own files and the gateway's media, and nobody frames it. */
export function pageHeaders(contentType: string): Record<string, string> {
  const own = [
    "script-src",
    "style-src",
    "img-src",
    "media-src",
    "frame-src",
    "connect-src",
    "form-action",
  ];
  return {
    "cache-control": "no-store",
    "content-security-policy": `default-src 'none'; ${own.map((name) => `${name} 'self'`).join("; ")}; base-uri 'none'; frame-ancestors 'none'`,
    "content-type": contentType,
    "cross-origin-resource-policy": "same-origin",
    // With no-referrer a browser sends no origin with a form either; the token is no secret to its own page.
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
  };
}

/** The page's script or style, if that is what is asked for. */
export function pageFiles(name: string): Response | undefined {
  const file = { "page.js": ["text/javascript", pageScript], "page.css": ["text/css", pageStyle] }[
    name
  ];
  if (!file) return undefined;
  const [type = "", text = ""] = file;
  const headers = {
    ...pageHeaders(`${type}; charset=utf-8`),
    "cache-control": "public, max-age=3600",
  };
  return new Response(text, { headers });
}

/** The page. */
export function page({ kind, needsPasscode, waits, isWrong = false, opened }: PageState): string {
  const title = titles[kind];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta property="og:title" content="${title} shared with you">
<title>${title} shared with you</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<script src="page.js" defer></script>
</head>
<body>
<main data-title="${title}"${waits ? "" : " data-opens"}>
<h1>${title}</h1>
${opened ? medium(title, opened) : form(title, needsPasscode, isWrong)}
<p id="status" role="status"></p>
</main>
</body>
</html>
`;
}

function form(title: string, needsPasscode: boolean, isWrong: boolean): string {
  const field = `<label for="passcode">Passcode</label>
<input id="passcode" name="passcode" type="password" required maxlength="128" autocomplete="off"${isWrong ? ' aria-invalid="true" aria-describedby="wrong" autofocus' : ""}>
${isWrong ? '<p id="wrong" class="wrong">That is not the passcode.</p>' : ""}`;
  return `<p>This ${title.toLowerCase()} was shared with you.</p>
<form method="post">
${needsPasscode ? field : ""}
<button type="submit">Open</button>
</form>`;
}

function medium(title: string, { element, play, download, renewIn }: Opened): string {
  const shown = {
    audio: `<audio id="medium" controls preload="metadata" src="${play}" aria-label="${title}"></audio>`,
    video: `<video id="medium" controls preload="metadata" playsinline src="${play}" aria-label="${title}"></video>`,
    image: `<img id="medium" src="${play}" alt="${title}">`,
    pdf: `<iframe id="medium" src="${play}" title="${title}"></iframe>`,
    file: "<p>This file cannot be shown here. You can download it.</p>",
  }[element];
  return `<div class="shown" data-renew="${renewIn}">${shown}</div>
<a class="button" id="download" href="${download}" download>Download</a>`;
}
