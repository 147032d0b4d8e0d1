// cheerio.mjs FOLDER: reads the fields of a card from every page.
import fs from 'node:fs';
import * as cheerio from 'cheerio';
import { report, walk } from './walk.mjs';

let characters = 0;
for (const file of walk(process.argv[2], '.html')) {
  const page = cheerio.load(fs.readFileSync(file, 'utf8'));
  const meta = (name) => page(`meta[property="${name}"]`).attr('content') ?? '';
  characters += meta('og:title').length + meta('og:description').length + meta('og:image').length;
  characters += meta('article:published_time').length;
  characters += (page('link[rel=canonical]').attr('href') ?? '').length;
}
report(characters);
