// The widget on a page of another site, with that site's own strict content security policy.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { assertAccessible } from "./support/axe.mjs";
import { chat, screenshot, startWorld, visit } from "./support/world.mjs";

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world?.stop(); });

async function onForeignPage(options, run) {
  const visitor = await visit(world, options);
  await visitor.page.goto(world.foreign.origin + "/");
  const widget = chat(visitor.page);
  await run(visitor.page, Object.assign(widget, { launcher: widget.widget.getByRole("button", { name: /Une question/ }) }), visitor);
  await visitor.leave();
}

test("widget.js weighs less than 20 KB compressed and holds its texts", async () => {
  const response = await fetch(`${world.origin}/widget.js`);
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type"), /^(text|application)\/javascript/);
  const source = await response.text();
  const size = gzipSync(source, { level: 9 }).length;
  assert.ok(size < 20480, `${size} bytes compressed`);
  assert.match(source, /"widget-open":\s*"Une question\u202f\?"/);
});

test("nothing but the script is asked for until the resident opens the panel", async () => {
  await onForeignPage({}, async (page, { launcher, widget }, visitor) => {
    await launcher.waitFor();
    assert.deepEqual(visitor.requests.filter((url) => url.startsWith(world.origin)), [`${world.origin}/widget.js`]);
    await launcher.click();
    await widget.locator(".chip").first().waitFor();
    assert.ok(visitor.requests.includes(`${world.origin}/api/v1/site/clairvigny`));
  });
});

test("the panel opens, answers, opens a source on our page, and closes back to its button", async () => {
  await onForeignPage({}, async (page, widget, visitor) => {
    await widget.launcher.focus();
    await page.keyboard.press("Enter");
    await widget.widget.getByRole("dialog").waitFor();
    await screenshot(page, "panel-1280");
    await page.keyboard.type("La piscine est-elle ouverte maintenant ?");
    await page.keyboard.press("Enter");
    const turn = await widget.answered(1);
    await assertAccessible(page, "the open panel");
    const [source] = await Promise.all([visitor.context.waitForEvent("page"), turn.locator(".src a").first().click()]);
    await source.waitForLoadState();
    assert.equal(new URL(source.url()).origin, world.origin);
    assert.ok((await source.locator("mark").first().innerText()).length > 0);
    await source.close();
    await widget.input.focus();
    await page.keyboard.press("Escape");
    await widget.widget.getByRole("dialog").waitFor({ state: "hidden" });
    assert.ok(await widget.launcher.evaluate((button) => button.getRootNode().activeElement === button), "the focus is back on the button");
  });
});

test("a widget that names no site shows nothing, asks nobody and says why on the console", async () => {
  for (const html of ["", "<parvis-chat><p>Nous écrire</p></parvis-chat>"]) {
    const context = await world.browser.newContext();
    const page = await context.newPage();
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    const said = page.waitForEvent("console", (message) => message.type() === "error");
    await page.setContent(`<!doctype html><script src="${world.origin}/widget.js"></script>${html}`);
    assert.match((await said).text(), /^Parvis: .*names no site/);
    if (html) await page.getByText("Nous écrire").waitFor();
    assert.deepEqual(requests, [`${world.origin}/widget.js`]);
    await context.close();
  }
});

test("a follow-up, feedback and deletion work from another origin", async () => {
  await onForeignPage({}, async (page, widget) => {
    await widget.launcher.click();
    await widget.ask("La piscine est-elle ouverte maintenant ?");
    const turn = await widget.ask("et le samedi ?");
    assert.match(await turn.locator(".body").innerText(), /samedi/i);
    await turn.getByRole("button", { name: "Oui, cette réponse m’aide" }).click();
    await turn.getByText("Merci, votre avis est enregistré.").waitFor();
    await widget.widget.getByRole("button", { name: "Effacer ma conversation" }).click();
    await widget.widget.getByRole("button", { name: "Oui, effacer" }).click();
    await widget.log.getByText("Votre conversation est effacée").waitFor();
  });
});

test("the panel's title stays in sight when the answer is long", async () => {
  await onForeignPage({}, async (page, widget) => {
    await widget.launcher.click();
    await widget.ask("Comment refaire ma carte d’identité ?");
    const bar = await widget.widget.getByRole("button", { name: "Fermer" }).boundingBox();
    const panel = await widget.widget.getByRole("dialog").boundingBox();
    assert.ok(bar.y >= panel.y, "the bar has not scrolled away");
    await screenshot(page, "panel-answer-1280");
  });
});

for (const colorScheme of ["light", "dark"]) {
  test(`on a phone in the ${colorScheme} scheme the panel covers the page and holds the focus`, async () => {
    await onForeignPage({ viewport: { width: 360, height: 740 }, colorScheme }, async (page, widget) => {
      await assertAccessible(page, "the closed widget");
      await widget.launcher.click();
      await widget.widget.locator(".chip").first().waitFor();
      const panel = await widget.widget.getByRole("dialog").boundingBox();
      assert.deepEqual([panel.width, panel.height], [360, 740]);
      for (let i = 0; i < 12; i += 1) {
        await page.keyboard.press("Tab");
        assert.ok(await page.evaluate(() => !document.activeElement.closest("main")), "the page behind never takes the focus");
      }
      await widget.ask("Comment refaire ma carte d’identité ?");
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 360));
      const input = await widget.input.boundingBox();
      assert.ok(input.y + input.height <= 740, "the input is in sight");
      await assertAccessible(page, "the panel on a phone");
      await screenshot(page, `panel-360-${colorScheme}`);
      await page.keyboard.press("Escape");
      await widget.launcher.waitFor();
    });
  });
}

test("a site that is not allowed gets a plain refusal and no answer", async () => {
  const visitor = await visit(world);
  await visitor.page.goto(world.stranger.origin + "/");
  const widget = chat(visitor.page);
  await widget.widget.getByRole("button", { name: /Une question/ }).click();
  await widget.input.fill("La piscine est-elle ouverte maintenant ?");
  await widget.input.press("Enter");
  await widget.last.getByRole("button", { name: "Réessayer" }).waitFor();
  assert.equal(await widget.last.locator(".body > *").count(), 0);
  // Chromium logs each refusal as an error, which is right here.
  await visitor.context.close();
});

test("the town themes the widget with six custom properties", async () => {
  await onForeignPage({}, async (page, widget) => {
    await page.evaluate(() => {
      const style = document.querySelector("parvis-chat").style;
      for (const [name, value] of Object.entries({ accent: "rgb(0, 49, 137)", "on-accent": "rgb(255, 255, 254)", surface: "rgb(250, 250, 255)", text: "rgb(10, 10, 40)", radius: "0px", font: "monospace" })) {
        style.setProperty(`--parvis-${name}`, value);
      }
    });
    await widget.launcher.click();
    await widget.widget.locator(".chip").first().waitFor();
    const look = await page.evaluate(() => {
      const root = document.querySelector("parvis-chat").shadowRoot;
      const of = (selector) => getComputedStyle(root.querySelector(selector));
      return [of(".bar").backgroundColor, of(".bar").color, of("dialog").backgroundColor, of("dialog").color, of("dialog").borderRadius, of("dialog").fontFamily];
    });
    assert.deepEqual(look, ["rgb(0, 49, 137)", "rgb(255, 255, 254)", "rgb(250, 250, 255)", "rgb(10, 10, 40)", "0px", "monospace"]);
    await assertAccessible(page, "a themed panel");
  });
});

test("data-lang and data-scheme choose the language and the scheme", async () => {
  world.foreign.attributes = 'data-lang="en" data-scheme="dark"';
  try {
    const visitor = await visit(world);
    await visitor.page.goto(world.foreign.origin + "/");
    const widget = chat(visitor.page);
    await widget.widget.getByRole("button", { name: "A question?" }).click();
    await widget.log.getByText("You are writing to a program").waitFor();
    assert.equal(await widget.widget.getByRole("dialog").evaluate((panel) => getComputedStyle(panel).colorScheme), "dark");
    await assertAccessible(visitor.page, "a dark English panel");
    await visitor.leave();
  } finally {
    world.foreign.attributes = "";
  }
});

test("laid out from right to left, the panel mirrors and nothing overflows", async () => {
  await onForeignPage({ viewport: { width: 360, height: 740 } }, async (page, widget) => {
    await page.evaluate(() => { document.querySelector("parvis-chat").dir = "rtl"; });
    await widget.launcher.click();
    await widget.ask("Comment refaire ma carte d’identité ?");
    const button = await widget.widget.getByRole("button", { name: "Fermer" }).boundingBox();
    assert.ok(button.x < 60, "the close button is on the left");
    assert.ok(await widget.log.evaluate((log) => log.scrollWidth <= log.clientWidth), "nothing overflows");
    await screenshot(page, "panel-360-rtl");
  });
});
