// Tests the plugin @NAME@: starts it, sends it a post, and compares the request. Run it with node.
"use strict";

const assert = require("node:assert");
const { spawnSync } = require("node:child_process");
const path = require("node:path");
const test = require("node:test");

const PLUGIN = path.join(__dirname, "syndicate-plugin-@NAME@");

/** Returns the answers of a new process, which ends with its input. */
function ask(options, ...requests) {
  const hello = { hello: { protocol: [1, 1], host: "test" } };
  const opening = { id: 1, do: "open", name: "test", options, root: "/" };
  const input = [hello, opening, ...requests].map((message) => JSON.stringify(message) + "\n").join("");
  const done = spawnSync(PLUGIN, { input, encoding: "utf8", timeout: 60_000 });
  assert.strictEqual(done.status, 0, done.stderr);
  return done.stdout.trim().split("\n").map((line) => JSON.parse(line));
}

test("a post becomes one request", () => {
  const compose = { do: "compose", post: { text: 'A "title"' }, server_info: {} };
  const [hello, opened, limits, first, again] = ask(
    { site: "https://example.org" },
    { id: 2, do: "limits", server_info: {} },
    { id: 3, ...compose },
    { id: 4, ...compose },
  );
  assert.strictEqual(hello.hello.protocol, 1);
  assert.deepStrictEqual(opened, { id: 1, ok: {} });
  assert.strictEqual(limits.ok.text[0].limit, 500);
  assert.deepStrictEqual(first.ok.steps[0].request.json, { text: 'A "title"' });
  assert.deepStrictEqual(first.ok, again.ok);
});
