// The suite in a worker, run by `workerd test`. The binding is the runner's origin.
import { reportTo } from "./report.js";

export default {
  test: (_controller: unknown, env: { readonly RUNNER: string }) => reportTo(env.RUNNER),
};
