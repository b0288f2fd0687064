import type { Schemas } from "@media-protection/contract";
import { isoTime, passesDates } from "../http/dates.js";
import { compatError } from "../http/errors.js";
import { compatPage } from "../http/links.js";
import { paginate } from "../http/paging.js";
import { date, text } from "../http/readers.js";
import type { Router } from "../http/router.js";
import type { Fax, FaxMedia, Project } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { removeFaxMedia } from "../platform/removal.js";
import { faxMediaPath, faxMediaUrls, faxPath } from "../platform/urls.js";
import { compatPageReaders, compatPageRequest } from "./page-parameters.js";

const scope = { scope: "fax" } as const;
const base = "/api/laml/2010-04-01/Accounts/{AccountSid}/Faxes";
const mediaBase = `${base}/{FaxSid}/Media` as const;

const listQuery = {
  DateCreatedAfter: date,
  DateCreatedOnOrBefore: date,
  From: text,
  To: text,
  ...compatPageReaders,
};

/** While a fax is in one of these states, it and its document cannot be deleted. */
const inProgress: ReadonlySet<Fax["status"]> = new Set([
  "queued",
  "processing",
  "sending",
  "receiving",
]);

/** Faxes and their documents in the compatibility API. */
export function faxRoutes(router: Router): void {
  for (const path of [base, `${base}.json`] as const) {
    router.metadata("get", path, { ...scope, query: listQuery }, (exchange) => {
      const { platform, project, query } = exchange;
      const page = paginate(platform.faxes.of(project.id), compatPageRequest(query), {
        filter: (fax) =>
          !fax.deleted &&
          passesDates(fax.createdAt, {
            after: query.DateCreatedAfter,
            until: query.DateCreatedOnOrBefore,
          }) &&
          (query.From === undefined || fax.from === query.From) &&
          (query.To === undefined || fax.to === query.To),
      });
      const { PageSize, Page, PageToken, ...filters } = query;
      return exchange.json(200, {
        ...compatPage(exchange, page, filters),
        faxes: page.items.map((fax) => describeFax(platform, fax)),
      });
    });
  }

  for (const path of [`${base}/{Sid}`, `${base}/{Sid}.json`] as const) {
    router.metadata("get", path, scope, (exchange) => {
      const fax = findFax(exchange.platform, exchange.project, exchange.params.Sid);
      if (fax === undefined) return exchange.json(404, compatError(404));
      return exchange.json(200, describeFax(exchange.platform, fax));
    });

    router.metadata("delete", path, scope, (exchange) => {
      const { platform } = exchange;
      const fax = findFax(platform, exchange.project, exchange.params.Sid);
      if (fax === undefined) return exchange.json(404, compatError(404));
      if (inProgress.has(fax.status)) return exchange.json(409, compatError(409));
      removeFaxMedia(platform, fax.id);
      platform.faxes.willChange(fax);
      fax.deleted = true;
      return exchange.empty(204);
    });
  }

  for (const path of [mediaBase, `${mediaBase}.json`] as const) {
    router.metadata("get", path, { ...scope, query: compatPageReaders }, (exchange) => {
      const { platform, project, params, query } = exchange;
      const fax = findFax(platform, project, params.FaxSid);
      if (fax === undefined) return exchange.json(404, compatError(404));
      const page = paginate(platform.faxMedia.of(fax.id), compatPageRequest(query));
      const media = page.items.map(describeMedia);
      // The platform documents the same list under two names.
      return exchange.json(200, { ...compatPage(exchange, page, {}), media, fax_media: media });
    });
  }

  router.metadata("get", `${mediaBase}/{Sid}.json`, scope, (exchange) => {
    const media = findMedia(exchange.platform, exchange.project, exchange.params);
    if (media === undefined) return exchange.json(404, compatError(404));
    return exchange.json(200, describeMedia(media));
  });

  for (const path of [`${mediaBase}/{Sid}`, `${mediaBase}/{Sid}.json`] as const) {
    router.metadata("delete", path, scope, (exchange) => {
      const { platform } = exchange;
      const media = findMedia(platform, exchange.project, exchange.params);
      if (media === undefined) return exchange.json(404, compatError(404));
      const status = platform.faxes.get(media.faxId)?.status;
      if (status !== undefined && inProgress.has(status)) {
        return exchange.json(409, compatError(409));
      }
      platform.faxMedia.delete(media.id);
      return exchange.empty(204);
    });
  }

  router.bytes(`${mediaBase}/{Sid}`, (exchange) => {
    const { platform, params } = exchange;
    const project = platform.projects.get(params.AccountSid);
    const media = project && findMedia(platform, project, params);
    return exchange.media({ kind: "faxMedia", project, media, file: media?.file });
  });
}

function findFax(platform: Platform, project: Project, id: string): Fax | undefined {
  const fax = platform.faxes.get(id);
  return fax?.projectId === project.id && !fax.deleted ? fax : undefined;
}

function findMedia(
  platform: Platform,
  project: Project,
  params: { readonly FaxSid: string; readonly Sid: string },
): FaxMedia | undefined {
  const media = platform.faxMedia.get(params.Sid);
  const belongs = media?.projectId === project.id && media.faxId === params.FaxSid;
  // A fax that was deleted has no documents, whatever was added to it since.
  if (findFax(platform, project, params.FaxSid) === undefined) return undefined;
  return belongs ? media : undefined;
}

/** What a fax costs, in US dollars: an invented price for each page. */
export function faxPrice(fax: Fax): number {
  return (fax.pages ?? 1) * 0.01;
}

/** A fax as the compatibility API shows it. */
function describeFax(platform: Platform, fax: Fax): Schemas["Fax"] {
  const path = faxPath(fax);
  const media = platform.faxMedia.of(fax.id)[0]?.entity;
  const failed = fax.status === "failed";
  return {
    sid: fax.id,
    account_sid: fax.projectId,
    api_version: "2010-04-01",
    date_created: isoTime(fax.createdAt),
    date_updated: isoTime(fax.updatedAt),
    direction: fax.direction,
    from: fax.from,
    to: fax.to,
    media_url: media === undefined ? null : faxMediaUrls(platform, media).files,
    // The contract has no null here: a fax whose document was deleted has an empty one.
    media_sid: media?.id ?? "",
    num_pages: fax.pages === null ? null : String(fax.pages),
    price: faxPrice(fax).toFixed(2),
    price_unit: "USD",
    quality: fax.quality,
    status: fax.status,
    duration: fax.durationSeconds,
    links: { media: `${path}/Media` },
    url: path,
    error_code: failed ? "34502" : null,
    error_message: failed ? "The fax could not be sent" : null,
  };
}

/** A fax document as the compatibility API shows it. */
function describeMedia(media: FaxMedia): Schemas["FaxMedia"] {
  const path = faxMediaPath(media);
  return {
    sid: media.id,
    account_sid: media.projectId,
    fax_sid: media.faxId,
    content_type: media.file.contentType,
    date_created: isoTime(media.createdAt),
    date_updated: isoTime(media.updatedAt),
    uri: `${path}.json`,
    url: `${path}.json`,
  };
}
