// The chat page, driven as a resident would.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./support/axe.mjs";
import { chat, screenshot, startWorld, visit } from "./support/world.mjs";

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world?.stop(); });

async function onChatPage(options, run, path = "/") {
  const visitor = await visit(world, options);
  await visitor.page.goto(world.origin + path);
  await run(visitor.page, chat(visitor.page), visitor);
  await visitor.leave();
}

test("it says that one speaks to a program, and what is kept for how long", async () => {
  await onChatPage({}, async (page, widget) => {
    await widget.log.getByText("Vous écrivez à un programme, pas à une personne").waitFor();
    await widget.log.getByText(/effacés au bout de 30\sjours/).waitFor();
    const link = widget.log.getByRole("link", { name: /Ce qui est conservé/ });
    assert.equal(new URL(await link.getAttribute("href")).pathname, "/confidentialite");
  });
});

test("a suggested question is asked and answered with its source", async () => {
  await onChatPage({}, async (page, widget) => {
    const suggestion = widget.widget.locator(".chip").first();
    const question = await suggestion.textContent();
    await suggestion.click();
    const turn = await widget.answered(1);
    await turn.getByRole("heading", { name: question }).waitFor();
    assert.ok((await turn.locator(".src a").count()) > 0, "the answer names its source");
  });
});

test("an answer about the pool shows statements, verdict, source and date, and keeps the focus in the input", async () => {
  await onChatPage({}, async (page, widget) => {
    const turn = await widget.ask("La piscine est-elle ouverte maintenant ?");
    assert.match(await turn.locator(".body").innerText(), /piscine/i);
    await turn.getByText("Réponse tirée de pages validées").waitFor();
    assert.match(await turn.locator(".src").innerText(), /Validé le (1er|\d+)\s\S+\s\d{4}/);
    assert.ok(await widget.input.evaluate((input) => input.getRootNode().activeElement === input), "the focus is in the input");
    assert.equal(await widget.input.inputValue(), "");
  });
});

test("statements show before the verdict while the answer streams", async () => {
  const visitor = await visit(world);
  // Notes what the reader of the page could see, in order, as the log grows.
  await visitor.page.addInitScript(() => {
    globalThis.seen = [];
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      const root = attach.call(this, init);
      new MutationObserver((records) => {
        for (const node of records.flatMap((record) => [...record.addedNodes])) {
          if (node.nodeType !== Node.ELEMENT_NODE) continue;
          if (node.classList.contains("verdict")) globalThis.seen.push("verdict");
          else if (node.closest(".body")) globalThis.seen.push("statement");
        }
      }).observe(root, { childList: true, subtree: true });
      return root;
    };
  });
  await visitor.page.goto(world.origin + "/");
  const response = visitor.page.waitForResponse((answer) => answer.url().endsWith("/api/v1/questions"));
  await chat(visitor.page).ask("La piscine est-elle ouverte maintenant ?");
  assert.match((await response).headers()["content-type"], /^text\/event-stream/);
  const seen = await visitor.page.evaluate(() => globalThis.seen);
  assert.equal(seen[0], "statement");
  assert.equal(seen.indexOf("verdict"), seen.lastIndexOf("statement") + 1, `the verdict comes last: ${seen}`);
  await visitor.leave();
});

test("a statement shows as soon as its bytes are there, however the network cuts them", async () => {
  const visitor = await visit(world);
  await visitor.page.addInitScript(() => {
    const real = window.fetch;
    window.fetch = (url, options) => {
      if (!String(url).endsWith("/api/v1/questions")) return real(url, options);
      const body = new ReadableStream({ start(controller) { window.stream = controller; } });
      return Promise.resolve(new Response(body, { headers: { "Content-Type": "text/event-stream" } }));
    };
  });
  await visitor.page.goto(world.origin + "/");
  const widget = chat(visitor.page);
  await widget.input.fill("Bonjour");
  await widget.input.press("Enter");
  const statement = (text) => `event: statement\r\ndata: ${JSON.stringify({ role: "answer", kind: "fixed", layout: "paragraph", text, language: "fr", sources: [] })}\r\n\r\n`;
  /** Sends the bytes from `from` up to `to` of the text. */
  const send = (text, from, to) => visitor.page.evaluate(([whole, start, end]) => window.stream.enqueue(new TextEncoder().encode(whole).slice(start, end)), [text, from, to]);
  const first = 'event: start\r\ndata: {"id":"a","conversation":"c","expires_at":"2026-04-17T10:15:00+02:00","language":"fr"}\r\n\r\n' + statement("Première phrase.");
  await send(first);
  await widget.last.getByText("Première phrase.").waitFor();
  assert.equal(await widget.last.locator(".verdict").count(), 0);
  await widget.widget.getByRole("button", { name: "Arrêter" }).waitFor();
  // One cut falls inside the two bytes of "É", one between \r and \n.
  const second = statement("École.");
  const inside = new TextEncoder().encode(second.slice(0, second.indexOf("É"))).length + 1;
  const length = new TextEncoder().encode(second).length;
  await send(second, 0, inside);
  await send(second, inside, length - 1);
  assert.equal(await widget.last.getByText("École.").count(), 0);
  await send(second, length - 1);
  await widget.last.getByText("École.").waitFor();
  await send('event: verdict\ndata: {"verdict":"answered","confidence":1,"suggestions":[]}\n\n');
  await visitor.page.evaluate(() => window.stream.close());
  await widget.answered(1);
  assert.equal(await widget.last.locator(".body p").count(), 2);
  await visitor.leave();
});

test("a source opens on our document page with the quoted sentence marked", async () => {
  await onChatPage({}, async (page, widget, visitor) => {
    const turn = await widget.ask("Quels sont les horaires de la piscine ?");
    const link = turn.locator(".src a").first();
    assert.match(await link.getAttribute("rel"), /noopener/);
    assert.match(await link.innerText(), /nouvelle fenêtre/);
    const [source] = await Promise.all([visitor.context.waitForEvent("page"), link.click()]);
    await source.waitForLoadState();
    const url = new URL(source.url());
    assert.match(url.pathname, /^\/s\/clairvigny\/documents\//);
    assert.match(await source.locator(".approved").innerText(), /Page validée le .+, par .+/);
    const marked = (await source.locator("mark").allInnerTexts()).join(" ").trim();
    assert.ok(marked.length > 0, "a passage is marked");
    assert.equal(await source.locator("mark#extrait").count(), 1);
    await assertAccessible(source, "a document page");
    await screenshot(source, "document-1280", { fullPage: true });
    await source.close();
  });
});

test("a follow-up is understood from the conversation", async () => {
  await onChatPage({}, async (page, widget) => {
    await widget.ask("La piscine est-elle ouverte maintenant ?");
    const turn = await widget.ask("et le samedi ?");
    const text = await turn.locator(".body").innerText();
    assert.match(text, /samedi/i);
    assert.match(text, /\d+\sh/, "hours are given");
  });
});

test("an emergency shows at once the numbers to call, as links", async () => {
  await onChatPage({}, async (page, widget) => {
    const turn = await widget.ask("Mon voisin fait un malaise, il ne respire plus");
    await turn.getByText(/Urgence\u202f: appelez tout de suite/).waitFor();
    assert.ok((await turn.locator('a[href="tel:15"], a[href="tel:112"]').count()) > 0, "15 or 112 can be dialled");
    await assertAccessible(page, "an emergency answer");
    await screenshot(page, "emergency-1280");
  });
});

test("what no validated page answers is said plainly, with someone to turn to", async () => {
  await onChatPage({}, async (page, widget) => {
    const turn = await widget.ask("Quel est le meilleur restaurant de sushis de Tokyo ?");
    await turn.getByText("Pas de réponse dans les pages validées").waitFor();
  });
});

test("feedback is sent, with a reason after a thumb down", async () => {
  await onChatPage({}, async (page, widget) => {
    const turn = await widget.ask("La piscine est-elle ouverte maintenant ?");
    await turn.getByRole("button", { name: "Non, cette réponse ne m’aide pas" }).click();
    await turn.getByRole("radio", { name: "Il manque quelque chose" }).check();
    await turn.getByText("N’écrivez ni nom, ni adresse, ni numéro").waitFor();
    await turn.getByLabel("Un commentaire (facultatif)").fill("Il manque le tarif.");
    await assertAccessible(page, "the feedback form");
    const sent = page.waitForRequest((request) => request.url().endsWith("/feedback"));
    await turn.getByRole("button", { name: "Envoyer l’avis" }).click();
    assert.deepEqual((await sent).postDataJSON(), { helpful: false, reason: "incomplete", comment: "Il manque le tarif." });
    await turn.getByText("Merci, votre avis est enregistré.").waitFor();
    const second = await widget.ask("et le samedi ?");
    await second.getByRole("button", { name: "Oui, cette réponse m’aide" }).click();
    await second.getByText("Merci, votre avis est enregistré.").waitFor();
  });
});

test("deleting a conversation asks first, then leaves nothing here nor on the server", async () => {
  await onChatPage({}, async (page, widget, visitor) => {
    await widget.ask("La piscine est-elle ouverte maintenant ?");
    const code = await page.evaluate(() => sessionStorage.getItem("parvis:clairvigny"));
    assert.ok(code, "the conversation's code is known");
    await widget.widget.getByRole("button", { name: "Effacer ma conversation" }).click();
    await widget.widget.getByRole("button", { name: "Annuler" }).click();
    assert.equal(await widget.turns.count(), 1);
    await widget.widget.getByRole("button", { name: "Effacer ma conversation" }).click();
    const sent = page.waitForResponse((response) => response.request().method() === "DELETE");
    await widget.widget.getByRole("button", { name: "Oui, effacer" }).click();
    assert.equal((await sent).status(), 204);
    const notice = widget.log.getByText("Votre conversation est effacée");
    await notice.waitFor();
    assert.ok((await notice.boundingBox()).y >= 0, "the notice is in sight");
    assert.equal(await widget.turns.count(), 0);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    const again = await visitor.context.request.delete(`${world.origin}/api/v1/conversations/${code}`);
    assert.equal(again.status(), 404);
    await widget.ask("Quels sont les horaires de la piscine ?");
  });
});

test("the answer is copied with its sources", async () => {
  await onChatPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page, widget) => {
    const turn = await widget.ask("La piscine est-elle ouverte maintenant ?");
    await turn.getByRole("button", { name: "Copier" }).click();
    await turn.getByText("Réponse copiée, avec ses sources.").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /piscine/i);
    assert.match(copied, /Validé le .+\n\s+http:\/\/127\.0\.0\.1/);
  });
});

test("only the conversation is printed", async () => {
  const visitor = await visit(world);
  await visitor.page.goto(world.origin + "/");
  const widget = chat(visitor.page);
  await widget.ask("La piscine est-elle ouverte maintenant ?");
  // The copy lives in a frame of its own, whose print is replaced as soon as it is there.
  await visitor.page.evaluate(() => {
    const root = document.querySelector("parvis-chat").shadowRoot;
    root.append = (frame) => {
      ShadowRoot.prototype.append.call(root, frame);
      frame.contentWindow.print = () => { window.printed = frame.contentDocument.body.innerText; };
    };
  });
  await widget.widget.getByRole("button", { name: "Imprimer" }).click();
  const printed = await visitor.page.evaluate(() => window.printed);
  assert.match(printed, /La piscine est-elle ouverte maintenant/);
  assert.doesNotMatch(printed, /Copier|Effacer|English/);
  await visitor.leave();
});

test("the keyboard alone is enough to ask, open a source, vote and delete", async () => {
  await onChatPage({}, async (page, widget) => {
    await widget.widget.locator(".chip").first().waitFor();
    /** Presses Tab until the focus is on something whose name matches. */
    const tabTo = async (pattern) => {
      for (let i = 0; i < 60; i += 1) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate(() => {
          let element = document.activeElement;
          while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
          const style = getComputedStyle(element);
          return {
            name: element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.textContent,
            outlined: element === document.body || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
          };
        });
        assert.ok(focus.outlined, `the focus is visible on “${focus.name}”`);
        if (pattern.test(focus.name)) return;
      }
      assert.fail(`Tab never reached ${pattern}`);
    };
    await tabTo(/Aller au contenu/);
    await tabTo(/Votre question/);
    await page.keyboard.type("La piscine est");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("elle ouverte ?");
    assert.equal(await widget.input.inputValue(), "La piscine est\nelle ouverte ?");
    await page.keyboard.press("Enter");
    const turn = await widget.answered(1);
    await page.evaluate(() => document.activeElement.shadowRoot.activeElement.blur());
    await tabTo(/nouvelle fenêtre/);
    await tabTo(/Oui, cette réponse m’aide/);
    await page.keyboard.press("Enter");
    await turn.getByText("Merci, votre avis est enregistré.").waitFor();
    await tabTo(/Effacer ma conversation/);
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await widget.log.getByText("Votre conversation est effacée").waitFor();
  });
});

test("a failing network is said plainly, and trying again sends the same key", async () => {
  await onChatPage({}, async (page, widget, visitor) => {
    const keys = [];
    page.on("request", (request) => { if (request.url().endsWith("/api/v1/questions")) keys.push(request.headers()["idempotency-key"]); });
    await page.route("**/api/v1/questions", (route) => route.abort(), { times: 1 });
    await widget.input.fill("La piscine est-elle ouverte maintenant ?");
    await widget.input.press("Enter");
    await widget.log.getByText("Le serveur de la ville ne répond pas").waitFor();
    visitor.expectComplaint(/ERR_FAILED/);
    await widget.last.getByRole("button", { name: "Réessayer" }).click();
    await widget.answered(1);
    assert.equal(await widget.turns.count(), 1);
    assert.equal(keys.length, 2);
    assert.match(keys[0], /^[0-9a-f]{32}$/);
    assert.equal(keys[0], keys[1]);
  });
});

test("too many questions are said with the time to wait, an unavailable server without jargon", async () => {
  await onChatPage({}, async (page, widget, visitor) => {
    const problem = (status, code, headers = {}) => (route) =>
      route.fulfill({ status, headers: { "content-type": "application/problem+json", ...headers }, body: JSON.stringify({ status, code, title: "x", detail: "y" }) });
    await page.route("**/api/v1/questions", problem(429, "too_many_requests", { "retry-after": "12" }), { times: 1 });
    await widget.input.fill("Bonjour");
    await widget.input.press("Enter");
    await widget.log.getByText(/Réessayez dans 12\ssecondes/).waitFor();
    visitor.expectComplaint(/429/);
    await page.route("**/api/v1/questions", problem(503, "unavailable"), { times: 1 });
    await widget.last.getByRole("button", { name: "Réessayer" }).click();
    await widget.log.getByText("L’assistant est momentanément indisponible").waitFor();
    visitor.expectComplaint(/503/);
    await assertAccessible(page, "an error");
  });
});

test("an answer cut short keeps what came, says so, and can be asked again", async () => {
  await onChatPage({}, async (page, widget) => {
    const body = [
      'event: start\r\ndata: {"id":"a","conversation":"c","expires_at":"2026-04-17T10:15:00+02:00","language":"fr"}\r\n\r\n',
      ': a comment\n\nevent: statement\ndata: {"role":"answer","kind":"fixed","layout":"paragraph",\ndata: "text":"Un début.","language":"fr","sources":[]}\n\n',
    ].join("");
    await page.route("**/api/v1/questions", (route) => route.fulfill({ headers: { "content-type": "text/event-stream" }, body }), { times: 1 });
    await widget.input.fill("Bonjour");
    await widget.input.press("Enter");
    await widget.log.getByText("La réponse s’est interrompue en chemin").waitFor();
    await widget.log.getByText("Un début.").waitFor();
  });
});

test("a conversation that has expired is replaced by a new one without bothering the resident", async () => {
  await onChatPage({}, async (page, widget, visitor) => {
    await page.evaluate(() => sessionStorage.setItem("parvis:clairvigny", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    await page.reload();
    await widget.ask("La piscine est-elle ouverte maintenant ?");
    visitor.expectComplaint(/404/);
    assert.notEqual(await page.evaluate(() => sessionStorage.getItem("parvis:clairvigny")), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  });
});

test("a question stops at 1,000 characters and says what is left", async () => {
  await onChatPage({}, async (page, widget) => {
    await widget.input.fill("a".repeat(990));
    await widget.widget.locator("#count").getByText(/Caractères restants\u202f: 10/).waitFor();
    await widget.input.press("End");
    await page.keyboard.type("b".repeat(20));
    assert.equal((await widget.input.inputValue()).length, 1000);
  });
});

test("text from the server is never read as markup", async () => {
  await onChatPage({}, async (page, widget) => {
    const turn = await widget.ask("<img src=x onerror=alert(1)><b>piscine</b>");
    assert.equal(await turn.locator("img, .q b").count(), 0);
    assert.match(await turn.locator(".q").innerText(), /<img src=x/);
  });
});

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [[360, 740], [1440, 900]]) {
    test(`at ${width} pixels in the ${colorScheme} scheme nothing overflows, the input is in sight, axe finds nothing`, async () => {
      await onChatPage({ colorScheme, viewport: { width, height } }, async (page, widget) => {
        await widget.widget.locator(".chip").first().waitFor();
        const fits = async (what) => {
          const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
          assert.ok(scroll <= client, `${what}: ${scroll} px wide for ${client}`);
          const box = await widget.input.boundingBox();
          assert.ok(box && box.y >= 0 && box.y + box.height <= height, `${what}: the input is in sight, at ${JSON.stringify(box)}`);
        };
        await fits("the empty page");
        // Where only its arrow shows, it is called so all the same.
        await widget.widget.getByRole("button", { name: "Envoyer la question" }).waitFor();
        await assertAccessible(page, "the empty page");
        await screenshot(page, `chat-${width}-${colorScheme}`);
        await widget.ask("Comment refaire ma carte d’identité ?");
        await fits("an answer");
        await assertAccessible(page, "an answer");
        await screenshot(page, `answer-${width}-${colorScheme}`);
        const small = await page.evaluate(() => {
          const root = document.querySelector("parvis-chat").shadowRoot;
          return [...root.querySelectorAll("button, textarea, .src a")].filter((element) => element.offsetParent)
            .map((element) => [element.textContent.trim() || element.id, element.getBoundingClientRect()])
            .filter(([, box]) => box.height < 44 || box.width < 44).map(([name, box]) => `${name}: ${box.width} × ${box.height}`);
        });
        assert.deepEqual(small, [], "targets of at least 44 pixels");
      });
    });
  }
}

test("the page reflows at 320 pixels, as with a zoom of 400 %", async () => {
  await onChatPage({ viewport: { width: 320, height: 256 } }, async (page, widget) => {
    await widget.ask("Comment refaire ma carte d’identité ?");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320));
    // With so little height the form must not cover the answer.
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("parvis-chat").shadowRoot.querySelector(".foot")).position), "static");
  });
});

test("with forced colours the page stays usable", async () => {
  await onChatPage({ forcedColors: "active" }, async (page, widget) => {
    await widget.ask("La piscine est-elle ouverte maintenant ?");
    await assertAccessible(page, "forced colours");
    await screenshot(page, "chat-forced-colors");
  });
});

test("the widget speaks English on the English page", async () => {
  await onChatPage({}, async (page, widget) => {
    assert.equal(await page.getAttribute("html", "lang"), "en");
    await widget.log.getByText("You are writing to a program, not to a person.").waitFor();
    const turn = await widget.ask("Is the swimming pool open now?");
    await turn.getByRole("button", { name: "Copy" }).waitFor();
    await assertAccessible(page, "the English page");
  }, "/?lang=en");
});
