// Starts the official Bluesky PDS and a PLC directory on free loopback ports, and prints their addresses as a
// line of JSON. They run until standard input closes, so that they end with the test, even if that is killed.
// FOLDER, which contains their data, is then removed: node --require ./loopback.cjs start.mjs PACKAGES FOLDER
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [packages, folder] = process.argv.slice(2);

process.stdin.resume().on("close", () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});

// The servers keep their data in the system's folder for temporary files.
process.env.TMPDIR = folder;

const entry = createRequire(`${packages}/package.json`).resolve("@atproto/dev-env");
const { TestNetworkNoAppView } = await import(pathToFileURL(entry));
const { pds, plc } = await TestNetworkNoAppView.create({ pds: { hostname: "localhost" } });
console.log(JSON.stringify({ pds: pds.url, plc: plc.url }));
