// The assistant's widget: one web component in a shadow root, plain JavaScript, nothing to build.
//
//   <script src="https://…/widget.js" data-site="clairvigny"></script>     a button that opens a panel
//   <parvis-chat site="clairvigny" mode="inline">…</parvis-chat>           inside a page (what we do on our own)
//
// ".../widget.js?lang=es" brings the texts of one language more than French and English.
//
// Options of the script: data-lang, data-mode (button, inline), data-scheme (light, dark). What stands inside
// <parvis-chat> shows where this script does not run. Six custom properties theme it: --parvis-accent,
// --parvis-on-accent, --parvis-surface, --parvis-text, --parvis-radius, --parvis-font.
//
// It asks nobody but the server it came from, sets no cookie, and keeps only the conversation's code, in
// sessionStorage, so that a conversation can still be deleted after moving to another page of the town.
(() => {
  "use strict";

  // The server replaces the braces by {"fr":{"widget-…":"…"},"en":{…}} when it starts.
  const TEXTS = /*TEXTS*/{}/*END*/;

  const SCRIPT = document.currentScript || document.querySelector('script[src*="widget.js"]');
  const BASE = new URL(".", SCRIPT ? SCRIPT.src : location.href);
  const MAX_QUESTION = 1000;
  const MAX_COMMENT = 500;
  const SILENCE_MS = 30000;
  const REASONS = ["wrong", "incomplete", "outdated", "unclear", "other"];
  const SMALL = matchMedia("(max-width: 480px), (max-height: 480px)");
  const CALM = matchMedia("(prefers-reduced-motion: reduce)");

  const ICONS = {
    ask: "M4 5.5h16v11H11l-4.5 3.5v-3.5H4z",
    send: "M5 12h13M12.5 6l6 6-6 6",
    stop: "M7 7h10v10H7z",
    close: "M6 6l12 12M18 6L6 18",
    up: "M7 20V11l4-7.5c1.4 0 2.2 1 2 2.3L12.5 9.500H18c1.200 0 2 1 1.800 2.100l-1.200 6.700c-.2 1-1 1.700-2 1.700zM7 11H4v9h3",
    down: "M17 4v9l-4 7.500c-1.400 0-2.200-1-2-2.300l.5-3.700H6c-1.200 0-2-1-1.800-2.100L5.400 5.700C5.600 4.700 6.400 4 7.400 4zM17 13h3V4h-3",
    copy: "M9 9h10v11H9zM15 9V4H5v11h4",
    print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    bin: "M4 7h16M9 7V4h6v3M6.500 7l1 13h9l1-13M10 11v5.500M14 11v5.500",
    retry: "M19 12a7 7 0 1 1-2.200-5.100M19 3.500v4.500h-4.500",
    out: "M10 5H5v14h14v-5M13.500 4.500H19.500V10.500M19 5l-8.500 8.500",
    phone: "M6 4h3.500l1.500 4.500-2 1.500c1 2.200 2.800 4 5 5l1.500-2L20 14.500V18c0 1.200-.8 2-2 2C10.800 20 4 13.200 4 6c0-1.200.8-2 2-2z",
    answered: "M4.500 12.500l5 5 10-11",
    partial: "M12 3.500a8.500 8.500 0 1 0 0 17zM12 3.500a8.500 8.500 0 0 1 0 17",
    clarify: "M8.500 9a3.500 3.500 0 1 1 5.200 3c-1.200.7-1.700 1.300-1.700 2.700M12 18.500v.5",
    outdated: "M12 3.500a8.500 8.500 0 1 0 .01 0zM12 7.500V12l3.500 2",
    elsewhere: "M12 21v-7M12 3v2M5 5h12l3 3-3 3H5z",
    unknown: "M12 3.500a8.500 8.500 0 1 0 .01 0zM8 12h8",
    emergency: "M12 3.500L22 20.500H2zM12 10v5M12 17.500v.5",
    notice: "M12 3.500a8.500 8.500 0 1 0 .01 0zM12 11v5.500M12 7.500v.5",
  };

  const PALETTE = {
    light: "--a:var(--parvis-accent,#17594a);--oa:var(--parvis-on-accent,#fff);--s:var(--parvis-surface,#fbf8f2);" +
      "--t:var(--parvis-text,#1d2926);--alert:#a3150f;--card:color-mix(in srgb,#fff 65%,var(--s));" +
      "--link:color-mix(in srgb,var(--a) 80%,var(--t))",
    // A town's accent is seldom made for a dark page: links lean on the text's colour there.
    dark: "--a:var(--parvis-accent,#2a6f5d);--oa:var(--parvis-on-accent,#fff);--s:var(--parvis-surface,#151b19);" +
      "--t:var(--parvis-text,#ece8df);--alert:#ffb3a7;--card:color-mix(in srgb,#fff 5%,var(--s));" +
      "--link:color-mix(in srgb,var(--a) 45%,var(--t))",
  };

  // Sizes are in em of a size that a page with a tiny root font cannot shrink; sides are logical, for right-to-left.
  const CSS = `
:host{all:initial;${PALETTE.light};color-scheme:light;display:block;
  --r:var(--parvis-radius,14px);
  --soft:color-mix(in srgb,var(--t) 76%,var(--s));
  --line:color-mix(in srgb,var(--t) 15%,var(--s));--edge:color-mix(in srgb,var(--t) 60%,var(--s));
  --tint:color-mix(in srgb,var(--a) 10%,var(--s));
  font:400 max(1rem,16px)/1.6 var(--parvis-font,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif);
  color:var(--t);text-align:start;-webkit-text-size-adjust:100%}
@media (prefers-color-scheme:dark){:host(:not([scheme=light])){${PALETTE.dark};color-scheme:dark}}
:host([scheme=dark]){${PALETTE.dark};color-scheme:dark}
@media (prefers-contrast:more){:host{--soft:var(--t)!important;--line:var(--t)!important;--edge:var(--t)!important;--link:var(--t)!important}}
:host([hidden]){display:none}
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
p,ul,ol,dl,dd,h2,h3,h4,fieldset{margin:0;padding:0;border:0}
h2,h3,h4{font-size:1em;line-height:1.35}
button,textarea,input{font:inherit;color:inherit;letter-spacing:inherit}
button{cursor:pointer;min-block-size:44px;min-inline-size:44px;border:1px solid transparent;border-radius:calc(var(--r)*.7);
  background:none;padding:.35em .7em;display:inline-flex;align-items:center;justify-content:center;gap:.45em;line-height:1.3;text-align:start}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.18em}
a:hover{text-decoration-thickness:2px}
:focus{outline:none}
:focus-visible{outline:3px solid var(--t);outline-offset:2px}
textarea:focus-visible{outline-width:2px;outline-offset:0;outline-color:var(--link);border-color:var(--link)}
svg{inline-size:1.25em;block-size:1.25em;flex:none;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.sr,dialog .wide{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.main{background:var(--a);color:var(--oa);font-weight:600}
.main:hover{background:color-mix(in srgb,var(--a) 86%,var(--t))}
.plain{border-color:var(--edge);background:var(--card)}
.plain:hover,.chip:hover{border-color:var(--a);background:var(--tint)}
.quiet{color:var(--soft);font-size:.9em}
@media (hover:hover){.quiet:hover{background:var(--tint);color:var(--t)}}

.launch{position:fixed;inset-block-end:max(1.1em,env(safe-area-inset-bottom));inset-inline-end:1.1em;z-index:2147483000;
  padding:.7em 1.15em;border-radius:999px;border-color:var(--oa);box-shadow:0 2px 5px #0003,0 8px 24px #0003}
dialog{position:fixed;inset:auto;inset-block-end:1.1em;inset-inline-end:1.1em;margin:0;padding:0;z-index:2147483001;
  inline-size:min(27em,calc(100vw - 2.2em));block-size:min(44em,calc(100dvh - 2.2em));max-inline-size:none;max-block-size:none;
  border:1px solid var(--edge);border-radius:var(--r);background:var(--s);color:var(--t);overflow:clip;
  box-shadow:0 3px 8px #0002,0 16px 48px #0004;flex-direction:column}
dialog[open]{display:flex}
dialog.small{inset:0;inline-size:100%;block-size:100dvh;border:0;border-radius:0}
dialog::backdrop{background:#0008}
.bar{display:flex;align-items:center;gap:.6em;background:var(--a);color:var(--oa);padding-block:.35em;padding-inline:1.1em .4em;flex:none}
.bar h2{flex:1;font-size:1.02em;font-weight:600}
.bar :focus-visible{outline-color:var(--oa);outline-offset:-4px}

.chat{display:flex;flex-direction:column;background:var(--s);min-block-size:0;flex:1}
.log{flex:1;min-block-size:0}
dialog .log{overflow-y:auto;overscroll-behavior:contain;padding:1.1em;scrollbar-width:thin}
dialog .log:focus-visible{outline-offset:-3px}
.hello{display:grid;gap:.6em;max-inline-size:42em}
.hello .small{font-size:.9em;color:var(--soft)}
.ideas{margin-block-start:1.3em}
.ideas h2,.ideas h3{font-size:.9em;font-weight:600;color:var(--soft);margin-block-end:.5em}
.chips{display:flex;flex-wrap:wrap;gap:.5em;list-style:none}
.chip{border-color:var(--edge);background:var(--card);border-radius:calc(var(--r)*1.5);padding:.4em 1em;overflow-wrap:anywhere}

.turn{margin-block-start:2em;scroll-margin-block-start:1em}
.turn:first-child{margin-block-start:0}
.q{inline-size:fit-content;max-inline-size:min(34em,88%);margin-inline-start:auto;background:var(--tint);
  border:1px solid color-mix(in srgb,var(--a) 28%,var(--s));border-radius:var(--r);border-end-end-radius:3px;padding:.55em .95em;
  font-weight:500;white-space:pre-wrap;overflow-wrap:anywhere}
.a{margin-block-start:1em;max-inline-size:44em;overflow-wrap:anywhere}
.body>*+*,.box>*+*{margin-block-start:.75em}
.body h3,.body h4{font-weight:650;margin-block-start:1.15em}
.body h3+*,.body h4+*{margin-block-start:.35em}
.lead{color:var(--soft)}
.cond{border-inline-start:3px solid var(--edge);padding-inline-start:.8em;font-weight:550}
.items li{margin-inline-start:1.3em}
.items li+li,.steps li+li{margin-block-start:.35em}
.items li::marker{color:var(--link)}
ol.steps{list-style:none;padding:0;counter-reset:n}
.steps li{counter-increment:n;position:relative;padding-inline-start:2.5em;min-block-size:1.9em}
.steps li+li{margin-block-start:.6em}
.steps li::before{content:counter(n);position:absolute;inset-inline-start:0;inset-block-start:0;inline-size:1.8em;block-size:1.8em;
  border-radius:50%;background:var(--a);color:var(--oa);font-size:.9em;font-weight:650;display:grid;place-items:center;line-height:1}
.rows{border-block-end:1px solid var(--line)}
.rows>div{border-block-start:1px solid var(--line);padding-block:.45em;display:flex;flex-wrap:wrap;gap:.1em 1.2em;justify-content:space-between}
.rows dt{font-weight:600;flex:1 1 9em}
.rows dd{flex:2 1 12em}
.box{border:1px solid var(--line);background:var(--card);border-radius:calc(var(--r)*.8);padding:.8em 1em}
.notice{border-inline-start:4px solid var(--edge)}
.contact{border-color:color-mix(in srgb,var(--a) 40%,var(--s));background:var(--tint)}
.box>.tag{display:flex;align-items:center;gap:.45em;font-size:.88em;font-weight:650;color:var(--link)}
.box>.tag+*{margin-block-start:.3em}
a.tel{display:inline-block;padding-block:.5em;margin-block:-.5em;white-space:nowrap;font-weight:600}
.verdict{display:flex;align-items:center;gap:.5em;margin-block-start:1.1em;font-size:.9em;font-weight:600;color:var(--link)}
.warn .verdict,.warn .verdict+.hint{color:var(--t)}
.hint{font-size:.9em;color:var(--soft)}
.emergency .a{border:2px solid var(--alert);border-radius:var(--r);padding:1em 1.1em;background:var(--card)}
.emergency .verdict{margin-block:0 .8em;color:var(--alert);font-size:1.1em}
.emergency .contact{background:none;border-color:var(--alert)}
.emergency .items{list-style:none}
.emergency .items li{margin:0}
.emergency a.tel{background:var(--alert);color:var(--s);border-radius:999px;padding:.3em .85em;margin:.12em .1em;min-block-size:44px;
  font-size:1.1em;text-decoration:none;line-height:1.75;min-inline-size:44px;text-align:center}
.src{margin-block-start:1em;border-block-start:1px solid var(--line);padding-block-start:.7em;font-size:.9em}
.src h3,.src h4{color:var(--soft);font-weight:600}
.src ol{list-style:none}
.src li{padding-block-start:.2em;display:flex;gap:.6em}
.src li>span:first-child{flex:none;color:var(--soft);padding-block-start:.62em;font-variant-numeric:tabular-nums}
.src a{display:inline-flex;align-items:center;gap:.4em;min-block-size:44px;font-weight:600;line-height:1.3;padding-block:.5em}
.src a svg{inline-size:1em;block-size:1em}
.src small{display:block;font-size:.95em;color:var(--soft);margin-block-start:-.45em}
sup.ref{font-size:.72em;line-height:0}
sup.ref a{padding:.6em .5em;text-decoration:none}
.tools{display:flex;flex-wrap:wrap;align-items:center;gap:.1em .2em;margin-block-start:.6em;margin-inline-start:-.5em}
.tools button[aria-pressed=true]{color:var(--link);background:var(--tint)}
.why{display:grid;gap:.6em;margin-block-start:.6em;border:1px solid var(--line);border-radius:calc(var(--r)*.8);padding:1em;background:var(--card)}
.why legend{font-weight:600;padding:0;margin-block-end:.2em}
.why label.pick,.foot label.pick{accent-color:var(--link);display:flex;align-items:center;gap:.6em;min-block-size:44px;font-weight:400;margin:0}
.why input{accent-color:var(--a);inline-size:1.25em;block-size:1.25em;margin:0;flex:none}
.line{display:flex;flex-wrap:wrap;gap:.5em;align-items:center}
.more:not(:empty){border-block-start:1px solid var(--line);margin-block-start:.8em;padding-block-start:.8em}
.wait{display:flex;align-items:center;gap:.7em;color:var(--soft)}
.wait i{inline-size:.7em;block-size:.7em;border-radius:50%;background:var(--a);animation:breathe 1.4s ease-in-out infinite}
@keyframes breathe{50%{opacity:.25;transform:scale(.75)}}
.fail{border-inline-start:4px solid var(--alert)}

.foot{flex:none;padding-block-start:1.2em;background:var(--s)}
dialog .foot{padding:.7em 1.1em .6em;border-block-start:1px solid var(--line)}
.inline .log{padding-block-end:1.2em}
.inline .foot{position:sticky;inset-block-end:0;padding-block-end:.7em;z-index:1}
.inline .foot::before{content:"";position:absolute;inset-inline:0;inset-block-end:100%;block-size:1.4em;pointer-events:none;background:linear-gradient(transparent,var(--s))}
@media (max-height:600px){.inline .foot{position:static}.inline .foot::before{display:none}}
dialog .after{padding-inline:1.1em}
.foot label{display:block;font-weight:600;font-size:.92em;margin-block-end:.35em}
textarea{display:block;inline-size:100%;resize:none;field-sizing:content;min-block-size:3.25em;max-block-size:9.500em;
  border:1px solid var(--edge);border-radius:calc(var(--r)*.8);background:var(--card);padding:.75em .9em;line-height:1.5}
textarea::placeholder{color:var(--soft);opacity:1}
.entry{display:flex;align-items:flex-end;gap:.5em}
.entry textarea{flex:1;min-inline-size:0}
.entry button{min-block-size:3.25em;min-inline-size:3.25em;padding-inline:.9em;border-radius:calc(var(--r)*.8)}
.count{font-size:.85em;color:var(--soft);margin-block-start:.3em;font-variant-numeric:tabular-nums}
.under{display:flex;flex-wrap:wrap;align-items:center;margin-inline-start:-.5em}
.under button{padding-inline:.5em}
.sure{margin-block:.3em .6em;display:grid;gap:.6em}
.done{margin-block-end:1em}
@media (max-width:480px){.q{max-inline-size:94%}.wide{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media (forced-colors:active){.main,.chip,.q,.steps li::before,.emergency a.tel{border:1px solid ButtonText}.tools button[aria-pressed=true]{border-color:Highlight}}
@media print{.foot,.tools,.launch,.bar,.ideas,.why,.hello{display:none!important}.turn{break-inside:avoid-page}}
`;

  // Only for the printed copy, which lives in a frame of its own so that the page around it is not printed.
  const PRINT_CSS = `body{font:11pt/1.5 Georgia,serif;color:#000;margin:0}h1{font-size:15pt}h2,h3{font-size:12pt;margin:1.2em 0 .3em}
p,ul,ol,dl{margin:.4em 0}svg,sup{display:none}.sr{display:none}a{color:#000}.src a::after{content:" (" attr(data-plain) ")";font-size:8.500pt;word-break:break-all}
small{display:block}.box{border:1px solid #999;padding:.4em .8em}.turn{border-top:1px solid #999;padding-top:.4em;margin-top:1em}
.rows>div{display:flex;gap:1em}dt{font-weight:bold}dd{margin:0}`;

  /** Makes an element: properties starting with "on" are listeners, others attributes; false and null are left out. */
  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  }

  function icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  // crypto.randomUUID is missing on pages served without TLS; getRandomValues is everywhere.
  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // A sheet made by script passes a host page's style-src; a <style> element would not.
  function style(root, css) {
    const view = root.defaultView || window;
    try {
      const sheet = new view.CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
    } catch {
      const element = document.createElement("style");
      element.textContent = css;
      (root.head || root).append(element);
    }
  }

  const DIALABLE = /(?:\+33[ .\u00a0\u202f]?|0)[1-9](?:[ .\u00a0\u202f]?\d{2}){4}(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?:\/\/[^\s<>«»"]+[^\s<>«»".,;:!?)\u00a0\u202f]/g;
  const URGENT = /(?<![\d,.]|\d[ \u00a0\u202f])(?:112|114|119|15|17|18|39[ \u00a0\u202f]?19|31[ \u00a0\u202f]?14)(?![\d,.]\d|\d|[ \u00a0\u202f]?(?:h|%|€))/g;

  /** Turns phone numbers, addresses and web addresses of the text under `element` into links. */
  function linkify(element, pattern) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("a")) nodes.push(walker.currentNode);
    for (const node of nodes) {
      const parts = [];
      let from = 0;
      for (const found of node.data.matchAll(pattern)) {
        const text = found[0];
        const mail = text.includes("@");
        const web = text.startsWith("http");
        const href = web ? text : mail ? "mailto:" + text : "tel:" + text.replace(/[^\d+]/g, "");
        parts.push(node.data.slice(from, found.index),
          h("a", { href, class: mail || web ? null : "tel", rel: web ? "noopener" : null, target: web ? "_blank" : null }, text));
        from = found.index + text.length;
      }
      if (parts.length) node.replaceWith(...parts, node.data.slice(from));
    }
  }

  /** Calls `emit(event, data)` for each event of a server-sent stream, as its bytes arrive. */
  async function readEvents(response, emit, alive) {
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let buffer = "";
    for (;;) {
      const { done, value } = await reader.read();
      alive();
      buffer += done ? decoder.decode() + "\n\n" : decoder.decode(value, { stream: true });
      // A lone \r at the end may be half of \r\n: it waits for the next bytes.
      buffer = buffer.replace(/\r\n|\r(?!$)/g, "\n");
      let end;
      while ((end = buffer.indexOf("\n\n")) >= 0) {
        let event = "message";
        const data = [];
        for (const line of buffer.slice(0, end).split("\n")) {
          const [, field, content] = /^([^:]*):? ?(.*)$/.exec(line);
          if (field === "event") event = content;
          else if (field === "data") data.push(content);
        }
        buffer = buffer.slice(end + 2);
        if (data.length) emit(event, JSON.parse(data.join("\n")));
      }
      if (done) return;
    }
  }

  /** A failure that the server described, or that we met on the way to it. */
  class Failure extends Error {
    constructor(code, problem, wait) {
      super(code);
      this.code = code;
      this.problem = problem || {};
      this.wait = wait;
    }
  }

  /** For whoever embeds the widget: nothing shows, and this says why. */
  function complain(what) { console.error("Parvis: " + what + ", with the site's key as in parvis.toml."); }

  class ParvisChat extends HTMLElement {
    connectedCallback() {
      if (this.root) return;
      this.site = this.getAttribute("site") || "";
      if (!this.site) return complain('<parvis-chat> names no site; write <parvis-chat site="KEY">');
      this.inline = this.getAttribute("mode") === "inline";
      const wanted = [this.getAttribute("lang"), document.documentElement.lang, ...(navigator.languages || []), "fr"];
      this.language = wanted.map((tag) => (tag || "").toLowerCase().split("-")[0]).find((tag) => TEXTS[tag]) || "fr";
      this.conversation = this.getAttribute("conversation") || this.recall();
      this.turns = [];
      this.level = this.inline ? 2 : 3;
      this.root = this.attachShadow({ mode: "open" });
      style(this.root, CSS);
      this.build();
      if (this.inline) this.greet();
    }

    /** A text of ours, its {$variables} filled in. */
    t(id, variables) {
      const text = (TEXTS[this.language] || {})["widget-" + id] || id;
      return text.replace(/\{ ?\$(\w+) ?\}/g, (whole, name) => (variables && name in variables ? variables[name] : whole));
    }

    // -- The code of the conversation; storage may be refused, and then memory has to do.

    recall() {
      try { return sessionStorage.getItem("parvis:" + this.site) || ""; } catch { return ""; }
    }

    remember(code) {
      this.conversation = code;
      try {
        if (code) sessionStorage.setItem("parvis:" + this.site, code);
        else sessionStorage.removeItem("parvis:" + this.site);
      } catch { /* kept in memory */ }
    }

    // -- The frame.

    build() {
      const button = (id, name, kind, onclick) => h("button", { type: "button", class: kind, onclick }, name && icon(name), h("span", {}, this.t(id)));
      this.log = h("div", { class: "log", role: "log", tabindex: this.inline ? null : 0, "aria-label": this.t("log-label") });
      this.hello = h("div", { class: "hello" });
      this.ideas = h("div", { class: "ideas", hidden: true });
      this.log.append(this.hello, this.ideas);
      this.status = h("p", { role: "status", class: "sr" });
      this.input = h("textarea", {
        id: "question", rows: 1, maxlength: MAX_QUESTION, dir: "auto", autocomplete: "off", enterkeyhint: "send", "aria-describedby": "count",
        placeholder: this.t("input-placeholder"), oninput: () => this.count(),
        onkeydown: (event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            this.submit();
          }
        },
      });
      this.counter = h("p", { id: "count", class: "count", hidden: true });
      this.easy = h("input", { type: "checkbox" });
      this.easyBox = h("label", { class: "pick", hidden: true }, this.easy, h("span", {}, this.t("easy-to-read")));
      this.sendButton = h("button", { type: "submit", class: "main" }, icon("send"), h("span", { class: "wide" }, this.t("send") + " "), h("span", { class: "sr" }, this.t("send-long")));
      this.stopButton = h("button", { type: "button", class: "plain", hidden: true, onclick: () => this.running && this.running.abort("stopped") }, icon("stop"), h("span", {}, this.t("stop")));
      this.deleteButton = button("delete", "bin", "quiet", () => this.confirmDeletion());
      this.printButton = button("print", "print", "quiet", () => this.print());
      this.sure = h("div", { class: "sure box", role: "group", "aria-label": this.t("delete"), hidden: true });
      const foot = h("div", { class: "foot" },
        h("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); this.submit(); } },
          h("label", { for: "question" }, this.t("input-label")),
          h("div", { class: "entry" }, this.input, this.sendButton, this.stopButton),
          this.counter, this.easyBox));
      const after = h("div", { class: "after" }, this.sure, h("div", { class: "under" }, this.deleteButton, this.printButton));
      this.chat = h("div", { class: "chat" + (this.inline ? " inline" : ""), lang: this.language });
      // Everything inside follows the direction of our language, whatever the page's.
      this.dir = ["ar", "fa", "he", "ur"].includes(this.language) ? "rtl" : "ltr";
      for (const type of ["wheel", "touchmove"]) this.chat.addEventListener(type, () => { this.scrolled = true; }, { passive: true });
      this.updateTools();
      if (this.inline) {
        this.chat.append(this.log, foot, after, this.status);
        this.root.append(this.chat);
        return;
      }
      this.launcher = h("button", { type: "button", class: "launch main", lang: this.language, "aria-haspopup": "dialog", onclick: () => this.open() }, icon("ask"), h("span", {}, this.t("open")));
      this.chat.append(this.log, foot, after, this.status);
      this.dialog = h("dialog", {
        lang: this.language, "aria-labelledby": "title",
        // A modal dialog closes by itself on Escape; one beside the page does not.
        onkeydown: (event) => { if (event.key === "Escape") { event.preventDefault(); this.close(); } },
        oncancel: (event) => { event.preventDefault(); this.close(); },
      },
      h("div", { class: "bar" }, h("h2", { id: "title" }, this.t("title")),
        h("button", { type: "button", "aria-label": this.t("close"), title: this.t("close"), onclick: () => this.close() }, icon("close"))),
      this.chat);
      this.root.append(this.launcher, this.dialog);
      SMALL.addEventListener("change", () => { if (this.dialog.open) { this.dialog.close(); this.show(); } });
    }

    open() {
      this.greet();
      this.show();
      this.launcher.hidden = true;
      this.input.focus();
    }

    // On a small screen the panel covers the page: focus must stay in it. Beside a page, it must not be held.
    show() {
      this.dialog.classList.toggle("small", SMALL.matches);
      if (SMALL.matches) this.dialog.showModal();
      else this.dialog.show();
    }

    close() {
      this.dialog.close();
      this.launcher.hidden = false;
      this.launcher.focus();
    }

    /** Says who speaks; the first request to the server is made here, when the resident opens the panel. */
    async greet() {
      if (this.greeted) return;
      this.greeted = true;
      let site = { languages: [], suggestions: [], retention_days: 30, privacy_url: "/confidentialite", name: "" };
      try {
        const response = await fetch(this.url("/api/v1/site/" + encodeURIComponent(this.site)), {
          credentials: "omit", headers: { "Accept-Language": this.language },
        });
        if (response.ok) site = Object.assign(site, await response.json());
      } catch { /* Asking will say what is wrong, with a way to try again. */ }
      this.siteLanguages = site.languages;
      // What is very simple is written in French alone.
      this.easyBox.hidden = !site.easy_to_read || this.language !== "fr";
      if (site.name && this.dialog) this.root.getElementById("title").textContent = this.t("title-town", { town: site.name });
      this.hello.replaceChildren(
        h("p", {}, this.t("greeting")),
        h("p", { class: "small" }, this.t("retention", { days: site.retention_days }), " ",
          h("a", { href: this.url(site.privacy_url), target: "_blank", rel: "noopener" }, this.t("retention-link"), this.newWindow())),
        this.conversation && !this.turns.length ? h("p", { class: "small" }, this.t("resumed")) : "");
      if (site.suggestions.length) {
        this.ideas.replaceChildren(h("h" + this.level, {}, this.t("suggestions")), this.chips(site.suggestions));
        this.ideas.hidden = this.turns.length > 0;
      }
    }

    // -- Small pieces.

    url(path) { return new URL(path, BASE).href; }

    say(text) {
      // The same words twice in a row would not be read again.
      this.status.textContent = "";
      setTimeout(() => { this.status.textContent = text; }, 50);
    }

    newWindow() { return h("span", { class: "sr" }, " " + this.t("new-window")); }

    chips(questions) {
      return h("ul", { class: "chips" }, questions.map((question) =>
        h("li", {}, h("button", { type: "button", class: "chip", dir: "auto", onclick: () => this.ask(question) }, question))));
    }

    count() {
      const left = MAX_QUESTION - this.input.value.length;
      this.counter.hidden = left > 200;
      this.counter.textContent = this.t("counter", { left });
      if (left === 100 || left === 0) this.say(this.counter.textContent);
    }

    updateTools() {
      this.deleteButton.hidden = !this.conversation && !this.turns.length;
      this.printButton.hidden = !this.turns.length;
    }

    setRunning(controller) {
      this.running = controller;
      this.sendButton.hidden = !!controller;
      this.stopButton.hidden = !controller;
    }

    // -- Asking.

    submit() {
      const question = this.input.value.trim();
      if (!this.mayAsk()) return;
      if (question) {
        this.input.value = "";
        this.count();
        this.ask(question);
      } else this.say(this.t("empty"));
      this.input.focus();
    }

    /** Whether nothing is awaited but more words on an answer that stands: a model may take its time. */
    mayAsk() {
      return !this.running || this.runningTurn.statements.length > 0;
    }

    ask(question) {
      if (!this.mayAsk()) return;
      this.running?.abort("left");
      const body = { site: this.site, question };
      if (this.conversation) body.conversation = this.conversation;
      // The server recognises the question's language; only a choice other than the site's own is worth saying.
      if (this.siteLanguages && this.siteLanguages.includes(this.language) && this.siteLanguages[0] !== this.language) body.language = this.language;
      if (this.easy.checked) body.easy_to_read = true;
      const turn = { question, body, key: newKey() };
      turn.answer = h("div", { class: "a" });
      turn.element = h("div", { class: "turn" },
        h("h" + this.level, { class: "q" }, h("span", { class: "sr" }, this.t("you") + " "), h("span", { dir: "auto" }, question)), turn.answer);
      this.ideas.hidden = true;
      this.done?.remove();
      this.turns.push(turn);
      this.log.append(turn.element);
      this.updateTools();
      this.input.focus();
      this.fetchAnswer(turn);
    }

    /** Asks the server; called again with the same turn, it sends the same key, so nothing is answered twice. */
    async fetchAnswer(turn) {
      const controller = new AbortController();
      this.setRunning(controller);
      this.runningTurn = turn;
      this.scrolled = false;
      Object.assign(turn, { statements: [], sources: new Map(), verdict: null, content: h("div", { class: "body" }) });
      const wait = h("p", { class: "wait" }, h("i"), this.t("waiting"));
      turn.element.classList.remove("emergency", "warn");
      turn.answer.replaceChildren(turn.content, wait);
      this.follow(turn);
      let silence;
      const alive = () => { clearTimeout(silence); silence = setTimeout(() => controller.abort("silent"), SILENCE_MS); };
      alive();
      try {
        const response = await fetch(this.url("/api/v1/questions"), {
          method: "POST", credentials: "omit", signal: controller.signal, body: JSON.stringify(turn.body),
          headers: { "Content-Type": "application/json", Accept: "text/event-stream, application/json;q=0.5", "Idempotency-Key": turn.key },
        });
        const type = response.headers.get("Content-Type") || "";
        if (!response.ok) {
          const problem = type.includes("json") ? await response.json() : {};
          throw new Failure(problem.code || (response.status === 429 ? "too_many_requests" : "unavailable"), problem, Number(response.headers.get("Retry-After")));
        }
        const take = (event, data) => {
          alive();
          if (event === "start") { turn.id = data.id; this.remember(data.conversation); }
          else if (event === "statement") { if (!turn.verdict) wait.remove(); this.sendButton.hidden = false; this.addStatement(turn, data); this.follow(turn); }
          else if (event === "settled") { this.addVerdict(turn, data); this.expectMore(turn, wait); this.follow(turn); }
          else if (event === "verdict") { wait.remove(); if (turn.verdict) this.refer(turn); else this.addVerdict(turn, data); this.follow(turn); }
          else if (event === "error") throw new Failure(data.code || "unavailable", data);
        };
        if (type.includes("event-stream")) await readEvents(response, take, alive);
        else {
          // A proxy that cannot stream may make the server fall back on one JSON answer.
          const whole = await response.json();
          take("start", whole);
          whole.statements.forEach((statement) => take("statement", statement));
          take("verdict", whole);
        }
        if (!turn.verdict) throw new Failure("interrupted");
      } catch (error) {
        wait.remove();
        if (error.code === "unknown_conversation" && turn.body.conversation) {
          // It has expired: the question is still good, for a new conversation under a new key.
          this.remember("");
          delete turn.body.conversation;
          turn.key = newKey();
          clearTimeout(silence);
          return this.fetchAnswer(turn);
        }
        if (!turn.verdict && turn.sources.size) turn.answer.append(this.sourceList(turn));
        // What a model would have added is not missed: the answer stands.
        if (!turn.verdict && controller.signal.reason !== "left") this.addFailure(turn, error, controller.signal.reason);
      } finally {
        clearTimeout(silence);
        if (this.running === controller) this.setRunning(null);
        this.updateTools();
      }
    }

    /** Brings the question to the top as its answer grows, never further: one reads from the beginning. */
    follow(turn) {
      if (this.scrolled) return;
      const behavior = CALM.matches ? "auto" : "smooth";
      if (this.inline) turn.element.scrollIntoView({ block: "start", behavior });
      // scrollIntoView would also scroll what is around the panel.
      else this.log.scrollTo({ top: turn.element.offsetTop - this.log.offsetTop - 16, behavior });
    }

    addFailure(turn, error, reason) {
      const code = reason === "stopped" ? "stopped" : error instanceof Failure ? error.code : !navigator.onLine ? "offline" : "unreachable";
      const known = (TEXTS[this.language] || {})["widget-error-" + code];
      const text = code === "too_many_requests" && error.wait ? this.t("error-wait", { seconds: error.wait })
        : known || error.problem?.detail || this.t("error-unavailable");
      const box = h("div", { class: "box fail" }, h("p", {}, text),
        h("button", { type: "button", class: "plain", onclick: () => { if (!this.running) { this.input.focus(); this.fetchAnswer(turn); } } }, icon("retry"), this.t("retry")));
      turn.answer.append(box);
      this.follow(turn);
    }

    // -- Rendering an answer, append-only.

    addStatement(turn, statement) {
      turn.statements.push(statement);
      const { role, layout, text } = statement;
      const boxed = role === "contact" || role === "notice";
      // Statements that follow each other under one role share a box; in it, those of one layout share a list.
      let box = turn.content;
      if (boxed) {
        box = turn.content.lastElementChild;
        if (!box || box.dataset.role !== role) {
          box = h("div", { class: "box " + role, "data-role": role }, h("p", { class: "tag" }, icon(role === "contact" ? "phone" : "notice"), this.t("tag-" + role)));
          turn.content.append(box);
        }
      }
      const attributes = { dir: "auto", lang: statement.language && statement.language !== this.language ? statement.language : null };
      const list = (tag, kind) => {
        const last = box.lastElementChild;
        if (last && last.dataset.list === kind) return last;
        const made = h(tag, { class: kind, "data-list": kind });
        box.append(made);
        return made;
      };
      // "Label — heading : cell ; heading : cell", or "term : definition".
      const row = layout === "row" && (/^(.+?) — (.+)$/s.exec(text) || /^(.+?)[\s\u00a0\u202f]:\s(.+)$/s.exec(text));
      let element;
      if (row) {
        element = h("dd", attributes, ...row[2].split(/[\s\u00a0\u202f];\s/).flatMap((cell, i) => (i ? [h("br"), cell] : [cell])));
        list("dl", "rows").append(h("div", {}, h("dt", { dir: "auto" }, row[1]), element));
      } else if (layout === "item" || layout === "row") {
        element = h("li", attributes, text);
        list("ul", "items").append(element);
      } else if (layout === "step") {
        element = h("li", attributes, text);
        list("ol", "steps").append(element);
      } else {
        element = layout === "heading" ? h("h" + (this.level + 1), attributes, text)
          : h("p", { class: role === "condition" ? "cond" : role === "lead" ? "lead" : null, ...attributes }, text);
        box.append(element);
      }
      linkify(element, DIALABLE);
      for (const source of statement.sources || []) {
        // One entry for each document; a statement's own reference opens on its own sentence.
        const name = source.document || source.url;
        if (!turn.sources.has(name)) turn.sources.set(name, { source, number: turn.sources.size + 1, uses: [] });
        if (layout !== "heading") turn.sources.get(name).uses.push({ element, url: source.url });
      }
    }

    /** The answer stands with its sources; a model's words on it come beneath. */
    expectMore(turn, wait) {
      turn.content = h("div", { class: "body more" });
      wait.lastChild.textContent = this.t("more-comes");
      turn.answer.append(turn.content, wait);
    }

    addVerdict(turn, data) {
      turn.verdict = data.verdict;
      const urgent = data.verdict === "emergency";
      turn.element.classList.toggle("emergency", urgent);
      turn.element.classList.toggle("warn", !["answered", "emergency"].includes(data.verdict));
      const line = h("p", { class: "verdict" }, icon(ICONS[data.verdict] ? data.verdict : "unknown"), this.t("verdict-" + data.verdict));
      if (urgent) {
        linkify(turn.content, URGENT);
        turn.answer.prepend(line);
      } else turn.answer.append(line);
      if (turn.sources.size) turn.answer.append(this.sourceList(turn));
      if (data.suggestions && data.suggestions.length) {
        turn.answer.append(h("div", { class: "ideas", "aria-live": "off" },
          h("h" + (this.level + 1), {}, this.t(data.verdict === "clarify" ? "choices" : "more")), this.chips(data.suggestions)));
      }
      turn.answer.append(this.tools(turn));
    }

    /** Numbers the sources of what was said since, where there are several. */
    refer(turn) {
      for (const { number, source, uses } of turn.sources.values()) {
        for (const { element, url } of uses.splice(0)) {
          if (turn.sources.size > 1) element.append(h("sup", { class: "ref" }, h("a", {
            href: this.url(url), target: "_blank", rel: "noopener", "aria-label": this.t("source-number", { number, title: source.title }),
          }, String(number))));
        }
      }
    }

    sourceList(turn) {
      this.refer(turn);
      const entries = [...turn.sources.values()];
      return h("div", { class: "src", "aria-live": "off" }, h("h" + (this.level + 1), {}, this.t(entries.length > 1 ? "sources" : "source")),
        h("ol", {}, entries.map(({ number, source }) => h("li", {},
          entries.length > 1 && h("span", { "aria-hidden": "true" }, number + "."),
          h("div", {},
            h("a", { href: this.url(source.url), target: "_blank", rel: "noopener", "data-plain": this.url(source.url).split("#")[0] },
              h("span", { dir: "auto" }, source.title), icon("out"), this.newWindow()),
            h("small", {}, source.publisher, " · ", this.t(source.trusted ? "trusted" : "approved", { date: source.approved_on_text })))))));
    }

    tools(turn) {
      const note = h("span", { class: "hint", role: "status" });
      const vote = (name, id, onclick) => h("button", { type: "button", class: "quiet", "aria-pressed": "false", title: this.t(id), "aria-label": this.t(id), onclick }, icon(name));
      const up = vote("up", "helpful", async () => {
        turn.why?.remove();
        if (await this.sendFeedback(turn, { helpful: true }, note)) this.voted(up, down);
      });
      const down = vote("down", "unhelpful", () => {
        if (turn.why?.isConnected) return turn.why.remove();
        turn.why = this.reasons(turn, note, () => this.voted(down, up));
        row.after(turn.why);
        turn.why.querySelector("input").focus();
        turn.why.scrollIntoView({ block: "nearest" });
      });
      const copy = h("button", { type: "button", class: "quiet", onclick: () => this.copy(turn, note) }, icon("copy"), h("span", {}, this.t("copy")));
      const row = h("div", { class: "tools", "aria-live": "off" }, turn.id && h("span", { class: "hint" }, this.t("useful") + " "), turn.id && up, turn.id && down, copy, note);
      // The row is pulled outwards so that its buttons' icons align; its words must not be.
      if (turn.id) row.style.marginInlineStart = "0";
      return row;
    }

    voted(chosen, other) {
      chosen.setAttribute("aria-pressed", "true");
      other.setAttribute("aria-pressed", "false");
    }

    reasons(turn, note, sent) {
      const id = "comment-" + this.turns.indexOf(turn);
      const comment = h("textarea", { id, rows: 2, maxlength: MAX_COMMENT, dir: "auto", "aria-describedby": id + "-hint" });
      const form = h("form", {
        class: "why", "aria-live": "off",
        onsubmit: async (event) => {
          event.preventDefault();
          const feedback = { helpful: false };
          const picked = form.querySelector("input:checked");
          if (picked) feedback.reason = picked.value;
          if (comment.value.trim()) feedback.comment = comment.value.trim();
          if (await this.sendFeedback(turn, feedback, note)) {
            form.remove();
            sent();
            this.input.focus();
          }
        },
      },
      h("fieldset", {}, h("legend", {}, this.t("reason")), REASONS.map((reason) =>
        h("label", { class: "pick" }, h("input", { type: "radio", name: "reason", value: reason }), h("span", {}, this.t("reason-" + reason))))),
      h("div", {}, h("label", { for: id }, this.t("comment")), h("p", { id: id + "-hint", class: "hint" }, this.t("comment-hint")), comment),
      h("div", { class: "line" }, h("button", { type: "submit", class: "main" }, this.t("feedback-send")),
        h("button", { type: "button", class: "plain", onclick: () => { form.remove(); this.input.focus(); } }, this.t("cancel"))));
      return form;
    }

    async sendFeedback(turn, feedback, note) {
      try {
        const response = await fetch(this.url(`/api/v1/answers/${encodeURIComponent(turn.id)}/feedback`), {
          method: "POST", credentials: "omit", headers: { "Content-Type": "application/json" }, body: JSON.stringify(feedback),
        });
        note.textContent = this.t(response.ok ? "thanks" : "feedback-failed");
        return response.ok;
      } catch {
        note.textContent = this.t("feedback-failed");
        return false;
      }
    }

    // -- Taking the answer away, and taking it back.

    /** The answer as plain text, with where it comes from. */
    plain(turn) {
      let step = 0;
      const lines = turn.statements.map(({ layout, text }) => {
        step = layout === "step" ? step + 1 : 0;
        return layout === "step" ? `${step}. ${text}` : layout === "item" ? "- " + text : text;
      });
      const sources = [...turn.sources.values()].map(({ source }) =>
        `- ${source.title}, ${source.publisher} (${this.t(source.trusted ? "trusted" : "approved", { date: source.approved_on_text })})\n  ${this.url(source.url).split("#")[0]}`);
      return [turn.question, "", ...lines, "", this.t("verdict-" + turn.verdict), ...(sources.length ? ["", this.t("sources"), ...sources] : [])].join("\n");
    }

    async copy(turn, note) {
      const text = this.plain(turn);
      let copied = true;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // No clipboard without TLS: the old way still works.
        const area = h("textarea", { class: "sr" });
        area.value = text;
        turn.answer.append(area);
        area.select();
        copied = document.execCommand("copy");
        area.remove();
      }
      note.textContent = this.t(copied ? "copied" : "copy-failed");
    }

    print() {
      const frame = h("iframe", { title: this.t("print"), "aria-hidden": "true", tabindex: -1 });
      Object.assign(frame.style, { position: "fixed", width: "0", height: "0", border: "0", insetBlockEnd: "0" });
      this.root.append(frame);
      const page = frame.contentDocument;
      page.documentElement.lang = this.language;
      page.title = this.t("title");
      style(page, PRINT_CSS);
      page.body.append(h("h1", {}, this.t("title")), ...this.turns.map((turn) => {
        const copy = turn.element.cloneNode(true);
        copy.querySelectorAll(".tools,.why,.ideas,.wait,button").forEach((element) => element.remove());
        return copy;
      }));
      frame.contentWindow.addEventListener("afterprint", () => frame.remove());
      frame.contentWindow.print();
    }

    confirmDeletion() {
      const yes = h("button", { type: "button", class: "main", onclick: () => this.deleteConversation() }, this.t("delete-yes"));
      const no = h("button", { type: "button", class: "plain", onclick: () => { this.sure.hidden = true; this.deleteButton.focus(); } }, this.t("cancel"));
      this.sure.replaceChildren(h("p", { id: "sure" }, this.t("delete-sure")), h("div", { class: "line" }, yes, no));
      yes.setAttribute("aria-describedby", "sure");
      this.sure.hidden = false;
      yes.focus();
    }

    async deleteConversation() {
      this.running?.abort("stopped");
      try {
        if (this.conversation) {
          const response = await fetch(this.url("/api/v1/conversations/" + encodeURIComponent(this.conversation)), { method: "DELETE", credentials: "omit" });
          // Unknown there means that nothing is kept any more, which is what was wanted.
          if (!response.ok && response.status !== 404) throw new Failure("unavailable");
        }
      } catch {
        this.sure.querySelector("p").textContent = this.t("delete-failed");
        this.say(this.t("delete-failed"));
        return;
      }
      // Our own page may show an answer that the server wrote before this script ran.
      document.querySelectorAll("[data-conversation]").forEach((answer) => answer.remove());
      this.remember("");
      this.turns = [];
      this.done = h("p", { class: "done box" }, this.t("deleted"));
      this.hello.querySelector(".small + .small")?.remove();
      this.log.replaceChildren(this.done, this.hello, this.ideas);
      this.ideas.hidden = !this.ideas.firstChild;
      this.sure.hidden = true;
      this.updateTools();
      this.input.focus();
      this.done.scrollIntoView({ block: "center" });
    }
  }

  if (!customElements.get("parvis-chat")) customElements.define("parvis-chat", ParvisChat);

  if (!(SCRIPT && SCRIPT.dataset.site)) {
    const look = () => { if (!document.querySelector("parvis-chat")) complain('the script names no site; write data-site="KEY" in its tag'); };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", look);
    else look();
  } else {
    const { site, mode, lang, scheme } = SCRIPT.dataset;
    const place = () => {
      const chat = h("parvis-chat", { site, mode: mode || "button", lang, scheme });
      if (mode === "inline") SCRIPT.after(chat);
      else document.body.append(chat);
    };
    if (document.body) place();
    else document.addEventListener("DOMContentLoaded", place);
  }
})();
