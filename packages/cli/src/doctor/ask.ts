/**
 * Requests of the doctor, one byte each, redirects not followed.
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
  method: "GET" | "HEAD" = "GET",
): Promise<Answered | undefined> {
  try {
    const response = await fetch(url, {
      ...{ method, headers },
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

/** The token alone, as one report has it of the files host (RFC 6750). */
export function bearer({ apiToken }: Credentials): string {
  return `Bearer ${apiToken}`;
}
