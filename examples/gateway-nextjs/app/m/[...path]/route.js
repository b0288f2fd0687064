import { gateway } from "../../../lib/gateway.js";

export const dynamic = "force-dynamic";

/** `/m/…`: the bytes. Next answers HEAD by it, too. */
export const GET = (request) => gateway().fetch(request);

/** A script of another origin asks first. */
export const OPTIONS = GET;
