import { gateway } from "../../../lib/gateway.js";

export const dynamic = "force-dynamic";

/** `/s/…`: the page of a share link, its script and its style. */
export const GET = (request) => gateway().fetch(request);

/** The page is opened. */
export const POST = GET;
