// What the page does besides showing: it sends what was decided, asks before anything goes out, and
// takes news from the server piece by piece, so that nobody loses the place or what was typed.
"use strict";

// The page's own secret: it came in the fragment of the address, which no server sees, and is kept by
// the port. Cookies are not: what is served on another port of this machine is sent ours.
const SECRET = "syndicate-page";
if (location.hash.startsWith("#page=")) {
  sessionStorage.setItem(SECRET, location.hash.slice("#page=".length));
  history.replaceState(null, "", "/");
}
const secret = sessionStorage.getItem(SECRET) || "";
const headers = { "X-Syndicate-Page": secret };

const $ = (selector, within = document) => within.querySelector(selector);

// A message, with the values between backticks as code.
function coded(message) {
  const parts = message.split("`");
  if (parts.length % 2 === 0) return [message];
  return parts.map((part, index) => {
    if (index % 2 === 0) return part;
    const code = document.createElement("code");
    code.textContent = part;
    return code;
  });
}

function say(message, wrong = false, link = null) {
  const said = $("#said");
  said.className = wrong ? "wrong" : "";
  said.replaceChildren(...coded(message));
  if (link && /^https?:/.test(link)) {
    const anchor = document.createElement("a");
    anchor.href = link;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    anchor.textContent = link;
    said.append(" ", anchor);
  }
  clearTimeout(say.timer);
  if (!wrong) say.timer = setTimeout(() => said.replaceChildren(), link ? 30_000 : 8000);
}

// A question, asked in a dialog that keeps the focus; the answer is yes or no.
function ask(title, lines, yes) {
  const opener = document.activeElement && document.activeElement.id;
  const dialog = document.createElement("dialog");
  const form = document.createElement("form");
  form.method = "dialog";
  const heading = document.createElement("h2");
  heading.id = "question";
  heading.textContent = title;
  dialog.setAttribute("aria-labelledby", "question");
  form.append(heading);
  for (const line of lines) {
    const paragraph = document.createElement("p");
    paragraph.append(...coded(line));
    form.append(paragraph);
  }
  const row = document.createElement("p");
  row.className = "row";
  for (const [value, label, name] of [["", "Not yet", ""], ["yes", yes, "primary"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.className = name;
    button.addEventListener("click", () => dialog.close(value));
    row.append(button);
  }
  form.append(row);
  dialog.append(form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      // News may have put another button in the place of the one that was pressed.
      const back = opener && document.getElementById(opener);
      if (back) back.focus();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
  });
}

// How many orders are under way, and whether there was news meanwhile: that waits for their end.
let busy = 0;
let missed = false;

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const action = form.dataset.action;
  if (!action) return;
  event.preventDefault();
  const { item, sink, hash } = form.closest(".acts").dataset;
  const home = form.closest(".delivery").id;
  const { ask: question, yes } = form.dataset;
  if (question && !(await ask(`${yes} now?`, [question, hash], yes))) return;
  const field = form.elements.text || form.elements.at;
  const reset = event.submitter && event.submitter.name === "reset";
  const value = field && !reset ? field.value : null;
  const buttons = form.querySelectorAll("button");
  buttons.forEach((button) => (button.disabled = true));
  say("Working on it…");
  busy += 1;
  try {
    const response = await fetch("/act", {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify({ action, item, sink, hash, value }),
    });
    if (!response.ok) throw new Error((await response.text()).trim());
    const answer = await response.json();
    if (answer.done && field) {
      // What was typed is saved: the page may show what came of it.
      form.dataset.saved = "yes";
      form.closest("details").open = false;
    }
    missed = false;
    await renew();
    settle(home);
    say(answer.message, !answer.done, answer.link);
  } catch (error) {
    say(`it cannot be told whether that was done: ${error.message}`, true);
  } finally {
    busy -= 1;
    buttons.forEach((button) => (button.disabled = false));
    if (!busy && missed) await hear();
  }
});

// Where the button is gone that had the focus, the delivery has it, so that nobody starts from the top.
function settle(home) {
  const place = document.getElementById(home);
  if (!place || document.activeElement !== document.body) return;
  focusOn(place);
}

function focusOn(place) {
  if (place.matches(".delivery")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

// Whether somebody typed something that is not saved.
function isTyping(part) {
  return [...part.querySelectorAll("form:not([data-saved]) :is(textarea, input)")].some(
    (field) => field.value !== field.defaultValue,
  );
}

// Keeps what was opened or checked, and the focus, when `old` becomes `fresh`.
function carry(old, fresh) {
  for (const details of old.querySelectorAll("details[id]")) {
    const same = fresh.querySelector(`#${CSS.escape(details.id)}`);
    if (same) same.open = details.open;
  }
  for (const box of old.querySelectorAll("input[type=checkbox][id]")) {
    const same = fresh.querySelector(`#${CSS.escape(box.id)}`);
    if (same) same.checked = box.checked;
  }
}

// Copies of the items as the server rendered them, by id. Changes are found by comparing these, since
// the page adds to its own elements what is no change of the post: `open`, `disabled`, `renewed`.
let rendered = itemsOf($("#plan"));

function itemsOf(plan) {
  return new Map([...plan.querySelectorAll(".item")].map((item) => [item.id, item.cloneNode(true)]));
}

function differ(before, after) {
  return before && after ? !before.isEqualNode(after) : Boolean(before || after);
}

// Looks are numbered as they begin: one that took long must not put an older page over a newer one.
let begun = 0;
let drawn = 0;

async function renew() {
  const look = ++begun;
  const response = await fetch("/", { headers });
  const text = await response.text();
  if (!response.ok) throw new Error(text.trim());
  if (look < drawn) return false;
  drawn = look;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  $("#trouble").replaceChildren(...$("#trouble", fresh).childNodes);
  const focus = document.activeElement && document.activeElement.id;
  const plan = $("#plan");
  const next = $("#plan", fresh);
  const renditions = itemsOf(next);
  let waits = false;
  for (const old of plan.querySelectorAll(".item")) {
    const same = next.querySelector(`#${CSS.escape(old.id)}`);
    if (!same) {
      waits ||= isTyping(old);
    } else if (isTyping(old)) {
      const kept = rendered.get(old.id);
      waits ||= differ(kept, same);
      renditions.set(old.id, kept);
      // The very fields go along, with what is typed in them.
      same.replaceWith(old);
    } else {
      const changed = differ($(".post", rendered.get(old.id)), $(".post", same));
      carry(old, same);
      if (changed) same.querySelector(".delivery").classList.add("renewed");
    }
  }
  rendered = renditions;
  plan.replaceChildren(...next.childNodes);
  if (focus && document.activeElement.id !== focus) {
    const again = document.getElementById(focus);
    if (again) focusOn(again);
  }
  document.body.dataset.renewed = String(Number(document.body.dataset.renewed || 0) + 1);
  return waits;
}

// Looks again because of news, unless an order does so anyway.
async function hear() {
  missed = busy > 0;
  if (missed) return;
  try {
    if (await renew()) {
      say("The post has changed on disk while you type; discard what you typed to see it.", true);
    }
  } catch (error) {
    say(error.message, true);
  }
}

const GONE = "The preview has ended, or is about to come back.";
const news = new EventSource(`/events?page=${encodeURIComponent(secret)}`);
// The first news comes at once, and brings the queue.
news.addEventListener("message", async () => {
  // It is back, and nothing is wrong any more.
  if ($("#said").textContent === GONE) say("");
  await hear();
  document.body.dataset.listening = "yes";
});
news.addEventListener("error", () => {
  // A server that refuses says why; one that is gone is asked again by the browser.
  if (news.readyState === EventSource.CLOSED) hear();
  else say(GONE, true);
});
document.addEventListener("reset", (event) => setTimeout(() => renew().catch(() => event), 0));
