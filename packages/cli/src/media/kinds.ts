/** Kinds of media as commands name them. */
export const listed = ["recordings", "messages", "faxes"] as const;

/** A kind as commands name it. */
export type Listed = (typeof listed)[number];
