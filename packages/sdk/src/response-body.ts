/**
 * Lets go of a body (or its reader) that nobody will read, so that its connection closes. Does not
 * wait: where a response was cloned, as interceptors do, a cancel settles only with that of the
 * other copy, which may be never.
 */
export function discard(
  body: { cancel(reason?: unknown): Promise<void> } | null | undefined,
  reason?: unknown,
): void {
  // A body that already failed rejects with its own error, which was or will be thrown elsewhere.
  body?.cancel(reason).catch(() => {});
}

/** Reads a body as text, as far as `limit` bytes. */
export async function readText(response: Response, limit: number): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (let left = limit; left > 0; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.byteLength;
  }
  discard(reader);
  return text;
}
