import type { MediaKind } from "@media-protection/contract";
import type { MediaAnswer } from "../http/call.js";
import type { Router } from "../http/router.js";
import type { Project } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { findSent } from "../platform/sent-names.js";
import { findStored } from "../platform/stored.js";

/** The files host, which Relay and SWML callbacks point to. */
export function filesHostRoutes(router: Router): void {
  router.bytes("/{space_id}/{project_id}/recordings/{file}", (exchange) =>
    exchange.media(locate(exchange.platform, "recording", exchange.params)),
  );
  router.bytes("/{space_id}/{project_id}/messages/{file}", (exchange) => {
    const { platform, params } = exchange;
    const found = locate(platform, "messageMedia", params);
    return exchange.media(
      platform.switches.messageMediaPath === "message-media" ? none(found) : found,
    );
  });
  router.bytes("/{space_id}/{project_id}/message-media/{file}", (exchange) => {
    const { platform, params } = exchange;
    const found = locateSent(platform, params);
    return exchange.media(platform.switches.messageMediaPath === "messages" ? none(found) : found);
  });
  router.bytes("/{space_id}/{project_id}/faxes/{file}", (exchange) =>
    exchange.media(locate(exchange.platform, "faxMedia", exchange.params)),
  );
}

/** The same question, where nothing is found. */
function none({ kind, project }: MediaAnswer): MediaAnswer {
  return { kind, project, media: undefined, file: undefined };
}

interface Params {
  readonly space_id: string;
  readonly project_id: string;
  readonly file: string;
}

function locate(platform: Platform, kind: MediaKind, params: Params): MediaAnswer {
  const project = projectOf(platform, params);
  const stored = project && findStored(platform, kind, project, params.file);
  return { kind, project, media: stored?.media, file: stored?.file };
}

function locateSent(platform: Platform, params: Params): MediaAnswer {
  const project = projectOf(platform, params);
  const media = project && findSent(platform, project.id, params.file);
  return { kind: "messageMedia", project, media, file: media?.file };
}

function projectOf(platform: Platform, params: Params): Project | undefined {
  return params.space_id === platform.spaceId
    ? platform.projects.get(params.project_id)
    : undefined;
}
