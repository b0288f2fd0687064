import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { type Contract, createContractCheck } from "./contract-check.js";

// This module runs from test/helpers/contract under vitest, and from test/dist/helpers/contract when built.
const root = import.meta.url.includes("/dist/") ? "../../../../" : "../../../";
const source = readFileSync(new URL(`${root}openapi.yaml`, import.meta.url), "utf8");

/** openapi.yaml, parsed. Its shape is checked by Redocly; here it is only read. */
export const contract = parse(source) as Contract;

export const { checked, knows, violations, validatingFetch } = createContractCheck(contract);
