// Checks exchanges with GitHub's REST API against the OpenAPI description that the npm package
// `@octokit/openapi` contains. Reads a JSON array of {method, path, request, status, response} from
// standard input, with `path` as in the description, and prints a JSON array of the errors.
//
//   node github_schemas.mjs FOLDER_OF_PACKAGES < exchanges.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.argv[2], "package.json"));
const Ajv = require("ajv").default;
const formats = require("ajv-formats").default;

const file = require.resolve("@octokit/openapi/generated/api.github.com.json");
const description = JSON.parse(readFileSync(file, "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true, discriminator: false });
formats(ajv);
// Formats of OpenAPI that JSON Schema does not have.
for (const name of ["int64", "int32", "repo.nwo", "ssh-key"]) ajv.addFormat(name, true);
ajv.addSchema(description, "github");

// Returns the reference to a part of the description, after the `$ref`s on the way.
function locate(path) {
  let at = [];
  let value = description;
  for (const name of path) {
    value = value?.[name];
    at.push(name);
    while (value?.$ref) {
      at = value.$ref.slice(2).split("/");
      value = at.reduce((part, name) => part[name], description);
    }
  }
  if (value === undefined) throw new Error(`${path.join(" ")} is not described`);
  const escaped = at.map((name) => encodeURIComponent(name.replace(/~/g, "~0").replace(/\//g, "~1")));
  return { $ref: `github#/${escaped.join("/")}` };
}

const errors = [];
function check(about, path, value) {
  try {
    const validate = ajv.compile(locate(path));
    if (!validate(value)) errors.push(`${about}: ${ajv.errorsText(validate.errors)}`);
  } catch (error) {
    errors.push(`${about}: ${error.message}`);
  }
}

const exchanges = JSON.parse(readFileSync(0, "utf8"));
for (const { method, path, request, status, response } of exchanges) {
  const operation = ["paths", path, method.toLowerCase()];
  const json = ["content", "application/json", "schema"];
  const about = `${method} ${path} ${status}`;
  if (request !== null) check(`${about} request`, [...operation, "requestBody", ...json], request);
  // A server error is not described.
  if (status < 500) check(`${about} response`, [...operation, "responses", String(status), ...json], response);
}
console.log(JSON.stringify({ exchanges: exchanges.length, errors }));
