import { readFileSync } from "node:fs";
import ofSdk from "../../typedoc.config.js";

const { exports } = JSON.parse(readFileSync(new URL("package.json", import.meta.url)));

/** The reference of the export, by the rules of the SDK's. */
export default {
  ...ofSdk,
  name: "@media-protection/export",
  entryPoints: Object.values(exports).map(({ default: built }) =>
    built.replace(/^\.\/dist\/(.*)\.js$/, "src/$1.ts"),
  ),
  tsconfig: "tsconfig.json",
  out: "../../docs/api-export",
  intentionallyNotExported: [],
};
