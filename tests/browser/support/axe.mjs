// Runs axe-core over a page, shadow roots included, and fails with what it found.

import assert from "node:assert/strict";
import axe from "axe-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

export async function assertAccessible(page, what) {
  // Evaluated by the debugger's protocol, which the page's content security policy does not concern.
  await page.evaluate(axe.source);
  const result = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }), RULES);
  const findings = result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help}\n  ${node.target.join(" ")}\n  ${node.failureSummary}`));
  assert.deepEqual(findings, [], `axe on ${what}`);
  assert.ok(result.passes.length > 10, `axe looked at something on ${what}`);
}
