// Starts what the tests drive: the real binary on its demo town, a foreign site that embeds the widget, and Chromium.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

// Fixed so that "open now" has one right answer: a Wednesday morning.
const NOW = "2026-03-18T10:15:00+01:00";
const START_TIMEOUT_MS = 60_000;

// Nothing of Chromium's own may reach the network: what remains is what our pages ask for.
const CHROMIUM_FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** The page of another site, with a strict policy of its own, on which the widget has to live. */
function foreignPage(widgetOrigin, attributes = "") {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Un autre site</title><link rel="icon" href="data:,"></head>
<body><main><h1>Le site de la ville</h1><p>Une page quelconque, avec <a href="#la">un lien</a>.</p></main>
<script src="${widgetOrigin}/widget.js" data-site="clairvigny" ${attributes}></script></body></html>`;
}

async function startForeignSite() {
  const site = { widgetOrigin: "", attributes: "" };
  const server = createServer((request, response) => {
    response.writeHead(request.url === "/" ? 200 : 404, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": `default-src 'none'; img-src data:; script-src ${site.widgetOrigin}; connect-src ${site.widgetOrigin}`,
    });
    response.end(request.url === "/" ? foreignPage(site.widgetOrigin, site.attributes) : "");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  site.origin = `http://127.0.0.1:${server.address().port}`;
  site.close = () => { server.closeAllConnections(); server.close(); };
  return site;
}

/** Starts `parvis demo` and waits until it says where it listens. */
async function startParvis(allowedOrigin, settings) {
  const binary = process.env.PARVIS_BIN;
  if (!binary) throw new Error("PARVIS_BIN is not set: give the path of the binary to test, as in PARVIS_BIN=target/debug/parvis");
  const dataDir = mkdtempSync(join(tmpdir(), "parvis-browser-"));
  // Every visitor here has the same address: together they ask faster than one resident may.
  const config = join(dataDir, "parvis.toml");
  writeFileSync(config, `[limits]\nquestions_per_minute = 0\n${settings}`);
  const child = spawn(binary, [
    "demo", "--config", config, "--data-dir", dataDir, "--listen", "127.0.0.1:0", "--no-open", "--now", NOW, "--allow-origin", allowedOrigin,
  ], { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk) => { errors = (errors + chunk).slice(-4000); });
  const exited = new Promise((_, reject) => {
    child.once("error", (error) => reject(new Error(`${binary} could not be started: ${error.message}`)));
    child.once("exit", (code) => reject(new Error(`${binary} ended (${code}) before it listened:\n${errors}`)));
  });
  const ready = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(line);
      if (found) return found[1];
    }
    throw new Error(`${binary} closed its output before it listened:\n${errors}`);
  })();
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${binary} did not listen within ${START_TIMEOUT_MS / 1000} s:\n${errors}`)), START_TIMEOUT_MS);
  });
  const stop = async () => {
    const gone = child.exitCode === null && child.signalCode === null ? once(child, "exit") : null;
    child.kill();
    await gone;
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const origin = await Promise.race([ready, exited, late]);
    exited.catch(() => {});
    child.stdout.resume();
    return { origin, stop };
  } catch (error) {
    child.kill();
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Everything that one test file needs, started once; `settings` are added to the configuration. */
export async function startWorld(settings = "") {
  const [foreign, stranger] = [await startForeignSite(), await startForeignSite()];
  const close = () => { foreign.close(); stranger.close(); };
  const parvis = await startParvis(foreign.origin, settings).catch((error) => { close(); throw error; });
  foreign.widgetOrigin = stranger.widgetOrigin = parvis.origin;
  const browser = await chromium.launch({ executablePath: process.env.PARVIS_CHROMIUM || "/usr/bin/chromium", args: CHROMIUM_FLAGS });
  return {
    origin: parvis.origin,
    /** A site that the town allows. */
    foreign,
    /** One that it does not. */
    stranger,
    browser,
    async stop() {
      await browser.close();
      await parvis.stop();
      close();
    },
  };
}

/** A fresh visitor who notes every request, console error and cookie; `verify` judges them at the end. */
export async function visit(world, options = {}) {
  const context = await world.browser.newContext({ locale: "fr-FR", viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const requests = [];
  const complaints = [];
  context.on("request", (request) => requests.push(request.url()));
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(`uncaught: ${error.error().message}`));
  const page = await context.newPage();
  return {
    context,
    page,
    requests,
    /** Drops the noise that a test makes on purpose (a refused request is logged by Chromium as an error). */
    expectComplaint(pattern) {
      const at = complaints.findIndex((complaint) => pattern.test(complaint));
      if (at < 0) throw new Error(`no complaint matches ${pattern}: ${complaints.join(" | ")}`);
      complaints.splice(at, 1);
    },
    async leave() {
      const allowed = [world.origin, world.foreign.origin, world.stranger.origin];
      const strangers = requests.filter((url) => /^(https?|wss?):/.test(url) && !allowed.includes(new URL(url).origin));
      const cookies = await context.cookies();
      const stored = await page.evaluate(() => ({ local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie })).catch(() => null);
      await context.close();
      const faults = [...complaints, ...strangers.map((url) => `request to another host: ${url}`), ...cookies.map((cookie) => `cookie: ${cookie.name}`)];
      if (stored) {
        faults.push(...stored.local.map((key) => `localStorage: ${key}`));
        faults.push(...stored.session.filter((key) => key !== "parvis:clairvigny").map((key) => `sessionStorage: ${key}`));
      }
      if (faults.length) throw new Error(faults.join("\n"));
    },
  };
}

/** The widget of a page, as a resident handles it. */
export function chat(page) {
  const widget = page.locator("parvis-chat");
  const turns = widget.locator(".turn");
  return {
    widget,
    input: widget.getByRole("textbox", { name: /^(Votre question|Your question)$/ }),
    log: widget.getByRole("log"),
    turns,
    last: turns.last(),
    /** Waits for the end of the last answer: its verdict and its tools stand. */
    async answered(count) {
      await turns.nth(count - 1).locator(".tools").waitFor({ timeout: 10_000 });
      return turns.nth(count - 1);
    },
    async ask(question) {
      const count = await turns.count();
      await this.input.fill(question);
      await this.input.press("Enter");
      return this.answered(count + 1);
    },
  };
}

/** Keeps a picture where PARVIS_SCREENSHOTS says, for people to look at. */
export async function screenshot(page, name, options = {}) {
  const directory = process.env.PARVIS_SCREENSHOTS;
  if (!directory) return;
  mkdirSync(directory, { recursive: true });
  await page.screenshot({ path: join(directory, `${name}.png`), ...options });
}
