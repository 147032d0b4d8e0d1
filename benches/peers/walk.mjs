// Yields the files with this ending below a folder.
import fs from 'node:fs';
import path from 'node:path';

export function* walk(folder, ending) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(file, ending);
    else if (file.endsWith(ending)) yield file;
  }
}

export function report(read) {
  console.log(read);
}
