import { resolve } from "node:path";
import { checkLinks } from "./site-links.js";

// The end of `npm run docs`: a link that leads nowhere fails it.

const { pages, links, dead } = checkLinks(resolve(import.meta.dirname, "../../../docs"));
for (const { page, href } of dead) console.error(`${page}: ${href} leads nowhere`);
console.log(`${pages} pages, ${links} links, ${dead.length} of them dead`);
if (dead.length > 0 || pages === 0) process.exitCode = 1;
