import { OptionError } from "../errors.js";
import { isUuid } from "../trust/uuid.js";

// Single values that options of clients and of calls hold, checked.

/** @throws OptionError unless the value is a UUID */
export function checkProjectId(projectId: unknown): string {
  if (isUuid(projectId)) return projectId;
  throw new OptionError("projectId", "a UUID");
}

/** @throws OptionError unless the value is a positive number of milliseconds */
export function checkTimeout(timeout: unknown, option = "timeout"): number {
  if (typeof timeout === "number" && timeout > 0) return timeout;
  throw new OptionError(option, "milliseconds above 0, or Infinity");
}
