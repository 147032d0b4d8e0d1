// Tests the plugin @NAME@: starts it, asks it for its posts, and compares the answers. Run it with node.
"use strict";

const assert = require("node:assert");
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const test = require("node:test");

const PLUGIN = path.join(__dirname, "syndicate-plugin-@NAME@");

/** Returns the answers of a new process, which ends with its input. */
function ask(root, options, ...requests) {
  const hello = { hello: { protocol: [1, 1], host: "test" } };
  const opening = { id: 1, do: "open", name: "test", options, root };
  const input = [hello, opening, ...requests].map((message) => JSON.stringify(message) + "\n").join("");
  const done = spawnSync(PLUGIN, { input, cwd: root, encoding: "utf8", timeout: 60_000 });
  assert.strictEqual(done.status, 0, done.stderr);
  return done.stdout.trim().split("\n").map((line) => JSON.parse(line));
}

test("posts are read", () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "test-"));
  fs.mkdirSync(path.join(root, "notes"));
  fs.writeFileSync(path.join(root, "notes", "first.txt"), "A title\nA text.\n");
  const [hello, opened, item, end] = ask(root, { folder: "notes" }, { id: 2, do: "scan" });
  fs.rmSync(root, { recursive: true });
  assert.strictEqual(hello.hello.protocol, 1);
  assert.deepStrictEqual(opened, { id: 1, ok: { watch: ["notes"] } });
  assert.strictEqual(item.item.path, "notes/first.txt");
  assert.strictEqual(item.item.title, "A title");
  assert.deepStrictEqual(end, { id: 2, ok: { items: 1, faults: 0 } });
});
