/** What {@link signWebhook} signs. */
export interface UnsignedWebhook {
  /** The URL that the platform was given, as it was written. */
  readonly url: string;
  /** The text of a JSON body, or the parameters of a form. */
  readonly body: string | URLSearchParams;
  /** The project's signing key. */
  readonly signingKey: string;
  /** @default "sha256" */
  readonly digest?: "sha256" | "sha1" | undefined;
}

const digests = {
  sha256: { hash: "SHA-256", header: "x-signalwire-sha256-signature" },
  sha1: { hash: "SHA-1", header: "x-signalwire-signature" },
} as const;

/**
 * Signs a callback as the platform does, for unit tests of a receiver: JSON by the hex HMAC of URL and
 * body, a form by the base64 HMAC of URL and its parameters, sorted by name.
 *
 * @returns the header field that carries the signature
 * @example
 * const headers = await signWebhook({ url, body, signingKey });
 * await handler(new Request(url, { method: "POST", headers, body }));
 */
export async function signWebhook(webhook: UnsignedWebhook): Promise<Record<string, string>> {
  const { url, body, signingKey, digest = "sha256" } = webhook;
  const { hash, header } = digests[digest];
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash };
  const key = await crypto.subtle.importKey("raw", encoder.encode(signingKey), algorithm, false, [
    "sign",
  ]);
  const signed = url + (typeof body === "string" ? body : parameters(body));
  const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(signed)));
  const signature =
    typeof body === "string"
      ? Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("")
      : btoa(String.fromCharCode(...bytes));
  return { [header]: signature };
}

function parameters(form: URLSearchParams): string {
  const sorted = [...form].sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  return sorted.map(([name, value]) => name + value).join("");
}
