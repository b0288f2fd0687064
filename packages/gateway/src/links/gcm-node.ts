import { createDecipheriv } from "node:crypto";
import type { Gcm } from "./gcm.js";

export { cryptoKey } from "./gcm.js";

/** As `openGcm` of `gcm.ts`, by OpenSSL at once. @throws an error for what this key did not seal */
export async function openGcm(
  key: Uint8Array,
  { iv, header, ciphertext, tag }: Gcm,
): Promise<Uint8Array> {
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: 16 });
  decipher.setAAD(header);
  decipher.setAuthTag(tag);
  const opened = decipher.update(ciphertext);
  // Throws where the tag is not right; before that, nothing of it may be read. GCM leaves nothing over.
  decipher.final();
  return opened;
}
