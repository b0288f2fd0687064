/**
 * Requests of the doctor: at the space alone, one byte each, redirects not followed.
 */

/** Who asks. */
export interface Credentials {
  readonly projectId: string;
  readonly apiToken: string;
}

/** What was answered, as far as it tells. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
}

const patience = 20_000;

/** Asks for a URL; `undefined` where nothing answers. */
export async function ask(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answered | undefined> {
  try {
    const response = await fetch(url, {
      headers,
      redirect: "manual",
      credentials: "omit",
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    await response.body?.cancel();
    return { status: response.status, headers: response.headers };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/** HTTP Basic (RFC 7617). */
export function basic({ projectId, apiToken }: Credentials): string {
  return `Basic ${Buffer.from(`${projectId}:${apiToken}`).toString("base64")}`;
}
