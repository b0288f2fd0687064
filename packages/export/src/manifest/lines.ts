import type { MediaKind } from "@media-protection/sdk";
import type { ExportMedium } from "../plan/export-medium.js";

/** A medium that is in the target. */
export interface SavedLine extends ExportMedium {
  /** Tells the lines apart. */
  readonly type: "saved";
  /** Its key in the target; a path below the folder. */
  readonly key: string;
  /** Bytes that arrived. */
  readonly size: number;
  /** The SHA-256 of the bytes that arrived, lower-case hex. */
  readonly sha256: string;
  /** When it was in place, ISO 8601. */
  readonly savedAt: string;
  /**
   * The copy was in place, but its note was lost in a crash, and the platform does not have the medium any
   * more: the SHA-256 is of what lies there.
   */
  readonly recovered?: true;
}

/** Why a medium is not in the target. */
export type LostReason =
  | "gone"
  | "missing"
  | "forbidden"
  | "integrity"
  | "name-taken"
  | "untrusted"
  | "platform";

/** A medium that is not in the target, and why. */
export interface LostLine extends ExportMedium {
  /** Tells the lines apart: `gone`, the platform does not have it any more; `failed`, it could not be got. */
  readonly type: "gone" | "failed";
  /**
   * `gone`: deleted after it was listed; `missing`: listed, but 404; `forbidden`: 403; `integrity`: what
   * came is not the medium; `name-taken`: something else has its key; `untrusted`: its URL may not have
   * credentials; `platform`: any other failure.
   */
  readonly reason: LostReason;
  /** The error in words. */
  readonly message: string;
}

/** What a manifest says of one medium. */
export type ManifestLine = SavedLine | LostLine;

/** A shard: at most so many media of one kind, project and UTC day. */
export interface ShardName {
  /** `KIND/PROJECT/DAY/HASH`: where its documents are. */
  readonly name: string;
  /** The kind of all its media. */
  readonly kind: MediaKind;
  /** The project of all its media. */
  readonly projectId: string;
  /** The UTC day that its media were created on, `2026-01-05`. */
  readonly day: string;
}

/** A shard that is to be done. */
export interface ShardPlan extends ShardName {
  /** Its media. */
  readonly media: readonly ExportMedium[];
}

/** A shard that was done. */
export interface Manifest extends ShardName {
  /** One line for each medium of its plan. */
  readonly lines: readonly ManifestLine[];
}
