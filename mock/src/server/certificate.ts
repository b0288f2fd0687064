import { isIP } from "node:net";
import { OptionError } from "../platform/options.js";

/** A private key and its certificate, both in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const day = 86_400_000;

/**
 * Makes a self-signed certificate for local ports, anew each time: valid for a week, with an ECDSA key
 * on P-256, and its own issuer, so that clients can be given it as an authority to trust (RFC 5280
 * §4.2.1.9).
 *
 * @param names the host names and IP addresses it is for.
 * @throws OptionError where `selfsigned` is not installed.
 */
export async function selfSignedCertificate(names: readonly string[]): Promise<Certificate> {
  const { generate } = await loadSelfsigned();
  const now = Date.now();
  const made = await generate([{ name: "commonName", value: "media-protection-mock" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    // A day back, for clocks that are behind.
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + 7 * day),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: names.map((one) =>
          isIP(one) === 0 ? { type: 2, value: one } : { type: 7, ip: one },
        ),
      },
    ],
  });
  return { key: made.private, cert: `${made.cert.trimEnd()}\n` };
}

/** Loaded for https only: with what it needs it is some 6 MB. */
async function loadSelfsigned(): Promise<typeof import("selfsigned")> {
  try {
    return await import("selfsigned");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") {
      throw new OptionError("https", "off, or selfsigned installed: npm install selfsigned");
    }
    throw error;
  }
}
