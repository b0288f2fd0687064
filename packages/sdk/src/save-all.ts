export interface SaveAllReport {
  readonly saved: number;
  readonly kept: number;
  readonly failed: readonly { readonly error: unknown }[];
}
