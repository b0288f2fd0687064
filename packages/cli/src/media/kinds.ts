/** Kinds of media as commands name them. */
export const listed = ["recordings", "messages", "faxes"] as const;

/** The switches' names of the same, which are taken, too. */
export const switchNames: Readonly<Record<string, Listed>> = {
  messageMedia: "messages",
  faxMedia: "faxes",
};

/** A kind as commands name it. */
export type Listed = (typeof listed)[number];
