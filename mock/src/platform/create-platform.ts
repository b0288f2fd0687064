/**
 * A platform made from options.
 */

import { type PlatformSettings, readOptions } from "./options.js";
import { Platform } from "./platform.js";
import { seedExample, seedRoot } from "./seed.js";

/** What a platform starts with; every field is optional. */
export interface PlatformOptions extends PlatformSettings {
  /**
   * Adds what is there at first besides the seed; called again by every `reset()`. Default: adds
   * nothing.
   */
  readonly plant?: ((platform: Platform) => void) | undefined;
}

/**
 * Makes a platform.
 *
 * @throws OptionError or SwitchError for an option that cannot be used.
 */
export function createPlatform(options: PlatformOptions = {}): Platform {
  const checked = readOptions(options);
  return new Platform(checked, (platform) => {
    seedRoot(platform, platform.credentials);
    if (checked.seed === "example") seedExample(platform);
    options.plant?.(platform);
  });
}
