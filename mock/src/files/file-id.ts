import { hash53 } from "./hash53.js";
import { latin1 } from "./latin1.js";

/**
 * Refuses an id that not every format can carry in its metadata.
 *
 * @throws RangeError unless the id is 1 to 200 printable ASCII characters
 */
export function checkId(id: string): void {
  if (!/^[\x20-\x7e]{1,200}$/.test(id)) {
    throw new RangeError(
      `A file id is 1 to 200 printable ASCII characters, not ${JSON.stringify(id)}`,
    );
  }
}

/** A number from 0 up to `choices` - 1 that depends on nothing but the id. */
export function pick(id: string, choices: number): number {
  return hash53(latin1(id)) % choices;
}
