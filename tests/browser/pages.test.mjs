// The path without JavaScript, and the pages that only inform.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./support/axe.mjs";
import { chat, screenshot, startWorld, visit } from "./support/world.mjs";

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world?.stop(); });

test("without JavaScript a question is answered by the server, followed up, and deleted", async () => {
  const visitor = await visit(world, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const { page } = visitor;
  await page.goto(world.origin + "/");
  await page.getByLabel("Votre question").fill("Quels sont les horaires de la piscine ?");
  await page.getByRole("button", { name: "Envoyer la question" }).click();
  const answer = page.locator("article.answer");
  await answer.getByText("Réponse tirée de pages validées").waitFor();
  assert.match(await answer.innerText(), /piscine/i);
  assert.ok(!page.url().includes("piscine"), "the question is not in the address");
  await screenshot(page, "no-script-360", { fullPage: true });
  await page.getByLabel("Une autre question").fill("et le samedi ?");
  await page.getByRole("button", { name: "Envoyer la question" }).click();
  await answer.getByText(/samedi/i).first().waitFor();
  const [source] = await Promise.all([visitor.context.waitForEvent("page"), answer.locator(".sources a").first().click()]);
  assert.ok((await source.locator("mark#extrait").innerText()).length > 0);
  await source.close();
  await page.getByRole("button", { name: "Effacer ma conversation" }).click();
  await page.getByText("Votre conversation est effacée").waitFor();
  await visitor.leave();
});

test("without JavaScript an empty or overlong question gets a plain error", async () => {
  for (const [question, title] of [["   ", "Question vide"], ["a".repeat(1001), "Question trop longue"]]) {
    const response = await fetch(`${world.origin}/`, { method: "POST", body: new URLSearchParams({ question }) });
    assert.ok(response.status >= 400 && response.status < 500, `${response.status}`);
    assert.match(await response.text(), new RegExp(title));
  }
});

test("the answer that the server wrote passes axe, and what is in the question stays text", async () => {
  const visitor = await visit(world);
  const { page } = visitor;
  // A form post, as without JavaScript, from a browser where axe can run.
  await page.goto(world.origin + "/");
  await page.evaluate(() => {
    const form = document.createElement("form");
    form.method = "post";
    const field = document.createElement("input");
    field.name = "question";
    field.value = "<i>piscine</i> horaires";
    form.append(field);
    document.body.append(form);
    form.submit();
  });
  await page.locator("article.answer").waitFor();
  assert.equal(await page.locator("article.answer i").count(), 0);
  await chat(page).input.waitFor();
  await assertAccessible(page, "an answer written by the server");
  await visitor.leave();
});

for (const [path, heading] of [["/confidentialite", "Vie privée"], ["/accessibilite", "Accessibilité"], ["/qualite", "Qualité et énergie"]]) {
  test(`${path} informs, in both schemes and on a phone`, async () => {
    for (const colorScheme of ["light", "dark"]) {
      const visitor = await visit(world, { colorScheme, viewport: { width: 360, height: 740 } });
      await visitor.page.goto(world.origin + path);
      assert.equal(await visitor.page.locator("h1").innerText(), heading);
      assert.ok(await visitor.page.evaluate(() => document.documentElement.scrollWidth <= 360));
      await assertAccessible(visitor.page, `${path} (${colorScheme})`);
      await screenshot(visitor.page, `${path.slice(1)}-360-${colorScheme}`, { fullPage: true });
      await visitor.leave();
    }
  });
}

test("the privacy page says how long, why, how to delete, and the rights", async () => {
  const html = await (await fetch(`${world.origin}/confidentialite`)).text();
  for (const words of [/30\sjours au plus/, /chiffrées/, /Effacer ma conversation/, /ni cookie/, /articles 15 à 21/, /CNIL/, /est un programme/]) assert.match(html, words);
});

test("a page that does not exist says so with a way back", async () => {
  const response = await fetch(`${world.origin}/s/clairvigny/documents/no-such-document`, { headers: { Accept: "text/html" } });
  assert.equal(response.status, 404);
  assert.match(await response.text(), /Cette page n’existe pas/);
});

test("French typography: no ordinary space before high punctuation, nor inside quotation marks", async () => {
  const visitor = await visit(world);
  const { page } = visitor;
  for (const path of ["/", "/confidentialite", "/accessibilite", "/qualite"]) {
    await page.goto(world.origin + path);
    if (path === "/") {
      const widget = chat(page);
      await widget.widget.locator(".chip").first().waitFor();
      await widget.ask("La piscine est-elle ouverte maintenant\u202f?");
      await widget.last.getByRole("button", { name: "Non, cette réponse ne m’aide pas" }).click();
    }
    // Every text and name of ours, in shadow roots too.
    const texts = await page.evaluate(() => {
      const found = [];
      const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE && !node.parentElement?.closest("script, style")) found.push(node.data);
        for (const name of ["aria-label", "placeholder", "title", "content"]) if (node.getAttribute?.(name)) found.push(node.getAttribute(name));
        if (node.shadowRoot) walk(node.shadowRoot);
        node.childNodes.forEach(walk);
      };
      walk(document.documentElement);
      return found;
    });
    const wrong = texts.filter((text) => /[\p{L}\p{N}] [:;!?»]|« |[\p{L}][:;!?](\s|$)|\p{L}'\p{L}/u.test(text));
    assert.deepEqual(wrong, [], path);
  }
  await visitor.leave();
});

test("every page forbids inline code and foreign hosts", async () => {
  for (const path of ["/", "/confidentialite", "/accessibilite", "/qualite"]) {
    const response = await fetch(world.origin + path);
    const policy = response.headers.get("content-security-policy");
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.equal(response.headers.get("set-cookie"), null);
  }
});
