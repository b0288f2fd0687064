import { gateway } from "./gateway.js";
import { firstAnswer, largeMedium, manyRequests, reads } from "./mock.js";
import { row } from "./report.js";
import { saving } from "./saving.js";
import { segments } from "./segments.js";

// `npm run bench`: speed and memory, each figure beside its peer's, measured in the same run.
// `npm run bench -- saving` measures one part, `npm run bench -- saving "1 GiB" --json FILE` one work.

const wanted = process.argv.slice(2);
const parts = {
  reads,
  firstAnswer,
  manyRequests,
  largeMedium,
  saving: (to: typeof row) => saving(to, wanted),
  segments,
  gateway,
};
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await part(row);
}
