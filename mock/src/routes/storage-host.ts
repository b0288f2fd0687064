import type { MediaKind } from "@media-protection/contract";
import type { Call } from "../http/call.js";
import { checkStorageUrl } from "../platform/storage-url.js";
import { findStored } from "../platform/stored.js";

const kinds: Readonly<Record<string, MediaKind>> = {
  recordings: "recording",
  messages: "messageMedia",
  faxes: "faxMedia",
};

/**
 * The storage host: S3's manners. It knows no credentials but the signature in the URL, and refuses
 * a request that brings both.
 */
export function answerFromStorage(call: Call): Response {
  const { platform, request, path } = call;
  if (request.method !== "GET" && request.method !== "HEAD") {
    return s3Error(call, 405, "MethodNotAllowed", "The specified method is not allowed");
  }
  const query = new URL(request.url).searchParams;
  const verdict = checkStorageUrl(path, query, platform.storageKey, platform.now());
  call.decision = verdict === "valid" && !call.hasAuthorization ? "allow" : "deny";
  if (verdict !== "missing" && call.hasAuthorization) {
    const message =
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, " +
      "Signature query string parameter or the Authorization header should be specified";
    return s3Error(call, 400, "InvalidArgument", message);
  }
  switch (verdict) {
    case "missing":
      return s3Error(call, 403, "AccessDenied", "Access Denied");
    case "expired":
      return s3Error(call, 403, "AccessDenied", "Request has expired");
    case "wrong":
      return s3Error(
        call,
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided",
      );
    case "valid":
      return object(call);
  }
}

/** `/<space id>/<project id>/<folder>/<file name>` */
function object(call: Call): Response {
  const { platform } = call;
  const [, spaceId, projectId = "", folder = "", fileName = ""] = call.path.split("/");
  const project = spaceId === platform.spaceId ? platform.projects.get(projectId) : undefined;
  const kind = Object.hasOwn(kinds, folder) ? kinds[folder] : undefined;
  const stored = project && kind && findStored(platform, kind, project, fileName);
  if (stored?.file === undefined) {
    return s3Error(call, 404, "NoSuchKey", "The specified key does not exist.");
  }
  return call.file(stored.file, fileName);
}

function s3Error(call: Call, status: number, code: string, message: string): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return call.answer(status, { "content-type": "application/xml" }, body);
}
