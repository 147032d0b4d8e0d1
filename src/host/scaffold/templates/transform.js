#!/usr/bin/env node
// Keeps the posts with a tag and skips all others.
"use strict";

const readline = require("node:readline");

const say = (message) => process.stdout.write(JSON.stringify(message) + "\n");

const HELLO = {
  protocol: 1,
  kind: "transform",
  name: "@NAME@",
  version: "0.1.0",
  summary: "Keeps the posts with a tag.",
  options: {
    type: "object",
    required: ["tag"],
    properties: { tag: { type: "string", description: "The tag." } },
  },
  needs: ["tags"],
};

let tag;

function change(item) {
  if ((item.tags ?? []).includes(tag)) {
    return {}; // or { patch: { title: "…" } }
  }
  return { skip: `it has no tag ${tag}` };
}

function answer({ id, do: task, options, item }) {
  if (task === "open") {
    tag = options.tag;
    say({ id, ok: {} });
  } else if (task === "transform") {
    say({ id, ok: change(item) });
  } else {
    say({ id, error: { message: "unknown request" } });
  }
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const message = JSON.parse(line);
  // The first line is the offer of the host: this plugin speaks version 1.
  message.hello ? say({ hello: HELLO }) : answer(message);
});
