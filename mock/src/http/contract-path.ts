/**
 * Where the contract has what a request to the space asks for.
 */

import type { Switches } from "../rules/switches.js";

const root = "/2010-04-01/";

/**
 * The path of the contract that a path on the space means: under `compatAtRoot` the compatibility API
 * is at the root, too, where the clients ask that know nothing but the name of a host.
 */
export function contractPath(path: string, { compatAtRoot }: Switches): string {
  return compatAtRoot && path.startsWith(root) ? `/api/laml${path}` : path;
}
