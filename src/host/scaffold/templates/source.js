#!/usr/bin/env node
// Reads a post from each text file of a folder: the first line is its title, the rest its text.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");

const say = (message) => process.stdout.write(JSON.stringify(message) + "\n");

const HELLO = {
  protocol: 1,
  kind: "source",
  name: "@NAME@",
  version: "0.1.0",
  summary: "Reads a post from each text file of a folder.",
  options: {
    type: "object",
    required: ["folder"],
    properties: { folder: { type: "string", description: "The folder." } },
  },
  wants: { read: ["{folder}"] },
};

function filesOf(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  const files = entries.flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? filesOf(file) : file.endsWith(".txt") ? [file] : [];
  });
  return files.sort();
}

function read(file) {
  const [title, ...body] = fs.readFileSync(file, "utf8").split("\n");
  const stem = path.basename(file, ".txt");
  return {
    path: file,
    url: `https://example.org/${stem}/`,
    title: title.trim(),
    body: body.join("\n"),
    format: "text",
  };
}

let folder;

function answer({ id, do: task, options }) {
  if (task === "open") {
    folder = options.folder;
    say({ id, ok: { watch: [folder] } });
  } else if (task === "scan") {
    const files = filesOf(folder);
    for (const file of files) {
      say({ id, item: read(file) });
    }
    say({ id, ok: { items: files.length, faults: 0 } });
  } else {
    say({ id, error: { message: "unknown request" } });
  }
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const message = JSON.parse(line);
  // The first line is the offer of the host: this plugin speaks version 1.
  message.hello ? say({ hello: HELLO }) : answer(message);
});
