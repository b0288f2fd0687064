/**
 * The switches of a project, as commands speak of them.
 */

import type { ProtectionSetting } from "@media-protection/sdk";

/** The three switches, in the platform's order. */
export const settings = [
  "recordings",
  "messageMedia",
  "faxMedia",
] as const satisfies readonly ProtectionSetting[];

/** The switches of one project. */
export type Switches = Readonly<Record<ProtectionSetting, boolean>>;

/** Some of them. */
export type SwitchChange = { readonly [Name in ProtectionSetting]?: boolean };

/** A project and what is so there. */
export interface ProjectState {
  readonly id: string;
  readonly name: string;
  readonly switches: Switches;
}

/** Whether a text names a switch. */
export function isSetting(text: string): text is ProtectionSetting {
  return settings.some((name) => name === text);
}

/** A switch in words. */
export function onOff(on: boolean): "on" | "off" {
  return on ? "on" : "off";
}

/** What of a change is not so yet, with what it was: nothing where all is. */
export function changesOf(
  now: Switches,
  wanted: SwitchChange,
): readonly {
  readonly setting: ProtectionSetting;
  readonly before: boolean;
  readonly after: boolean;
}[] {
  return settings.flatMap((setting) => {
    const after = wanted[setting];
    const before = now[setting];
    return after === undefined || after === before ? [] : [{ setting, before, after }];
  });
}

/** Switches in words: `recordings on, faxMedia off`. */
export function switchesInWords(change: SwitchChange): string {
  return settings
    .flatMap((setting) => {
      const on = change[setting];
      return on === undefined ? [] : [`${setting} ${onOff(on)}`];
    })
    .join(", ");
}
