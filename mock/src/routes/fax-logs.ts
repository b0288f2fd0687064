import type { Schemas } from "@media-protection/contract";
import { isoTime, passesDates } from "../http/dates.js";
import { restErrors } from "../http/errors.js";
import { links } from "../http/links.js";
import { paginate } from "../http/paging.js";
import { date, flag } from "../http/readers.js";
import type { Router } from "../http/router.js";
import type { Fax } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { faxPath } from "../platform/urls.js";
import { faxPrice } from "./faxes.js";
import { restPageReaders, restPageRequest } from "./page-parameters.js";

const scope = { scope: "fax" } as const;

const listQuery = {
  include_deleted: flag,
  created_before: date,
  created_on: date,
  created_after: date,
  ...restPageReaders,
};

/** Faxes as the REST API logs them; deleted ones stay in the logs. */
export function faxLogRoutes(router: Router): void {
  const options = { ...scope, query: listQuery, refusedQuery: 422 } as const;
  router.metadata("get", "/api/fax/logs", options, (exchange) => {
    const { platform, project, query } = exchange;
    const page = paginate(platform.faxes.of(project.id), restPageRequest(query), {
      filter: (fax) =>
        (!fax.deleted || query.include_deleted === true) &&
        passesDates(fax.createdAt, {
          before: query.created_before,
          on: query.created_on,
          after: query.created_after,
        }),
    });
    const { page_size, page_number, page_token, ...filters } = query;
    return exchange.json(200, {
      links: links(exchange, page, filters),
      data: page.items.map((fax) => describe(platform, fax)),
    });
  });

  router.metadata("get", "/api/fax/logs/{id}", scope, (exchange) => {
    const { platform, project, params } = exchange;
    const fax = platform.faxes.get(params.id);
    if (fax?.projectId !== project.id) return exchange.json(404, restErrors[404]);
    return exchange.json(200, describe(platform, fax));
  });
}

/** The words of the logs for the states of a fax. */
const logStatus = {
  queued: "queued",
  processing: "initiated",
  sending: "in-progress",
  delivered: "completed",
  receiving: "in-progress",
  received: "completed",
  "no-answer": "no-answer",
  busy: "busy",
  failed: "failed",
  canceled: "canceled",
} as const satisfies Record<Fax["status"], Schemas["FaxLog"]["status"]>;

function describe(platform: Platform, fax: Fax): Schemas["FaxLog"] {
  const failed = fax.status === "failed";
  const charge = faxPrice(fax);
  return {
    id: fax.id,
    from: fax.from,
    to: fax.to,
    status: logStatus[fax.status],
    direction: fax.direction === "inbound" ? "inbound" : "outbound-api",
    source: "laml",
    type: "laml_call",
    url: platform.origins.space + faxPath(fax),
    remote_station: null,
    charge,
    number_of_pages: fax.pages,
    quality: fax.quality,
    charge_details: [{ description: "Pages", charge }],
    created_at: isoTime(fax.createdAt),
    error_code: failed ? "34502" : null,
    error_message: failed ? "The fax could not be sent" : null,
  };
}
