import type { MediaKind } from "@media-protection/contract";
import type { MediaAnswer } from "../http/call.js";
import type { Router } from "../http/router.js";
import type { Platform } from "../platform/platform.js";
import { findStored } from "../platform/stored.js";

/** The files host, which Relay and SWML callbacks point to. */
export function filesHostRoutes(router: Router): void {
  router.bytes("/{space_id}/{project_id}/recordings/{file}", (exchange) =>
    exchange.media(locate(exchange.platform, "recording", exchange.params)),
  );
  router.bytes("/{space_id}/{project_id}/messages/{file}", (exchange) =>
    exchange.media(locate(exchange.platform, "messageMedia", exchange.params)),
  );
  router.bytes("/{space_id}/{project_id}/faxes/{file}", (exchange) =>
    exchange.media(locate(exchange.platform, "faxMedia", exchange.params)),
  );
}

interface Params {
  readonly space_id: string;
  readonly project_id: string;
  readonly file: string;
}

function locate(platform: Platform, kind: MediaKind, params: Params): MediaAnswer {
  const project =
    params.space_id === platform.spaceId ? platform.projects.get(params.project_id) : undefined;
  const stored = project && findStored(platform, kind, project, params.file);
  return { kind, project, media: stored?.media, file: stored?.file };
}
