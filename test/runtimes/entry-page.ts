// The suite in a page, which the runner itself serves.
import { reportTo } from "./report.js";

await reportTo(location.origin);
