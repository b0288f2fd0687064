/** What the suite needs of a test framework, in any runtime. */
import { isMediaProtectionError } from "@media-protection/sdk";

/** @throws unless both are the same as JSON */
export function check(actual: unknown, expected: unknown, about = "value"): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`${about}: got ${shorten(got)}, not ${shorten(wanted)}`);
}

function shorten(text: string | undefined): string {
  return text === undefined || text.length < 300 ? String(text) : `${text.slice(0, 300)}…`;
}

/** What is worth comparing of the error that a call rejects with. */
export async function nameOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await call.then(
    () => "no error",
    (reason: unknown) => reason,
  );
  if (!isMediaProtectionError(error)) return { notOurs: `${error}` };
  // Any object may be read by any name; what it gives is unknown.
  const fields = Object(error) as Readonly<Record<string, unknown>>;
  const known = ["name", "status", "reason", "host", "option"];
  return Object.fromEntries(
    known.flatMap((key) => (fields[key] === undefined ? [] : [[key, fields[key]]])),
  );
}

/** Why a case failed, if it did. One that hangs fails after 20 seconds. */
export async function failureOf(run: () => Promise<void>): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it did not end within 20 s")), 20_000);
  });
  try {
    await Promise.race([run(), limit]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/** The SHA-256 of some bytes, lower-case hex. */
export async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
