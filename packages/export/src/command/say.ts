/** 0: all is as it should be; 2: it ended, and something is missing or wrong; 1 is for errors. */
export type ExitCode = 0 | 2;

/** A result, on the standard output. */
export const say = (text: string) => void process.stdout.write(`${text}\n`);
