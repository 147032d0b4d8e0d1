// Tests the plugin @NAME@: starts it, sends it posts, and compares the answers. Run it with node.
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

test("posts with the tag stay", () => {
  const [hello, opened, kept, skipped] = ask(
    { tag: "rust" },
    { id: 2, do: "transform", item: { id: "a", tags: ["rust", "web"] } },
    { id: 3, do: "transform", item: { id: "b" } },
  );
  assert.strictEqual(hello.hello.protocol, 1);
  assert.deepStrictEqual(opened, { id: 1, ok: {} });
  assert.deepStrictEqual(kept, { id: 2, ok: {} });
  assert.deepStrictEqual(skipped, { id: 3, ok: { skip: "it has no tag rust" } });
});
