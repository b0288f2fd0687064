/** A UUID as a pattern, in either case, RFC 9562 §4. */
export const uuidPattern = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

const whole = new RegExp(`^${uuidPattern}$`);

/** Whether the value is a UUID, which is what every id of the platform is. */
export function isUuid(value: unknown): value is string {
  return typeof value === "string" && whole.test(value);
}
