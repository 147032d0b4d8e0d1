// Drives the page of `syndicate preview --serve`, or of the sandbox, in a real browser. Arguments: the
// scene, the address of the page with its token, the folder of the packages, the folder of the project.
// Prints what it saw as JSON; the test that runs this script checks it.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const [scene, address, packages, project] = process.argv.slice(2);
const puppeteer = require(path.join(packages, "node_modules", "puppeteer-core"));

const text = (page, selector) => page.$eval(selector, (found) => found.textContent.trim());
const said = (page) => text(page, "#status");

// Returns the page's message about the last action; "Working…" is not the message yet.
async function answer(page) {
  await page.waitForFunction(() => {
    const text = document.querySelector("#status").textContent;
    return text && !text.startsWith("Working");
  });
  const message = await said(page);
  await page.evaluate(() => document.querySelector("#status").replaceChildren());
  return message;
}

async function fill(page, selector, value) {
  await page.evaluate((selector, value) => (document.querySelector(selector).value = value), selector, value);
}

// Finds and clicks in one step, because an update of the page can replace a button that was found before.
async function press(page, selector) {
  await page.waitForSelector(selector);
  await page.evaluate((selector) => document.querySelector(selector).click(), selector);
}

// Returns how many times the page has been rendered again.
const renewed = (page) => page.evaluate(() => Number(document.body.dataset.renewed || 0));

// Sets the size of the window and waits until the page is laid out in it: a screenshot that was made before can restore the
// earlier size a moment later.
async function resize(page, size) {
  await page.setViewport(size);
  await page.waitForFunction((width) => matchMedia(`(width: ${width}px)`).matches, {}, size.width);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

// Returns whether the page reaches a state within ten seconds.
const reaches = (page, state) => page.waitForFunction(state, { timeout: 10_000 }).then(() => true, () => false);

const renewedAfter = (page, before) =>
  page.waitForFunction((before) => Number(document.body.dataset.renewed) > before, { timeout: 10_000 }, before);

const scenes = {
  async decide(page) {
    const result = { url: page.url().replace(/:\d+/, ""), cookies: await page.browserContext().cookies() };
    result.cookies = result.cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }));
    result.readable = await page.evaluate(() => document.cookie);

    await press(page, "[id$=-edit] summary");
    await fill(page, "textarea", "My own words (really).\n\nWith #Rust.");
    await press(page, "[data-action=edit] button.primary");
    result.edited = await answer(page);
    result.words = await text(page, ".words");
    result.tag = await text(page, ".words .link");

    // An update without a change, while a delivery is marked as renewed, a form is open and has text.
    const before = await renewed(page);
    await page.evaluate(() => {
      document.querySelector(".delivery").classList.add("renewed");
      document.querySelector("[id$=-when]").open = true;
      document.querySelector("input[type=datetime-local]").value = "2030-01-02T03:04";
      events.dispatchEvent(new MessageEvent("message"));
    });
    await renewedAfter(page, before);
    result.warned = await said(page);
    result.typed = await page.$eval("input[type=datetime-local]", (field) => field.value);
    await press(page, "[data-action=schedule] button.primary");
    result.scheduled = await answer(page);
    await press(page, "[data-action=schedule] button[name=reset]");
    result.unscheduled = await answer(page);

    await press(page, "[data-action=skip] button");
    result.skipped = await answer(page);
    result.skippedCode = await text(page, ".verdict code");
    await press(page, "[data-action=unskip] button");
    result.unskipped = await answer(page);

    result.file = fs.readFileSync(path.join(project, "posts/one.md"), "utf8");
    result.hash = await text(page, ".facts code");
    if (await page.$("[data-action=approve]")) {
      await press(page, "[data-action=approve] button");
      result.approved = await answer(page);
    }
    await press(page, "[data-action=send] button");
    await page.waitForSelector("dialog[open]");
    result.question = await text(page, "dialog h2");
    result.asked = await page.$eval("dialog", (dialog) => dialog.textContent);
    await press(page, "dialog button.primary");
    result.sent = await answer(page);
    result.sentCode = await text(page, ".verdict code");
    result.history = await page.$$eval(".history li b", (found) => found.map((b) => b.textContent));
    return result;
  },

  async reload(page) {
    const result = {};
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
    result.template = await text(page, ".reason");
    fs.writeFileSync(path.join(project, "words.hbs"), "Mended: {{title}}");
    await seen("Mended: One");

    const picture = await page.$eval(".article img", (img) => img.src);
    fs.copyFileSync(path.join(project, "other.png"), path.join(project, "posts/a.png"));
    await page.waitForFunction((old) => document.querySelector(".article img").src !== old, {}, picture);

    fs.writeFileSync(pipeline, before + "nonsense: true\n");
    await seen("nonsense");
    result.trouble = await text(page, "#error pre");
    fs.writeFileSync(pipeline, before);
    await page.waitForFunction(() => !document.querySelector("#error pre"));

    // Text that is being typed is not lost when the post changes, and is not saved over the new version.
    await press(page, "[id$=-edit] summary");
    await fill(page, "textarea", "Being typed");
    fs.writeFileSync(path.join(project, "words.hbs"), "Changed meanwhile: {{title}}");
    await page.waitForFunction(() => document.querySelector("#status").textContent.includes("has changed on disk"));
    result.typed = await page.$eval("textarea", (field) => field.value);
    await press(page, "[data-action=edit] button.primary");
    result.refused = await answer(page);
    result.file = fs.readFileSync(post, "utf8").includes("Being typed");
    await press(page, "[data-action=edit] button[type=reset]");
    await seen("Changed meanwhile: One");
    return result;
  },

  // An update arrives during a request that gets no answer; the server disappears and returns.
  async lost(page) {
    const result = {};
    await page.waitForFunction(() => document.body.dataset.listening);
    const before = await renewed(page);
    await page.evaluate(() => {
      const fetch = window.fetch;
      window.fetch = (place, ...rest) =>
        place === "/act" ? new Promise((_, reject) => (window.hangUp = reject)) : fetch(place, ...rest);
    });
    await press(page, "[data-action=skip] button");
    await page.evaluate(() => events.dispatchEvent(new MessageEvent("message")));
    result.waits = (await renewed(page)) === before;
    await page.evaluate(() => window.hangUp(new Error("gone")));
    await renewedAfter(page, before);
    result.unanswered = await said(page);

    await page.evaluate(() => events.dispatchEvent(new Event("error")));
    result.ended = await said(page);
    await page.evaluate(() => events.dispatchEvent(new MessageEvent("message")));
    await page.waitForFunction(() => !document.querySelector("#status").textContent, { timeout: 10_000 });
    return result;
  },

  async keyboard(page) {
    const result = { path: [] };
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
        result.path.push(at);
        if (at.startsWith(name)) return;
      }
      throw new Error(`no way to ${name}: ${result.path}`);
    };
    await tabTo("Skip to the queue");
    await page.keyboard.press("Enter");
    await tabTo("Edit commentary");
    await page.keyboard.press("Enter");
    await tabTo("Commentary");
    await page.keyboard.down("Control");
    await page.keyboard.press("a");
    await page.keyboard.up("Control");
    await page.keyboard.type("Typed without a mouse");
    await tabTo("Save commentary");
    await page.keyboard.press("Enter");
    result.edited = await answer(page);
    result.words = await text(page, ".words");
    await page.focus("main");
    await tabTo("Send now");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    result.first = await focused();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    await tabTo("Send");
    await page.keyboard.press("Enter");
    result.sent = await answer(page);
    result.place = await page.evaluate(() => document.activeElement.matches(".delivery"));
    return result;
  },

  async hostile(page) {
    await page.$$eval("details", (all) => all.forEach((details) => (details.open = true)));
    const count = (selector) => page.$$eval(selector, (found) => found.length);
    const result = {
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
    // A script that got in cannot run. The browser reports that as an error on the console.
    page.removeAllListeners("console");
    result.ran = await page.evaluate(async () => {
      const node = document.createElement("div");
      node.innerHTML = "<img src=x onerror=\"document.title='taken'\">";
      document.body.append(node);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return document.title;
    });
    return result;
  },

  // The names of the controls of several posts, and the look of values in messages.
  async names(page) {
    await page.$$eval("details", (all) => all.forEach((details) => (details.open = true)));
    const tree = await page.accessibility.snapshot({ interestingOnly: false });
    const found = [];
    const walk = (node) => {
      const is = /^(button|textbox|checkbox|Date|DateTime|DisclosureTriangle|InputTime)$/;
      // The browser adds a button to a field for a time. Some versions say its name twice.
      const isOwn = node.name?.startsWith("Show local date and time picker");
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

  // The cards of one post, in a wide and in a narrow window, with a picture of the page in both colour schemes.
  async cards(page) {
    await resize(page, { width: 1700, height: 1400 });
    const result = {
      besideInWide: await reaches(page, () => {
        const [first, second] = document.querySelectorAll(".item:first-of-type .delivery");
        const [left, right] = [first.getBoundingClientRect(), second.getBoundingClientRect()];
        return right.top === left.top && right.left >= left.right;
      }),
      names: await page.$$eval(".delivery .verdict b", (all) => all.map((name) => name.textContent)),
      layouts: await page.$$eval(".post", (all) => all.map((post) => post.className)),
      accents: await page.$$eval(".post", (all) => all.map((post) => post.style.getPropertyValue("--accent"))),
      makers: await page.$$eval(".maker", (all) => all.map((maker) => maker.textContent)),
      hashes: await page.$$eval(".facts:not(.crawler) > summary", (all) => all.map((line) => /payload [0-9a-f]{8}/.test(line.textContent))),
      broken: await page.$$eval(".post img", (all) => all.filter((image) => !image.naturalWidth).length),
    };
    await inBothThemes(page, "cards", (file) => page.screenshot({ path: file, fullPage: true }));
    await resize(page, { width: 400, height: 900 });
    result.belowInNarrow = await reaches(page, () => {
      const deliveries = [...document.querySelectorAll(".item:first-of-type .delivery")];
      const tops = deliveries.map((delivery) => delivery.getBoundingClientRect().top);
      return tops.every((top, index) => !index || top > tops[index - 1]);
    });
    result.fits = await reaches(page, () => document.documentElement.scrollWidth <= innerWidth);
    return result;
  },

  // The directions of texts from right to left, and the cells of a gallery of three pictures.
  async directions(page) {
    return {
      card: await page.$$eval(".strip > *", (all) => all.map((part) => getComputedStyle(part).direction)),
      // The address is at the start of its line, and a line of Hebrew ends there.
      inset: await page.$eval(".words a", (link) => {
        const words = link.closest(".words");
        return link.getBoundingClientRect().left - words.getBoundingClientRect().left;
      }),
      cells: await page.$$eval(".several img", (all) => {
        const grid = all[0].parentElement.getBoundingClientRect();
        return all.map((image) => {
          const box = image.getBoundingClientRect();
          return [Math.round((2 * box.width) / grid.width), Math.round((2 * (box.left - grid.left)) / grid.width)];
        });
      }),
    };
  },

  // A page of another port tries to use the cookie that the browser sends it.
  async stranger(page) {
    const result = { reloaded: null };
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
      result.reloaded = (await page.$$(".item")).length;
      const origin = new URL(page.url()).origin;
      const stranger = await page.browser().newPage();
      await stranger.goto(`http://127.0.0.1:${other.address().port}/`);
      result.cookieIsShared = seen.some((cookie) => cookie.includes("syndicate-preview"));
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
      result.shellShowsPost = shell.text.includes("posts/one.md");
      const headers = { Cookie: cookie, Origin: origin, "Content-Type": "application/json" };
      result.act = (await raw("/act", { method: "POST", headers }, "{}")).status;
      result.events = (await raw("/events", { headers: { Cookie: cookie } })).status;
      await stranger.close();
      // A tab that was not opened with the printed address has the cookie, but not the secret.
      const tab = await page.browser().newPage();
      await tab.goto(`${origin}/`);
      await tab.waitForFunction(() => document.querySelector("#status").textContent);
      result.tab = await said(tab);
      result.tabItems = (await tab.$$(".item")).length;
      await tab.close();
    } finally {
      other.close();
    }
    return result;
  },

  // The picture of the preview page: its bar and the first post.
  async picture_preview(page) {
    const size = { width: 1180, height: 900, deviceScaleFactor: 1 };
    const parts = [".bar", ".summary", ".part > h2", ".item"];
    await page.setViewport(size);
    const height = await page.$eval(".item", (item) => Math.ceil(item.getBoundingClientRect().bottom) + 12);
    await inBothThemes(page, "preview", (file) =>
      page.screenshot({ path: file, clip: { x: 0, y: 0, width: size.width, height } }),
    );
    return { shown: await textOf(page, parts) };
  },

  // The picture of a card in the sandbox's feed, without the request that created it.
  async picture_card(page) {
    await page.setViewport({ width: 1280, height: 1400, deviceScaleFactor: 1.25 });
    await page.$$eval(".request", (all) => all.forEach((request) => request.remove()));
    const cards = await page.$$(".card.post");
    const card = cards[cards.length - 1];
    await inBothThemes(page, "card", (file) => card.screenshot({ path: file }));
    return { shown: await textOf(page, [".card.post:last-of-type"]) };
  },
};

// Calls `take` with the file of a picture, once for each colour scheme.
async function inBothThemes(page, name, take) {
  for (const theme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
    await take(path.join(project, `${name}-${theme}.png`));
  }
}

// Returns the visible text of the first element of each selector. The digits of a payload's hash do not
// count: they change with every version of a payload, and the picture stays right.
async function textOf(page, selectors) {
  const texts = await page.evaluate(
    (selectors) => selectors.map((selector) => document.querySelector(selector).innerText),
    selectors,
  );
  const text = texts.join("\n").replace(/payload [0-9a-f]{8}/g, "payload …");
  return `${text.replace(/[^\S\n]+$/gm, "")}\n`;
}

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
    await page.waitForSelector(scene === "picture_card" ? ".card.post" : "body[data-listening]");
    const result = await scenes[scene](page);
    result.errors = errors;
    process.stdout.write(JSON.stringify(result));
  } finally {
    await browser.close();
  }
})().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
