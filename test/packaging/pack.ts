/**
 * `npm run pack`: the packages as they would be published, into `packed/`, and how a project takes them
 * from there.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { contractIn, specOf } from "../helpers/packages/from-tarballs.js";
import { pack, published, root } from "../helpers/packages/packed.js";

const folder = join(root, "packed");
await rm(folder, { recursive: true, force: true });
const tarballs = await pack(Object.values(published), folder);
const files = join(folder, "*.tgz");
const fields = (manager: "pnpm" | "yarn" | "bun") =>
  JSON.stringify(contractIn(manager, tarballs)).slice(1, -1);
const named = (name: string) => tarballs.find((file) => file.includes(name)) ?? files;
const [contract, sdk, mock] = [named("contract"), named("-sdk-"), named("-mock-")];
process.stdout.write(`Packed into ${folder}. In your project, with the contract, which both are made of:

  npm install ${contract} ${sdk}
  npm install --save-dev ${mock} msw

Other package managers have to be told in package.json where the contract is, and then take the same:

  ${fields("pnpm")}
  pnpm add ${files}

  ${fields("yarn")}
  yarn add ${tarballs.map(specOf).join(" \\\n    ")}

  ${fields("bun")}
  bun add ${files}
`);
