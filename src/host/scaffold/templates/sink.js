#!/usr/bin/env node
// Publishes posts on a server that takes them as JSON. Adapt `compose` to the API of yours.
"use strict";

const readline = require("node:readline");

const say = (message) => process.stdout.write(JSON.stringify(message) + "\n");

const HELLO = {
  protocol: 1,
  kind: "sink",
  name: "@NAME@",
  version: "0.1.0",
  summary: "Publishes posts on a server.",
  endpoint: "{site}/api",
  options: {
    type: "object",
    required: ["site"],
    properties: { site: { type: "string", description: "The address of the server." } },
  },
  // The host adds the token to requests to the server. The plugin never gets it.
  wants: { secrets: { token: ["{site}"] } },
  auth: [{ kind: "bearer", secret: "token" }],
  template: "{{title}}\n\n{{link}}",
};

/** Returns the requests for a post: always the same for the same post. */
function compose(post) {
  const request = { method: "POST", path: ["posts"], json: { text: post.text } };
  const answers = [
    { status: 201, is: "sent", receipt: { id: "/id", url: "/url" } },
    { status: 401, at: "/error", is: "unauthorized", say: "/error" },
    { status: 422, at: "/error", is: "rejected", say: "/error" },
  ];
  return { steps: [{ name: "post", role: "create", request, answers }] };
}

function answer({ id, do: task, post }) {
  if (task === "open") {
    say({ id, ok: {} });
  } else if (task === "limits") {
    say({ id, ok: { text: [{ count: "code_points", limit: 500 }] } });
  } else if (task === "compose") {
    say({ id, ok: compose(post) });
  } else if (task) {
    say({ id, error: { message: "unknown request" } });
  }
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const message = JSON.parse(line);
  // The first line is the offer of the host: this plugin speaks version 1.
  message.hello ? say({ hello: HELLO }) : answer(message);
});
