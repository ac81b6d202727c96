// The chat page of a town with a language model, as a resident meets it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { assertAccessible } from "./support/axe.mjs";
import { chat, screenshot, startWorld, visit } from "./support/world.mjs";

const QUESTION = "Combien de livres peut-on emprunter à la médiathèque ?";
const PROVEN = "Pour 4 semaines, 12 documents à la fois (livres, revues, CD). [1]\n";
let model;
let world;
before(async () => {
  model = await startModel();
  world = await startWorld(`[model]\nservers = ["${model.origin}/v1"]\nname = "test"\ntranslations = true\n`);
});
after(async () => {
  await world?.stop();
  model?.close();
});

/** A model server that says `words` of the extracts and instructions that it is given; where these are null, it falls silent. */
async function startModel() {
  const held = { words: () => null };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const [instructions, material] = JSON.parse(body).messages.map((message) => message.content);
    const words = held.words(material, instructions);
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: words ?? "Vous" } }] })}\n\n`);
    if (words !== null) response.end("data: [DONE]\n\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  held.origin = `http://127.0.0.1:${server.address().port}`;
  held.close = () => { server.closeAllConnections(); server.close(); };
  return held;
}

/** The text of an answer once nothing more comes. */
async function whole(turn) {
  await turn.locator(".wait").waitFor({ state: "detached" });
  return turn.innerText();
}

test("a model's proven words stand beneath the extracts, said to be a program's", async () => {
  model.words = () => PROVEN;
  const visitor = await visit(world);
  await visitor.page.goto(world.origin);
  const widget = chat(visitor.page);
  const turn = await widget.ask(QUESTION);
  const lead = turn.getByText("Ces phrases sont écrites par un programme");
  await lead.waitFor();
  const text = await whole(turn);
  assert.ok(text.indexOf("12 documents") < text.indexOf("En plus simple"), "the extracts come first");
  assert.ok(text.indexOf("Source") < text.indexOf("En plus simple"), "with what proves them");
  await assertAccessible(visitor.page);
  await screenshot(visitor.page, "model");
  await visitor.leave();
});

test("who ticks the box beside the question gets very simple words, by the keyboard too, and only while it is ticked", async () => {
  model.words = (_, instructions) => (instructions.includes("une seule idée") ? PROVEN : "");
  const visitor = await visit(world);
  await visitor.page.goto(world.origin);
  const widget = chat(visitor.page);
  const box = widget.widget.getByRole("checkbox", { name: "Me répondre aussi en phrases très simples" });
  await box.waitFor();
  assert.equal(await box.isChecked(), false);
  await box.focus();
  await visitor.page.keyboard.press("Space");
  await assertAccessible(visitor.page);
  const turn = await widget.ask(QUESTION);
  assert.match(await whole(turn), /Très simple\.[^]*Pour 4 semaines, 12 documents/);
  await screenshot(visitor.page, "easy-to-read");
  await box.uncheck();
  const second = await widget.ask("Combien de documents puis-je emprunter à la médiathèque ?");
  assert.doesNotMatch(await whole(second), /Très simple/);
  await visitor.leave();
});

test("nobody is offered very simple words in another language than French", async () => {
  for (const lang of ["en", "fr"]) {
    const visitor = await visit(world, { locale: lang });
    await visitor.page.goto(`${world.origin}/?lang=${lang}`);
    const widget = chat(visitor.page);
    await widget.widget.locator(".hello p").first().waitFor();
    assert.equal(await widget.widget.getByRole("checkbox").count(), lang === "fr" ? 1 : 0);
    await visitor.leave();
  }
});

test("who asks in English reads the extract in English beneath the French one, marked as a machine's", async () => {
  const french = { heading: "Ce que vous pouvez emprunter", item: "12 documents à la fois (livres, revues, CD), pour 4 semaines." };
  const english = { heading: "What you can borrow", item: "12 documents at a time (books, magazines, CD), for 4 weeks." };
  model.words = (material) => {
    const text = /Texte : (.*)\n$/.exec(material)[1];
    for (const part of ["heading", "item"]) {
      if (text === french[part]) return english[part];
      if (text === english[part]) return french[part];
    }
    return "";
  };
  const visitor = await visit(world, { locale: "en" });
  await visitor.page.goto(`${world.origin}/?lang=en`);
  const widget = chat(visitor.page);
  const turn = await widget.ask("How many books can I borrow from the library?");
  const text = await whole(turn);
  const [quoted, machine, translated] = ["12 documents à la fois", "Machine translation", english.item].map((words) => text.indexOf(words));
  assert.ok(quoted >= 0 && quoted < machine && machine < translated, text);
  assert.equal(await turn.getByRole("heading", { name: english.heading }).count(), 1);
  assert.equal(await turn.locator("[lang=fr]").filter({ hasText: "12 documents à la fois" }).count(), 1);
  assert.equal(await turn.locator("[lang=fr]").filter({ hasText: english.item }).count(), 0);
  await assertAccessible(visitor.page);
  await screenshot(visitor.page, "translation");
  await visitor.leave();
});

test("while a model takes its time the extracts stand with their sources and thumbs, and the next question may be asked", async () => {
  model.words = () => null;
  const visitor = await visit(world);
  await visitor.page.goto(world.origin);
  const widget = chat(visitor.page);
  await widget.input.fill(QUESTION);
  await widget.input.press("Enter");
  const first = await widget.answered(1);
  await first.locator(".src a").first().waitFor();
  await first.getByText("Un programme écrit la suite").waitFor();
  await assertAccessible(visitor.page);
  await screenshot(visitor.page, "model-waiting");
  model.words = () => "";
  await widget.input.fill("La piscine est-elle ouverte maintenant ?");
  await widget.widget.getByRole("button", { name: /Envoyer/ }).click();
  const second = await widget.answered(2);
  assert.match(await whole(second), /piscine/i);
  await first.locator(".wait").waitFor({ state: "detached" });
  assert.equal(await widget.turns.nth(0).locator(".fail").count(), 0);
  await visitor.leave();
});
