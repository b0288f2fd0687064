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

/**
 * How often names are listed where none may be missed. A shard that is closed meanwhile has one name for
 * another, and a list that is read in parts may have passed the one before it was there, and come to the other
 * when it was gone. A shard is closed once in a run, so one of two lists has it.
 */
export const listings = 2;
