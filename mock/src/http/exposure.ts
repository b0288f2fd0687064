/**
 * Finds API tokens where none belongs.
 */

import type { Platform } from "../platform/platform.js";

/** Whether the URL or any header of a request holds an API token of the platform, plain or in Basic. */
export function carriesSecret(request: Request, { tokens }: Platform): boolean {
  const text = [decode(request.url), ...request.headers.values()].join("\n");
  const credentials = [...text.matchAll(/\bBasic +([\w+/]+=*)/gi)].map(([, base64 = ""]) =>
    decodeBase64(base64),
  );
  for (const { entity } of tokens.all()) {
    if ([text, ...credentials].some((one) => one.includes(entity.token))) return true;
  }
  return false;
}

function decode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}
