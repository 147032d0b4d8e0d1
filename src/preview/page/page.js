// Sends commands to the server, asks for confirmation before a post is sent, and applies updates item by
// item, so that the scroll position and unsaved text stay.
"use strict";

// The page's secret. It arrives in the URL's fragment, which is not sent to servers, and session storage
// keeps it separate for each port. A cookie is not enough, because browsers send it to every port.
const SECRET = "syndicate-page";
if (location.hash.startsWith("#page=")) {
  sessionStorage.setItem(SECRET, location.hash.slice("#page=".length));
  history.replaceState(null, "", "/");
}
const secret = sessionStorage.getItem(SECRET) || "";
const headers = { "X-Syndicate-Page": secret };

const $ = (selector, within = document) => within.querySelector(selector);

// Splits a message into nodes; text between backticks becomes code.
function messageNodes(message) {
  const parts = message.split("`");
  if (parts.length % 2 === 0) return [message];
  return parts.map((part, index) => {
    if (index % 2 === 0) return part;
    const code = document.createElement("code");
    code.textContent = part;
    return code;
  });
}

function showStatus(message, wrong = false, link = null) {
  const status = $("#status");
  status.className = wrong ? "wrong" : "";
  status.replaceChildren(...messageNodes(message));
  if (link && /^https?:/.test(link)) {
    const anchor = document.createElement("a");
    anchor.href = link;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    anchor.textContent = link;
    status.append(" ", anchor);
  }
  clearTimeout(showStatus.timer);
  if (!wrong) showStatus.timer = setTimeout(() => status.replaceChildren(), link ? 30_000 : 8000);
}

// Shows a modal dialog and resolves to true if the user confirms.
function confirmAction(title, lines, yes) {
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
    paragraph.append(...messageNodes(line));
    form.append(paragraph);
  }
  const row = document.createElement("p");
  row.className = "row";
  for (const [value, label, name] of [["", "Cancel", ""], ["yes", yes, "primary"]]) {
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
      // An update may have replaced the button that opened the dialog.
      const back = opener && document.getElementById(opener);
      if (back) back.focus();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
  });
}

// The number of commands in progress, and whether an update waits until they are done.
let busy = 0;
let pendingUpdate = false;

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const action = form.dataset.action;
  if (!action) return;
  event.preventDefault();
  const { item, sink, hash } = form.closest(".acts").dataset;
  const home = form.closest(".delivery").id;
  const { ask: question, yes } = form.dataset;
  if (question && !(await confirmAction(`${yes} now?`, [question, hash], yes))) return;
  const field = form.elements.text || form.elements.at;
  const reset = event.submitter && event.submitter.name === "reset";
  const value = field && !reset ? field.value : null;
  const buttons = form.querySelectorAll("button");
  buttons.forEach((button) => (button.disabled = true));
  showStatus("Working…");
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
      // The text is saved, so an update may replace the form.
      form.dataset.saved = "yes";
      form.closest("details").open = false;
    }
    pendingUpdate = false;
    await refresh();
    restoreFocus(home);
    showStatus(answer.message, !answer.done, answer.link);
  } catch (error) {
    showStatus(`Unknown result: ${error.message}`, true);
  } finally {
    busy -= 1;
    buttons.forEach((button) => (button.disabled = false));
    if (!busy && pendingUpdate) await updateAfterEvent();
  }
});

// Moves the focus to the delivery if the focused button no longer exists.
function restoreFocus(home) {
  const element = document.getElementById(home);
  if (!element || document.activeElement !== document.body) return;
  focusOn(element);
}

function focusOn(element) {
  if (element.matches(".delivery")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

// Returns true if a form in `part` has unsaved text.
function isTyping(part) {
  return [...part.querySelectorAll("form:not([data-saved]) :is(textarea, input)")].some(
    (field) => field.value !== field.defaultValue,
  );
}

// Copies the state of details and checkboxes from `old` to `fresh`.
function copyState(old, fresh) {
  for (const details of old.querySelectorAll("details[id]")) {
    const same = fresh.querySelector(`#${CSS.escape(details.id)}`);
    if (same) same.open = details.open;
  }
  for (const box of old.querySelectorAll("input[type=checkbox][id]")) {
    const same = fresh.querySelector(`#${CSS.escape(box.id)}`);
    if (same) same.checked = box.checked;
  }
}

// Copies of the items as the server rendered them, by id. Changes are found by comparing these, because
// the page adds attributes to its own elements: `open`, `disabled`, `renewed`.
let rendered = itemsOf($("#plan"));

function itemsOf(plan) {
  return new Map([...plan.querySelectorAll(".item")].map((item) => [item.id, item.cloneNode(true)]));
}

function differ(before, after) {
  return before && after ? !before.isEqualNode(after) : Boolean(before || after);
}

// Requests are numbered, so that a slow response does not replace a newer page.
let requested = 0;
let shown = 0;

async function refresh() {
  const number = ++requested;
  const response = await fetch("/", { headers });
  const text = await response.text();
  if (!response.ok) throw new Error(text.trim());
  if (number < shown) return false;
  shown = number;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  $("#error").replaceChildren(...$("#error", fresh).childNodes);
  const focus = document.activeElement && document.activeElement.id;
  const plan = $("#plan");
  const next = $("#plan", fresh);
  const nextRendered = itemsOf(next);
  let waits = false;
  for (const old of plan.querySelectorAll(".item")) {
    const same = next.querySelector(`#${CSS.escape(old.id)}`);
    if (!same) {
      waits ||= isTyping(old);
    } else if (isTyping(old)) {
      const before = rendered.get(old.id);
      waits ||= differ(before, same);
      nextRendered.set(old.id, before);
      // The old element stays, because its fields contain unsaved text.
      same.replaceWith(old);
    } else {
      const changed = differ($(".post", rendered.get(old.id)), $(".post", same));
      copyState(old, same);
      if (changed) same.querySelector(".delivery").classList.add("renewed");
    }
  }
  rendered = nextRendered;
  // The page's policy forbids style attributes in HTML.
  for (const post of next.querySelectorAll("[data-accent]")) {
    post.style.setProperty("--accent", post.dataset.accent);
  }
  plan.replaceChildren(...next.childNodes);
  if (focus && document.activeElement.id !== focus) {
    const again = document.getElementById(focus);
    if (again) focusOn(again);
  }
  document.body.dataset.renewed = String(Number(document.body.dataset.renewed || 0) + 1);
  return waits;
}

// Updates the page after an event, unless a command in progress will do so.
async function updateAfterEvent() {
  pendingUpdate = busy > 0;
  if (pendingUpdate) return;
  try {
    if (await refresh()) {
      showStatus("The post has changed on disk. Discard your changes to see it.", true);
    }
  } catch (error) {
    showStatus(error.message, true);
  }
}

const GONE = "Connection lost. Reconnecting…";
const events = new EventSource(`/events?page=${encodeURIComponent(secret)}`);
// The first event arrives at once and loads the queue.
events.addEventListener("message", async () => {
  // The connection works again, so its error message is removed.
  if ($("#status").textContent === GONE) showStatus("");
  await updateAfterEvent();
  document.body.dataset.listening = "yes";
});
events.addEventListener("error", () => {
  // After a refusal the stream is closed, and the next request returns the reason. Otherwise the browser
  // reconnects.
  if (events.readyState === EventSource.CLOSED) updateAfterEvent();
  else showStatus(GONE, true);
});
document.addEventListener("reset", (event) => setTimeout(() => refresh().catch(() => event), 0));
