// Drives the page of `syndicate preview --serve` in a real browser. Arguments: what to do, the page's
// address with its token, the folder of the packages, the folder of the project. What was seen is
// printed as JSON; the test that runs this says what it has to be.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const [scene, address, packages, project] = process.argv.slice(2);
const puppeteer = require(path.join(packages, "node_modules", "puppeteer-core"));

const text = (page, selector) => page.$eval(selector, (found) => found.textContent.trim());
const said = (page) => text(page, "#said");

// The message that follows on what was done; "Working on it…" is none.
async function answer(page) {
  await page.waitForFunction(() => {
    const text = document.querySelector("#said").textContent;
    return text && !text.startsWith("Working");
  });
  const message = await said(page);
  await page.evaluate(() => document.querySelector("#said").replaceChildren());
  return message;
}

async function fill(page, selector, value) {
  await page.evaluate((selector, value) => (document.querySelector(selector).value = value), selector, value);
}

// Found and pressed in one go: news may put a new button in the place of one that was only found.
async function press(page, selector) {
  await page.waitForSelector(selector);
  await page.evaluate((selector) => document.querySelector(selector).click(), selector);
}

// How often the page has shown a new rendering.
const renewed = (page) => page.evaluate(() => Number(document.body.dataset.renewed || 0));

const renewedAfter = (page, before) =>
  page.waitForFunction((before) => Number(document.body.dataset.renewed) > before, { timeout: 10_000 }, before);

const scenes = {
  async decide(page) {
    const told = { url: page.url().replace(/:\d+/, ""), cookies: await page.browserContext().cookies() };
    told.cookies = told.cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }));
    told.readable = await page.evaluate(() => document.cookie);

    await press(page, "[id$=-edit] summary");
    await fill(page, "textarea", "My own words (really).\n\nWith #Rust.");
    await press(page, "[data-action=edit] button.primary");
    told.edited = await answer(page);
    told.words = await text(page, ".words");
    told.tag = await text(page, ".words .link");

    // News without a change, for a page that marked what came of the save, opened a form and typed.
    const before = await renewed(page);
    await page.evaluate(() => {
      document.querySelector(".delivery").classList.add("renewed");
      document.querySelector("[id$=-when]").open = true;
      document.querySelector("input[type=datetime-local]").value = "2030-01-02T03:04";
      news.dispatchEvent(new MessageEvent("message"));
    });
    await renewedAfter(page, before);
    told.warned = await said(page);
    told.typed = await page.$eval("input[type=datetime-local]", (field) => field.value);
    await press(page, "[data-action=schedule] button.primary");
    told.scheduled = await answer(page);
    await press(page, "[data-action=schedule] button[name=reset]");
    told.unscheduled = await answer(page);

    await press(page, "[data-action=skip] button");
    told.skipped = await answer(page);
    told.skippedCode = await text(page, ".verdict code");
    await press(page, "[data-action=unskip] button");
    told.unskipped = await answer(page);

    told.file = fs.readFileSync(path.join(project, "posts/one.md"), "utf8");
    told.hash = await text(page, ".facts code");
    if (await page.$("[data-action=approve]")) {
      await press(page, "[data-action=approve] button");
      told.approved = await answer(page);
    }
    await press(page, "[data-action=send] button");
    await page.waitForSelector("dialog[open]");
    told.question = await text(page, "dialog h2");
    told.asked = await page.$eval("dialog", (dialog) => dialog.textContent);
    await press(page, "dialog button.primary");
    told.sent = await answer(page);
    told.sentCode = await text(page, ".verdict code");
    told.history = await page.$$eval(".history li b", (found) => found.map((b) => b.textContent));
    return told;
  },

  async reload(page) {
    const told = {};
    const post = path.join(project, "posts/one.md");
    const pipeline = path.join(project, "pipeline.yaml");
    const before = fs.readFileSync(pipeline, "utf8");
    const seen = (what) => page.waitForFunction((what) => document.body.textContent.includes(what), {}, what);

    fs.writeFileSync(post, fs.readFileSync(post, "utf8").replace("A body", "Another body"));
    await seen("Another body that says something");
    fs.writeFileSync(path.join(project, "words.hbs"), "From the template: {{title}}");
    await seen("From the template: One");
    fs.writeFileSync(path.join(project, "words.hbs"), "{{titel}}");
    await seen("words.hbs:1:");
    told.template = await text(page, ".reason");
    fs.writeFileSync(path.join(project, "words.hbs"), "Mended: {{title}}");
    await seen("Mended: One");

    const picture = await page.$eval(".article img", (img) => img.src);
    fs.copyFileSync(path.join(project, "other.png"), path.join(project, "posts/a.png"));
    await page.waitForFunction((old) => document.querySelector(".article img").src !== old, {}, picture);

    fs.writeFileSync(pipeline, before + "nonsense: true\n");
    await seen("nonsense");
    told.trouble = await text(page, "#trouble pre");
    fs.writeFileSync(pipeline, before);
    await page.waitForFunction(() => !document.querySelector("#trouble pre"));

    // What is being typed is not lost when the post changes under it, and not saved over it either.
    await press(page, "[id$=-edit] summary");
    await fill(page, "textarea", "Being typed");
    fs.writeFileSync(path.join(project, "words.hbs"), "Changed meanwhile: {{title}}");
    await page.waitForFunction(() => document.querySelector("#said").textContent.includes("while you type"));
    told.typed = await page.$eval("textarea", (field) => field.value);
    await press(page, "[data-action=edit] button.primary");
    told.refused = await answer(page);
    told.file = fs.readFileSync(post, "utf8").includes("Being typed");
    await press(page, "[data-action=edit] button[type=reset]");
    await seen("Changed meanwhile: One");
    return told;
  },

  // News that comes while an order is under way that nobody answers, and a server that comes back.
  async lost(page) {
    const told = {};
    await page.waitForFunction(() => document.body.dataset.listening);
    const before = await renewed(page);
    await page.evaluate(() => {
      const fetch = window.fetch;
      window.fetch = (place, ...rest) =>
        place === "/act" ? new Promise((_, reject) => (window.hangUp = reject)) : fetch(place, ...rest);
    });
    await press(page, "[data-action=skip] button");
    await page.evaluate(() => news.dispatchEvent(new MessageEvent("message")));
    told.waits = (await renewed(page)) === before;
    await page.evaluate(() => window.hangUp(new Error("gone")));
    await renewedAfter(page, before);
    told.unanswered = await said(page);

    await page.evaluate(() => news.dispatchEvent(new Event("error")));
    told.ended = await said(page);
    await page.evaluate(() => news.dispatchEvent(new MessageEvent("message")));
    await page.waitForFunction(() => !document.querySelector("#said").textContent, { timeout: 10_000 });
    return told;
  },

  async keyboard(page) {
    const told = { path: [] };
    const focused = () =>
      page.evaluate(() => {
        const at = document.activeElement;
        const label = at.labels && at.labels[0] ? at.labels[0].textContent : "";
        return (at.getAttribute("aria-label") || label || at.textContent || at.tagName).trim().slice(0, 60);
      });
    const tabTo = async (name) => {
      for (let step = 0; step < 60; step += 1) {
        await page.keyboard.press("Tab");
        const at = await focused();
        told.path.push(at);
        if (at.startsWith(name)) return;
      }
      throw new Error(`no way to ${name}: ${told.path}`);
    };
    await tabTo("To the queue");
    await page.keyboard.press("Enter");
    await tabTo("Edit the text");
    await page.keyboard.press("Enter");
    await tabTo("Commentary");
    await page.keyboard.down("Control");
    await page.keyboard.press("a");
    await page.keyboard.up("Control");
    await page.keyboard.type("Typed without a mouse");
    await tabTo("Save the text");
    await page.keyboard.press("Enter");
    told.edited = await answer(page);
    told.words = await text(page, ".words");
    await page.focus("main");
    await tabTo("Send now");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    told.first = await focused();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    await tabTo("Send it");
    await page.keyboard.press("Enter");
    told.sent = await answer(page);
    told.place = await page.evaluate(() => document.activeElement.matches(".delivery"));
    return told;
  },

  async hostile(page) {
    await page.$$eval("details", (all) => all.forEach((details) => (details.open = true)));
    const count = (selector) => page.$$eval(selector, (found) => found.length);
    const told = {
      title: await page.title(),
      scripts: await page.$$eval("script", (found) => found.map((script) => script.getAttribute("src"))),
      handlers: await page.$$eval("*", (found) =>
        found.flatMap((node) => node.getAttributeNames()).filter((name) => name.startsWith("on")),
      ),
      pictures: await count("img:not([src^='/media/'])"),
      words: await text(page, ".words"),
      heading: await text(page, "h3"),
      unnamed: await page.evaluate(() =>
        [...document.querySelectorAll("button, input, textarea, summary")].filter(
          (node) => !(node.textContent.trim() || node.getAttribute("aria-label") || node.labels?.length),
        ).length,
      ),
      landmarks: await page.evaluate(() =>
        ["header", "main", "h1", "[role=status][aria-live]"].map((name) => document.querySelectorAll(name).length),
      ),
    };
    // Even what got in could not run; that the browser stops it is an error on the console.
    page.removeAllListeners("console");
    told.ran = await page.evaluate(async () => {
      const node = document.createElement("div");
      node.innerHTML = "<img src=x onerror=\"document.title='taken'\">";
      document.body.append(node);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return document.title;
    });
    return told;
  },

  // What the controls of several posts are called, and how values in messages look.
  async names(page) {
    await page.$$eval("details", (all) => all.forEach((details) => (details.open = true)));
    const tree = await page.accessibility.snapshot({ interestingOnly: false });
    const found = [];
    const walk = (node) => {
      const is = /^(button|textbox|checkbox|Date|DateTime|DisclosureTriangle|InputTime)$/;
      // The button within a field for a time is the browser's own.
      const isOwn = node.name === "Show local date and time picker";
      if (is.test(node.role) && !isOwn) found.push(`${node.role} ${node.name}`);
      (node.children || []).forEach(walk);
    };
    walk(tree);
    return {
      controls: found,
      unlabelled: found.filter((name) => name.endsWith(" ")),
      equal: found.filter((name, index) => found.indexOf(name) !== index),
      backticks: await page.evaluate(() => document.body.innerText.includes("`")),
      code: await page.$$eval(".note code, .reason code, .fault code", (all) => all.map((code) => code.textContent)),
    };
  },

  // What a page of another port can do with the cookie that the browser sends it.
  async stranger(page) {
    const told = { reloaded: null };
    const http = require("node:http");
    const seen = [];
    const other = http.createServer((request, response) => {
      seen.push(request.headers.cookie || "");
      response.setHeader("Content-Type", "text/html");
      response.end("<!doctype html><title>other</title>");
    });
    await new Promise((resolve) => other.listen(0, "127.0.0.1", resolve));
    try {
      await page.reload();
      await page.waitForSelector("body[data-listening]");
      told.reloaded = (await page.$$(".item")).length;
      const origin = new URL(page.url()).origin;
      const stranger = await page.browser().newPage();
      await stranger.goto(`http://127.0.0.1:${other.address().port}/`);
      told.cookieIsShared = seen.some((cookie) => cookie.includes("syndicate-preview"));
      const cookie = seen.find((cookie) => cookie.includes("syndicate-preview")) || "";
      const raw = (path, options, body) =>
        new Promise((resolve, reject) => {
          const request = http.request(origin + path, options, (response) => {
            let text = "";
            response.on("data", (chunk) => (text += chunk));
            response.on("end", () => resolve({ status: response.statusCode, text }));
          });
          request.on("error", reject);
          request.end(body);
        });
      const shell = await raw("/", { headers: { Cookie: cookie } });
      told.shellShowsPost = shell.text.includes("posts/one.md");
      const headers = { Cookie: cookie, Origin: origin, "Content-Type": "application/json" };
      told.act = (await raw("/act", { method: "POST", headers }, "{}")).status;
      told.events = (await raw("/events", { headers: { Cookie: cookie } })).status;
      await stranger.close();
      // A tab that was not opened by the address has the cookie and no secret.
      const tab = await page.browser().newPage();
      await tab.goto(`${origin}/`);
      await tab.waitForFunction(() => document.querySelector("#said").textContent);
      told.tab = await said(tab);
      told.tabItems = (await tab.$$(".item")).length;
      await tab.close();
    } finally {
      other.close();
    }
    return told;
  },

  async shots(page) {
    for (const [name, width, height] of [["phone", 390, 844], ["desktop", 1280, 900]]) {
      for (const colours of ["light", "dark"]) {
        await page.setViewport({ width, height });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: colours }]);
        const file = path.join(project, `${name}-${colours}.png`);
        await page.screenshot({ path: file, fullPage: true });
      }
    }
    await page.setViewport({ width: 1280, height: 900 });
    await press(page, "[id$=-edit] summary");
    await page.screenshot({ path: path.join(project, "edit.png"), fullPage: true });
    await press(page, "[data-action=send] button");
    await page.waitForSelector("dialog[open]");
    await page.screenshot({ path: path.join(project, "confirm.png") });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    return { wide };
  },
};

(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.SYNDICATE_TEST_BROWSER,
    args: ["--no-sandbox", "--disable-gpu", "--no-proxy-server"],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    const errors = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("requestfailed", (request) => errors.push(`failed: ${request.url()}`));
    page.on("dialog", (dialog) => {
      errors.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    await page.goto(address);
    await page.waitForSelector("body[data-listening]");
    const told = await scenes[scene](page);
    told.errors = errors;
    process.stdout.write(JSON.stringify(told));
  } finally {
    await browser.close();
  }
})().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
