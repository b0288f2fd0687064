import { clientFromEnv, saveMedia } from "@media-protection/sdk/node";

// Saves one medium and tells its parent what that took. argv: folder, media URL.

const [, , folder = "", url = ""] = process.argv;
const start = performance.now();
const { size, sha256 } = await saveMedia(clientFromEnv(), url, folder);
const milliseconds = performance.now() - start;
const peakMemory = process.resourceUsage().maxRSS * 1024;
process.send?.({ size, sha256, milliseconds, peakMemory }, () => process.disconnect());
