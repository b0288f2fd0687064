import { readFileSync } from "node:fs";

const sdk = "packages/sdk";
const { exports } = JSON.parse(readFileSync(new URL(`${sdk}/package.json`, import.meta.url)));
// Every entry that the package exports, so that a new one cannot go without a reference.
const entryPoints = Object.values(exports).map(({ default: built }) =>
  built.replace(/^\.\/dist\/(.*)\.js$/, `${sdk}/src/$1.ts`),
);

/** The reference of the SDK: `npm run docs`. An undocumented export is an error. */
export default {
  name: "@media-protection/sdk",
  entryPoints,
  tsconfig: `${sdk}/tsconfig.json`,
  // The READMEs are pages of the site.
  readme: "none",
  // Beside the pages of the site, which .vitepress/config.ts makes.
  out: "docs/api",
  excludeExternals: true,
  excludeInternal: true,
  // A part of `AnyMediaProtectionError`, whose members are documented each; a check of types alone.
  intentionallyNotExported: ["CoreError", "NotEmpty"],
  requiredToBeDocumented: [
    "Enum",
    "EnumMember",
    "Variable",
    "Function",
    "Class",
    "Interface",
    "Property",
    "Method",
    "Accessor",
    "TypeAlias",
  ],
  validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: true },
  treatValidationWarningsAsErrors: true,
};
