import { largeRecording, manySmall, segments } from "./downloads.js";
import { firstAnswer, largeMedium, manyRequests, reads } from "./mock.js";
import { row } from "./report.js";

// `npm run bench`: speed and memory, each figure beside its peer's, measured in the same run.
// `npm run bench -- manySmall` measures one part.

const parts = {
  reads,
  firstAnswer,
  manyRequests,
  largeMedium,
  largeRecording,
  manySmall,
  segments,
};
const wanted = process.argv.slice(2);
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await part(row);
}
