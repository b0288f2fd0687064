/**
 * What tries of media say about protection. Pure: a table of what was answered, and the verdict.
 */

/** A kind of media, as the audit names it: by its switch. */
export type AuditKind = "recordings" | "messageMedia" | "faxMedia";

/** Kinds in their order. */
export const auditKinds = ["recordings", "messageMedia", "faxMedia"] as const;

/** What was found of a project's media of one kind. */
export type Verdict =
  /** Denied without credentials, opened with them. */
  | "PROTECTED"
  /** The switch is on, and yet it is served to anybody. */
  | "EXPOSED"
  /** The switch is off: served to anybody. */
  | "PUBLIC"
  /** The credentials do not open it. */
  | "BROKEN"
  /** There is nothing to try, or no answer to judge by. */
  | "UNKNOWN"
  /** A finding that somebody has answered for, until a day. */
  | "MUTED";

/** What came of one request. */
export type Answer =
  /** The medium's bytes. */
  | { readonly type: "served"; readonly status: number }
  /** A refusal: 401, 403, 404, 410. */
  | { readonly type: "refused"; readonly status: number }
  /** Something else: an error of the platform, a text where the medium should be, no answer at all. */
  | { readonly type: "unclear"; readonly status: number | null; readonly why: string };

/** One URL, asked twice. */
export interface Try {
  /** When, in ISO 8601. */
  readonly time: string;
  /** The medium's reference, without host and query. */
  readonly path: string;
  readonly anonymous: Answer;
  readonly credentialed: Answer;
}

/** The verdict of one try. */
export function verdictOf(
  isOn: boolean,
  { anonymous, credentialed }: Try,
): Exclude<Verdict, "MUTED"> {
  if (anonymous.type === "served" && isOn) return "EXPOSED";
  if (credentialed.type === "refused") return "BROKEN";
  // A text where the medium should be does not open it either; an outage says nothing.
  if (credentialed.type === "unclear") {
    return credentialed.status !== null && credentialed.status < 400 ? "BROKEN" : "UNKNOWN";
  }
  if (anonymous.type === "served") return "PUBLIC";
  return anonymous.type === "refused" ? "PROTECTED" : "UNKNOWN";
}

/** The gravest first: what one medium shows holds for the kind. */
const gravity = ["EXPOSED", "BROKEN", "PUBLIC", "UNKNOWN", "PROTECTED"] as const;

/** The verdict of several tries; UNKNOWN for none. */
export function worst(verdicts: readonly Exclude<Verdict, "MUTED">[]): Exclude<Verdict, "MUTED"> {
  return gravity.find((one) => verdicts.includes(one)) ?? "UNKNOWN";
}

/** What was found of one kind in one project, with the evidence. */
export interface AuditRow {
  readonly projectId: string;
  readonly name: string;
  readonly kind: AuditKind;
  /** Whether the switch is on. */
  readonly isOn: boolean;
  readonly verdict: Verdict;
  /** What it would be, were it not muted. */
  readonly found: Exclude<Verdict, "MUTED">;
  /** How many media there are, and how many of them were tried. */
  readonly media: number;
  readonly sample: number;
  readonly tries: readonly Try[];
  /** Why nothing could be tried; who answers for it. */
  readonly note?: string;
}

/** How an audit ends: 0, or 2 for findings. */
export function exitOf(rows: readonly AuditRow[], requireProtected: boolean): 0 | 2 {
  const bad: readonly Verdict[] = requireProtected
    ? ["EXPOSED", "BROKEN", "PUBLIC"]
    : ["EXPOSED", "BROKEN"];
  return rows.some(({ verdict }) => bad.includes(verdict)) ? 2 : 0;
}

/** How often each verdict was reached. */
export function countVerdicts(rows: readonly AuditRow[]): Readonly<Record<Verdict, number>> {
  const counts = { PROTECTED: 0, EXPOSED: 0, PUBLIC: 0, BROKEN: 0, UNKNOWN: 0, MUTED: 0 };
  for (const { verdict } of rows) counts[verdict]++;
  return counts;
}

/** An answer in a few words. */
export function answerInWords(answer: Answer): string {
  if (answer.type === "unclear") return `${answer.status ?? "no answer"} (${answer.why})`;
  return `${answer.status} ${answer.type}`;
}
