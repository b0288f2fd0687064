/** Whether the host never leaves this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Whether an http(s) URL may be asked with a token: over https; over plain http only where it never
 * leaves this machine, or the option `allowInsecure` names its origin.
 */
export function isSecure(
  { protocol, hostname, origin }: URL,
  allowInsecure: readonly string[] = [],
): boolean {
  return protocol === "https:" || isLoopbackHost(hostname) || allowInsecure.includes(origin);
}
