// Prints the picture of a page as open-graph-scraper and metascraper read it: scrapers.mjs FOLDER PAGE. FOLDER has
// their packages.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, page] = process.argv.slice(2);
const require = createRequire(join(folder, "index.js"));
const html = readFileSync(page, "utf8");
const { result } = await require("open-graph-scraper")({ html });
const metascraper = require("metascraper")([require("metascraper-image")()]);
const { image } = await metascraper({ html, url: "https://blog.example.org/posts/hello/" });
const [picture] = result.ogImage ?? [];
console.log(JSON.stringify({
  openGraphScraper: picture?.url, width: picture?.width, alt: picture?.alt, metascraper: image,
}));
