import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";

const secret = "S3RVER";

/** Whether a request is signed by the secret `S3RVER` (AWS Signature Version 4), its body included. */
export function isSigned(
  { method = "", url = "", headers }: IncomingMessage,
  body: Buffer,
): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=S3RVER\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/;
  const [, date = "", region = "", signed = "", signature] =
    pattern.exec(headers.authorization ?? "") ?? [];
  const stated = String(headers["x-amz-content-sha256"]);
  const isWhole = stated === "UNSIGNED-PAYLOAD" || stated === sha256(body);
  if (signature === undefined || !isWhole) return false;
  const [path = "", query = ""] = url.split("?");
  const parameters = query
    .split("&")
    .filter((one) => one !== "")
    .map((one) => (one.includes("=") ? one : `${one}=`))
    .sort();
  const names = signed.split(";");
  const request = [
    ...[method, path, parameters.join("&")],
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, " ")}`),
    ...["", signed, stated],
  ].join("\n");
  const scope = `${date}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(request)].join("\n");
  const key = [date, region, "s3", "aws4_request"].reduce<Buffer | string>(
    (last, part) => createHmac("sha256", last).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac("sha256", key).update(text).digest("hex") === signature;
}

function sha256(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}
