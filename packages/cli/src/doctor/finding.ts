/**
 * What the doctor finds, as lines and as a mock's switches. Pure.
 */

/** One thing that was looked at. */
export interface Finding {
  /** `?`: it could not be found out. */
  readonly mark: "✓" | "✗" | "?";
  readonly what: string;
  /** What is so, or what to do. */
  readonly advice: string;
  /** What nobody had verified, and is known now: a switch of the mock and its position. */
  readonly position?: { readonly name: string; readonly value: string | number | boolean };
}

/** The positions that were found, as the mock's `--switches` takes them. */
export function positionsOf(
  findings: readonly Finding[],
): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(
    findings.flatMap(({ position }) =>
      position ? [[position.name, position.value] as const] : [],
    ),
  );
}

/** A finding that tells a position. */
export function found(name: string, value: string | number | boolean, advice: string): Finding {
  return { mark: "✓", what: `${name}: ${value}`, advice, position: { name, value } };
}

/** One that nothing told. */
export function unknown(name: string, advice: string): Finding {
  return { mark: "?", what: name, advice };
}
