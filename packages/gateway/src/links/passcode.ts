import { scryptAsync } from "@noble/hashes/scrypt.js";

/** What guessing costs: 16 MiB and some 50 ms each. */
const cost = { N: 2 ** 14, r: 8, p: 1, dkLen: 16 } as const;

/** The verifier of a passcode, RFC 7914; the link's id is the salt. */
export function passcodeVerifier(passcode: string, id: string): Promise<Uint8Array> {
  return scryptAsync(passcode.normalize("NFKC"), `media-protection/${id}`, cost);
}

/** Whether a passcode is the link's; takes as long for every wrong one. */
export async function isPasscode(
  given: string,
  id: string,
  verifier: Uint8Array,
): Promise<boolean> {
  const made = await passcodeVerifier(given, id);
  let difference = made.length ^ verifier.length;
  for (const [index, byte] of made.entries()) difference |= byte ^ (verifier[index] ?? 0);
  return difference === 0;
}
