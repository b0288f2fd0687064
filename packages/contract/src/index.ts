import type { components } from "./api.gen.js";

export type { components, operations, paths } from "./api.gen.js";
export * from "./media-kinds.js";

/** Every schema of the contract by its name: `Schemas["Project"]`, `Schemas["Recording"]`, … */
export type Schemas = components["schemas"];
