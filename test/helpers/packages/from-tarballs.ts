/**
 * The fields of a package.json by which a manager takes the contract from a tarball, too, where the
 * other packages depend on it: npm finds it among those that it installs.
 */
export function contractIn(
  manager: "npm" | "pnpm" | "yarn" | "bun",
  tarballs: readonly string[],
): object {
  const contract = tarballs.find((path) => path.includes("contract"));
  if (contract === undefined) throw new TypeError("There is no tarball of the contract.");
  const places = { "@media-protection/contract": `file:${contract}` };
  return {
    npm: {},
    pnpm: { pnpm: { overrides: places } },
    yarn: { resolutions: places },
    bun: { overrides: places },
  }[manager];
}

/** How each manager is told of a tarball on the command line: yarn wants the name, too. */
export function specOf(tarball: string): string {
  const [, name] = /media-protection-(\w+)-[^/\\]*\.tgz$/.exec(tarball) ?? [];
  return `@media-protection/${name}@file:${tarball}`;
}
