// open-graph-scraper.mjs FOLDER: reads the Open Graph fields of every page.
import fs from 'node:fs';
import scrape from 'open-graph-scraper';
import { report, walk } from './walk.mjs';

let characters = 0;
for (const file of walk(process.argv[2], '.html')) {
  const page = await scrape({ html: fs.readFileSync(file, 'utf8') });
  characters += (page.result.ogTitle ?? '').length;
}
report(characters);
