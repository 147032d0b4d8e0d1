// metascraper.mjs FOLDER: reads title, description, picture and URL from every page.
import fs from 'node:fs';
import createScraper from 'metascraper';
import description from 'metascraper-description';
import image from 'metascraper-image';
import title from 'metascraper-title';
import url from 'metascraper-url';
import { report, walk } from './walk.mjs';

const scrape = createScraper([title(), description(), image(), url()]);
let characters = 0;
for (const file of walk(process.argv[2], '.html')) {
  const page = await scrape({ html: fs.readFileSync(file, 'utf8'), url: `https://example.org/${file}` });
  characters += (page.title ?? '').length;
}
report(characters);
