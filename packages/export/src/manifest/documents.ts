/**
 * The small texts beside the media: plans, manifests, the job. Names have `/` between folders; they are
 * within `_export` of the target.
 */
export interface Documents {
  /** The text; `undefined` where there is none of that name. */
  read(name: string): Promise<string | undefined>;
  /** Puts a text in place, whole and flushed, in one step; what is there is replaced. */
  write(name: string, text: string): Promise<void>;
  /** Removes it, if it is there. */
  remove(name: string): Promise<void>;
  /** The names that begin with the prefix, which ends in `/` or is empty; in no order. */
  list(prefix: string): AsyncIterable<string>;
  /**
   * Adds a line to a text, if the target can: not flushed, so that it survives the process but perhaps
   * no loss of power.
   */
  readonly append?: ((name: string, line: string) => Promise<void>) | undefined;
}
