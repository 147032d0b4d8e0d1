#!/usr/bin/env node
// Announces posts in a Matrix room. It needs Node and no packages. docs/plugin-protocol.md explains each message.
//
//   sinks:
//     room:
//       type: exec
//       command: ./matrix.mjs
//       homeserver: https://matrix.example.org
//       room: "!abcdef:matrix.example.org"
//       token: ${MATRIX_TOKEN}
import { createInterface } from "node:readline";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const say = (message) => process.stdout.write(JSON.stringify(message) + "\n");
const hear = async () => {
  const { value, done } = await lines.next();
  if (done) process.exit(0);
  return JSON.parse(value);
};

const escape = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

let room = "";

// Responses of homeservers: https://spec.matrix.org/latest/client-server-api/#standard-error-response
const refusals = [
  { at: "/errcode", equals: "M_UNKNOWN_TOKEN", is: "unauthorized", say: "/error" },
  { at: "/errcode", equals: "M_MISSING_TOKEN", is: "unauthorized", say: "/error" },
  { at: "/errcode", equals: "M_LIMIT_EXCEEDED", is: "throttled", until: { at: "/retry_after_ms", as: "milliseconds" } },
  { status: [400, 403, 404, 413], at: "/errcode", is: "rejected", say: "/error" },
];

// The steps of a post. A homeserver creates one event for each transaction, so that the request may be repeated.
function compose(post) {
  const html = post.spans.map((span) =>
    "link" in span ? `<a href="${escape(span.link)}">${escape(span.link)}</a>`
    : "hashtag" in span ? `#${escape(span.hashtag)}`
    : "mention" in span ? `<a href="https://matrix.to/#/${escape(span.mention.target)}">${escape(span.mention.name)}</a>`
    : escape(span.text)).join("").replaceAll("\n", "<br>");
  const content = { msgtype: "m.text", body: post.text, format: "org.matrix.custom.html", formatted_body: html };
  const event = (type) => ["rooms", room, "send", type];
  const put = (path, json) => ({ method: "PUT", path, json });
  const edited = {
    ...content,
    body: `* ${post.text}`,
    "m.new_content": content,
    "m.relates_to": { rel_type: "m.replace", event_id: { $slot: "receipt:/id" } },
  };
  return {
    dialect: "m.room.message",
    steps: [{
      name: "message", role: "create",
      request: put([...event("m.room.message"), { $slot: "key" }], content),
      repeat: { keyed: { until: 1500 } },
      answers: [{
        status: 200, at: "/event_id", is: "sent",
        receipt: { id: "/event_id", url: [`https://matrix.to/#/${room}/`, { $answer: "/event_id" }] },
      }, ...refusals],
    }],
    revision: {
      steps: [{ name: "edit", role: "follow_up", request: put([...event("m.room.message"), { $slot: "key" }], edited) }],
      editable: post.text, changes: "the message", keeps: "its place in the room",
    },
  };
}

// Asks the host for requests and returns its responses.
async function call(id, ...requests) {
  say({ id, call: requests });
  const message = await hear();
  if ("cancel" in message) throw { message: "cancelled" };
  return message.answers;
}

// Asks for one request that has to succeed.
async function json(id, request) {
  const [answer] = await call(id, request);
  if (answer.status === 200) return answer.json;
  const { errcode, error } = answer.json ?? {};
  const is = errcode?.endsWith("_TOKEN") ? "unauthorized" : errcode === "M_LIMIT_EXCEEDED" ? "throttled"
    : errcode ? "rejected" : "unavailable";
  throw { is, message: `the homeserver answered with status ${answer.status}: ${error ?? "no reason"}` };
}

const tasks = {
  open: (id, { options }) => {
    room = options.room;
    if (!room.startsWith("!")) throw { message: `\`${room}\` is not the ID of a room`, at: ["room"], hint: "copy it from the settings of the room" };
    return {};
  },
  // The limit of an event is 65,536 bytes, and the text is in it twice.
  limits: () => ({ text: [{ count: "utf8", limit: 20000 }] }),
  compose: (id, { post }) => compose(post),
  account: async (id) => {
    const { user_id } = await json(id, { method: "GET", path: ["account", "whoami"] });
    return { id: user_id };
  },
  // The homeserver knows the event of a transaction: sending it again returns its ID. Here, the room is read.
  find: async (id, { sought }) => {
    const wanted = sought.step?.request.json.body;
    const query = [["dir", "b"], ["limit", "100"]];
    const page = await json(id, { method: "GET", path: ["rooms", room, "messages"], query });
    const own = page.chunk.filter((event) => event.unsigned?.transaction_id === sought.slots.key);
    if (own.length === 1 && own[0].content.body === wanted) return { here: { ...receipt(own[0]), by: "key" } };
    return { unclear: "the last 100 messages of the room do not show the transaction" };
  },
  list: async (id, { from }) => {
    const query = [["dir", "b"], ["limit", "100"], ...(from ? [["from", from]] : [])];
    const page = await json(id, { method: "GET", path: ["rooms", room, "messages"], query });
    const { id: me } = await tasks.account(id);
    const own = page.chunk.filter(({ sender, content }) => sender === me && content.body && !content["m.new_content"]);
    const posts = own.map((event) => ({
      ...receipt(event),
      links: event.content.body.match(/https?:\/\/\S+/g) ?? [],
      title: event.content.body.split("\n")[0],
    }));
    return { posts, next: page.chunk.length ? page.end : undefined };
  },
  locate: async (id, { address }) => {
    const event = address.split("/").at(-1).split("?")[0];
    return receipt(await json(id, { method: "GET", path: ["rooms", room, "event", decodeURIComponent(event)] }));
  },
  update: async (id, { receipt, steps }) => {
    await json(id, steps[0].request);
    return receipt;
  },
  retract: async (id, { receipt }) => {
    // The same transaction each time, so that a repeat changes nothing.
    const path = ["rooms", room, "redact", receipt.id, `retract-${receipt.id}`];
    await json(id, { method: "PUT", path, json: {} });
    return {};
  },
};

const receipt = (event) => ({
  id: event.event_id,
  url: `https://matrix.to/#/${room}/${event.event_id}`,
  at: new Date(event.origin_server_ts).toISOString(),
});

await hear();
say({ hello: {
  protocol: 1, kind: "sink", name: "matrix", version: "1.0.0", platform: "Matrix",
  summary: "Announces posts in a Matrix room.",
  options: {
    type: "object", required: ["homeserver", "room"],
    properties: {
      homeserver: { type: "string", description: "The URL of the homeserver." },
      room: { type: "string", description: "The ID of the room, which begins with `!`." },
    },
  },
  endpoint: "{homeserver}/_matrix/client/v3",
  wants: { secrets: { token: ["{homeserver}"] } },
  auth: [{ kind: "bearer", secret: "token" }],
  capabilities: { account: true, finds: true, lists: true, locates: true, edits: true, retracts: true },
  template: "{{title}}\n\n{{#if description}}\n{{fit description}}\n{{/if}}\n\n{{link}}",
} });
while (true) {
  const request = await hear();
  if ("cancel" in request) continue;
  const { id } = request;
  try {
    say({ id, ok: await tasks[request.do](id, request) });
  } catch (error) {
    say({ id, error: { message: String(error.message), is: error.is, at: error.at, hint: error.hint } });
  }
}
