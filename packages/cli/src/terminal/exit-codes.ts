/** How a command ends, so that scripts can tell. */
export const exitCodes = {
  /** All is as it should be. */
  fine: 0,
  /** Something went wrong. */
  error: 1,
  /** Something is to be done, or was found. */
  findings: 2,
  /** The switches are not as desired. */
  drifted: 3,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
