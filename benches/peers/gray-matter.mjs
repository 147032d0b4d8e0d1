// gray-matter.mjs FOLDER [marked]: reads the front matter of every post, and with `marked` renders it as well.
import fs from 'node:fs';
import matter from 'gray-matter';
import { marked } from 'marked';
import { report, walk } from './walk.mjs';

const [folder, renders] = process.argv.slice(2);
let characters = 0;
for (const file of walk(folder, '.md')) {
  const post = matter(fs.readFileSync(file, 'utf8'));
  characters += String(post.data.title).length;
  if (renders) characters += marked.parse(post.content).length;
}
report(characters);
