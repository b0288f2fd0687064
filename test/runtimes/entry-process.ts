// The suite in a process of its own: Node, Bun, Deno. The argument is the runner's origin.
import process from "node:process";
import { reportTo } from "./report.js";

await reportTo(process.argv[2] ?? "");
