import { onOff } from "../estate/switches.js";
import type { Output } from "../terminal/output.js";

/** A switch that is turned, as a line of its project. */
export function switchLine(
  output: Output,
  setting: string,
  before: boolean,
  after: boolean,
): string {
  const turned = output.paint(after ? "green" : "yellow", onOff(after));
  return `  ${setting.padEnd(13)} ${onOff(before)} → ${turned}`;
}
