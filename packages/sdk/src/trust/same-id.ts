/** An id in the one way it is compared and kept by: UUIDs are the same in either case, RFC 9562 §4. */
export function idKey(id: string): string {
  return id.toLowerCase();
}

/** Whether two texts are the same id. */
export function isSameId(one: string, other: string): boolean {
  return idKey(one) === idKey(other);
}
