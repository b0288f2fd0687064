/** This package's version, as its package.json says; a test keeps them equal. */
export const version = "0.1.0";
