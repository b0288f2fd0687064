/**
 * A self-signed certificate for local ports, made anew each time: X.509 v3 (RFC 5280) in DER (ITU-T
 * X.690), with an ECDSA key on P-256. Written here because `selfsigned` brings pkijs and some twenty
 * packages of it to everybody who installs the mock, `mkcert` the whole of node-forge and RSA alone, and
 * openssl is not on every machine; tests read it back with Node's own X.509.
 */

import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";

/** A private key and its certificate, both in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const day = 86_400_000;

/**
 * Makes a certificate that is valid for a week.
 *
 * @param names the host names and IP addresses it is for.
 */
export async function selfSignedCertificate(names: readonly string[]): Promise<Certificate> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const commonName = sequence(
    oid(0x55, 0x04, 0x03),
    der(0x0c, Buffer.from("media-protection-mock")),
  );
  const name = sequence(der(0x31, commonName));
  const now = Date.now();
  const extensions = sequence(
    // Its own issuer, so that it can be given to clients as an authority to trust: §4.2.1.9.
    extension(oid(0x55, 0x1d, 0x13), sequence(der(0x01, Buffer.from([0xff])))),
    extension(oid(0x55, 0x1d, 0x11), sequence(...names.map(alternativeName))),
    // Only to show who a server is: §4.2.1.12.
    extension(oid(0x55, 0x1d, 0x25), sequence(oid(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01))),
  );
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    // A day back, for clocks that are behind.
    sequence(utcTime(now - day), utcTime(now + 7 * day)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, extensions),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const whole = sequence(toBeSigned, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: pem(whole),
  };
}

/** A value in DER: its tag, its length, and what it holds. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const bytes =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);

/** A number from 0 up, whose first byte is below 128: DER takes it for negative otherwise. */
const integer = (bytes: Buffer): Buffer => der(0x02, bytes);

/** An object identifier, by its bytes as DER writes them. */
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));

/** A time as YYMMDDHHMMSSZ, which is required until 2049: RFC 5280 §4.1.2.5. */
function utcTime(time: number): Buffer {
  const digits = new Date(time).toISOString().replace(/\D/g, "").slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

/** An extension, which holds its value as bytes. */
const extension = (id: Buffer, value: Buffer): Buffer => sequence(id, der(0x04, value));

/** A host name or an IP address: RFC 5280 §4.2.1.6. */
function alternativeName(name: string): Buffer {
  return isIP(name) === 0 ? der(0x82, Buffer.from(name)) : der(0x87, addressBytes(name));
}

/** The 4 or 16 bytes of an IP address. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split(".").map(Number));
  // The URL parser writes any IPv6 address in groups of hexadecimal digits, one run of zeros left out.
  const [before = "", after] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text = "") => (text === "" ? [] : text.split(":"));
  const [left, right] = [groups(before), groups(after)];
  const zeros = new Array<string>(8 - left.length - right.length).fill("0");
  const hex = [...left, ...zeros, ...right].map((group) => group.padStart(4, "0")).join("");
  return Buffer.from(hex, "hex");
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString("base64").replace(/.{1,64}/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
}
