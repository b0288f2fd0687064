/** A state file that cannot be used: torn, of another program or project, in use, or not to be written. */
export class StateError extends Error {
  override readonly name = "StateError";
  readonly file: string;

  constructor(
    file: string,
    problem: string,
    options?: ErrorOptions & {
      /** What to do. Default: to move the file away. */
      readonly advice?: string;
    },
  ) {
    const { advice = "Move it away to begin anew.", ...rest } = options ?? {};
    super(`The state in ${file} cannot be used: ${problem}. ${advice}`, rest);
    this.file = file;
  }
}
