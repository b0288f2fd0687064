/**
 * From the contract's way of writing a path to Hono's.
 */

/** A path of the contract as Hono routes it. */
export interface RoutePattern {
  /** The pattern: parameters as `:Name`, the last one without its extension. */
  readonly hono: string;
  /** The names of the parameters, in order. */
  readonly names: readonly string[];
  /** The name of the parameter in the last segment; empty where that is none. */
  readonly last: string;
  /** What follows the last parameter in its segment: `.json`, `.wav`, or nothing. */
  readonly suffix: string;
}

/**
 * Converts `/a/{Id}/b/{Sid}.json` to `/a/:Id/b/:Sid` with the suffix `.json`.
 *
 * Hono has no parameter with something behind it in the same segment: `/:Sid{[^/.]+}.json` never
 * matches. So the last segment is matched whole, and the router tells the extensions apart.
 *
 * @throws TypeError for a parameter that shares its segment with anything but an extension at the end.
 */
export function toPattern(path: string): RoutePattern {
  const names: string[] = [];
  let last = "";
  let suffix = "";
  const segments = path.split("/");
  const converted = segments.map((segment, index) => {
    if (!segment.includes("{")) return segment;
    const [, name, extension] = /^\{(\w+)\}(\.\w+)?$/.exec(segment) ?? [];
    const isLast = index === segments.length - 1;
    if (name === undefined || (extension !== undefined && !isLast)) {
      throw new TypeError(`The path ${path} cannot be routed: ${segment}`);
    }
    names.push(name);
    if (isLast) {
      last = name;
      suffix = extension ?? "";
    }
    return `:${name}`;
  });
  return { hono: converted.join("/"), names, last, suffix };
}
