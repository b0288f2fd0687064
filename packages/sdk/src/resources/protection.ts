import { mediaKinds, type ProtectionSetting, type Schemas } from "@media-protection/contract";
import { isRecord, OptionError, UnexpectedAnswerError } from "../errors.js";
import { checkObject, type ProjectRequestOptions } from "../options/call-options.js";
import { checkProjectId } from "../options/option-values.js";
import { type Api, type CallInit, dataOf } from "./api.js";
import type { Exactly } from "./exactly.js";

/** The three switches of a project: whether its media of each kind needs credentials. */
export type ProtectionSettings = Readonly<Record<ProtectionSetting, boolean>>;

const kinds = Object.values(mediaKinds);
const names = kinds.map(({ setting }) => setting);

/** Which switches: all three, or those listed, of which there must be one. */
export type SwitchSelection = "all" | readonly ProtectionSetting[];

/** Refuses `{}` and `[]`, changes that change nothing. */
type NotEmpty<Given> = Given extends readonly []
  ? never
  : [keyof Given] extends [never]
    ? never
    : unknown;

/** Media URL Protection of a project. Every change takes effect at once, for every URL handed out. */
export interface ProtectionResource {
  /** Reads the three switches. */
  get(options?: ProjectRequestOptions): Promise<ProtectionSettings>;
  /**
   * Changes the switches named and leaves the others alone; answers all three.
   *
   * @throws UnexpectedAnswerError if the platform answers success without having made the change
   * @throws OptionError if none is named, a name is unknown or a value is no boolean; `undefined` is
   *   none, since a switch would then be left alone without a word
   */
  set<Given extends Partial<ProtectionSettings>>(
    settings: Given & Exactly<ProtectionSettings, Given> & NotEmpty<Given>,
    options?: ProjectRequestOptions,
  ): Promise<ProtectionSettings>;
  /**
   * Switches protection on, for `"all"` three or those listed; answers all three.
   *
   * @throws OptionError unless that is said: neither nothing nor an empty list means "all"
   */
  enable<const Given extends SwitchSelection>(
    settings: Given & NotEmpty<Given>,
    options?: ProjectRequestOptions,
  ): Promise<ProtectionSettings>;
  /** Switches protection off, likewise. */
  disable<const Given extends SwitchSelection>(
    settings: Given & NotEmpty<Given>,
    options?: ProjectRequestOptions,
  ): Promise<ProtectionSettings>;
}

/** Builds {@link ProtectionResource} over the contract's client. */
export function createProtection(api: Api, init: CallInit, ownId: string): ProtectionResource {
  const callOf = (options: ProjectRequestOptions, idempotent?: boolean) => {
    const { projectId = ownId, ...rest } = checkObject(options);
    const params = { path: { id: checkProjectId(projectId) } };
    return { ...init(rest, idempotent), params };
  };
  const set = async (
    settings: Partial<ProtectionSettings>,
    options: ProjectRequestOptions = {},
  ) => {
    const body = flagsOf(settings);
    // The same values again change nothing, so a failed attempt may be repeated.
    const call = api.PATCH("/api/projects/{id}", {
      ...callOf(options, true),
      body,
    });
    const project = await dataOf(call);
    const ignored = kinds.find(
      ({ flag }) => body[flag] !== undefined && body[flag] !== project[flag],
    );
    if (ignored) {
      throw new UnexpectedAnswerError(
        "unchanged",
        `The platform accepted the change but answers ${ignored.flag}: ${JSON.stringify(project[ignored.flag])}. Do not rely on the protection; read it again.`,
        { field: ignored.flag },
      );
    }
    return readSettings(project);
  };
  const setAll = (on: boolean, selection: SwitchSelection) => {
    const listed = selection === "all" ? names : selection;
    if (!Array.isArray(listed) || listed.length === 0) {
      throw new OptionError("settings", `"all", or a list of one or more of ${names.join(", ")}`);
    }
    return Object.fromEntries(listed.map((name) => [name, on]));
  };
  return {
    set,
    get: async (options = {}) =>
      readSettings(await dataOf(api.GET("/api/projects/{id}", callOf(options)))),
    enable: async (listed, options) => set(setAll(true, listed), options),
    disable: async (listed, options) => set(setAll(false, listed), options),
  };
}

/** The switches, which must really be there: an absent one must not pass for "off". */
function readSettings(project: Schemas["Project"]): ProtectionSettings {
  const missing = kinds.find(({ flag }) => typeof project[flag] !== "boolean");
  if (missing)
    throw new UnexpectedAnswerError(
      "field",
      `The platform's answer has no boolean ${missing.flag}.`,
      { field: missing.flag },
    );
  return {
    recordings: project[mediaKinds.recording.flag],
    messageMedia: project[mediaKinds.messageMedia.flag],
    faxMedia: project[mediaKinds.faxMedia.flag],
  };
}

function flagsOf(settings: Partial<ProtectionSettings>): Schemas["UpdateProjectRequest"] {
  const named = Object.entries(isRecord(settings) ? settings : {});
  if (named.length === 0) throw new OptionError("settings", `one or more of ${names.join(", ")}`);
  const flags: Schemas["UpdateProjectRequest"] = {};
  for (const [name, on] of named) {
    const kind = kinds.find(({ setting }) => setting === name);
    if (!kind) throw new OptionError(name, `left out: the switches are ${names.join(", ")}`);
    if (typeof on !== "boolean") throw new OptionError(name, "true or false");
    flags[kind.flag] = on;
  }
  return flags;
}
