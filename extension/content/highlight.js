// Underlines. In contenteditable: the CSS Custom Highlight API, which changes no
// node of the page. In textareas: a mirror of the text laid exactly above.
// The shape of the line tells the level, not only its colour.

import { parentOf } from './nodes.js';
import { isHost, make, surface } from './surface.js';

/** Longer fields are not laid out a second time: each key would wait for it. Badge and dialog tell of them. */
const MIRRORED = 100_000;

/** Names say nothing of what was found: the page can read them. */
const NAMES = { warn: 'primum-1', notice: 'primum-2' };
const RULES = `::highlight(${NAMES.warn}) { text-decoration: underline wavy #d93025 2px; text-decoration-skip-ink: none; }
::highlight(${NAMES.notice}) { text-decoration: underline dotted #b06000 2px; text-decoration-skip-ink: none; }`;

/** @type {Map<import('./composer.js').Composer, { ranges: [Range, string][] }>} */
const painted = new Map();
/** @type {WeakSet<Document | ShadowRoot>} */
const dressed = new WeakSet();
/** @type {Map<import('./composer.js').Composer, HTMLElement>} */
const mirrors = new Map();

/** Draws the findings of a composer, in place of what was drawn before. @param {import('./composer.js').Composer} composer */
export function paint(composer) {
  if (composer.isField) {
    paintField(composer);
    return;
  }
  /** @type {[Range, string][]} */
  const ranges = [];
  // A frame's own script paints what stands in it.
  if (composer.findings.length && composer.element.ownerDocument === document && composer.read() === composer.checked) {
    for (const finding of composer.findings) {
      const range = composer.rangeOf(finding);
      if (range) ranges.push([range, finding.action === 'notice' ? 'notice' : 'warn']);
    }
  }
  if (ranges.length) painted.set(composer, { ranges });
  else painted.delete(composer);
  dress(composer.element.getRootNode());
  // Once, however many boxes are drawn in one go.
  if (!registering) queueMicrotask(register);
  registering = true;
}
let registering = false;

/** Takes everything off the page. */
export function wipe() {
  painted.clear();
  register();
  for (const mirror of mirrors.values()) mirror.remove();
  mirrors.clear();
}

/** Which finding stands under a point of the screen. @param {import('./composer.js').Composer} composer @param {number} x @param {number} y */
export function findingAt(composer, x, y) {
  const inside = (/** @type {DOMRect} */ box) => x >= box.left - 1 && x <= box.right + 1 && y >= box.top - 2 && y <= box.bottom + 4;
  return composer.findings.find((finding) => boxesOf(composer, finding).some(inside)) ?? null;
}

/** Where a finding stands on the screen. @param {import('./composer.js').Composer} composer @param {Finding} finding @returns {DOMRect[]} */
export function boxesOf(composer, finding) {
  if (composer.isField) {
    const mirror = mirrors.get(composer);
    return [...(mirror?.querySelectorAll('span') ?? [])].filter((span) => span.dataset.at === String(finding.start)).flatMap((span) => [...span.getClientRects()]);
  }
  return [...(composer.rangeOf(finding)?.getClientRects() ?? [])];
}

function register() {
  registering = false;
  for (const [level, name] of Object.entries(NAMES)) {
    const ranges = [...painted.values()].flatMap((one) => one.ranges).filter(([, own]) => own === level).map(([range]) => range);
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }
}

/** The rules for our highlights, once a root. @param {Node} root */
function dress(root) {
  if (!(root instanceof Document || root instanceof ShadowRoot) || dressed.has(root)) return;
  dressed.add(root);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** Properties that decide where letters of a field stand. */
const COPIED = [
  'direction', 'font-family', 'font-size', 'font-style', 'font-variant', 'font-weight', 'font-stretch', 'font-kerning', 'font-feature-settings',
  'letter-spacing', 'line-height', 'padding-top', 'padding-right', 'padding-bottom', 'padding-left', 'tab-size', 'text-align', 'text-indent',
  'text-transform', 'word-spacing', 'word-break', 'overflow-wrap', 'hyphens', 'text-rendering',
];

/** @param {import('./composer.js').Composer} composer */
function paintField(composer) {
  const field = /** @type {HTMLTextAreaElement} */ (composer.element);
  let mirror = mirrors.get(composer);
  if (!composer.findings.length || field.value !== composer.checked || field.value.length > MIRRORED) {
    mirror?.remove();
    mirrors.delete(composer);
    return;
  }
  if (!mirror) {
    mirror = make('div', { class: 'marks', 'aria-hidden': 'true' }, [make('div')]);
    mirrors.set(composer, mirror);
    const again = () => mirrors.has(composer) && settle(composer);
    field.addEventListener('scroll', again, { passive: true });
    const sizes = new ResizeObserver(again);
    for (const one of [field, document.body]) sizes.observe(one);
  }
  surface(field).append(mirror);
  const inner = /** @type {HTMLElement} */ (mirror.firstElementChild);
  inner.replaceChildren();
  let at = 0;
  for (const finding of [...composer.findings].sort((a, b) => a.start - b.start)) {
    if (finding.start < at) continue;
    inner.append(field.value.slice(at, finding.start));
    const span = make('span', { class: finding.action === 'notice' ? 'notice' : 'warn', 'data-at': String(finding.start) });
    span.textContent = field.value.slice(finding.start, finding.end);
    inner.append(span);
    at = finding.end;
  }
  // The last line break of a field has a line of its own.
  inner.append(field.value.slice(at) + '\u200b');
  settle(composer);
}

/** Lays the mirror over the field as it stands now. @param {import('./composer.js').Composer} composer */
function settle(composer) {
  const mirror = mirrors.get(composer);
  const field = /** @type {HTMLTextAreaElement} */ (composer.element);
  if (!mirror) return;
  const style = getComputedStyle(field);
  const box = field.getBoundingClientRect();
  // A page may show the field larger or smaller than it is laid out.
  const scale = field.offsetWidth ? box.width / field.offsetWidth : 1;
  Object.assign(mirror.style, {
    left: `${box.left + field.clientLeft * scale}px`, top: `${box.top + field.clientTop * scale}px`,
    width: `${field.clientWidth}px`, height: `${field.clientHeight}px`, transform: `scale(${scale})`,
    clipPath: clipOf(field, box, scale), visibility: isCovered(field, box) ? 'hidden' : 'visible',
  });
  const inner = /** @type {HTMLElement} */ (mirror.firstElementChild);
  for (const name of COPIED) inner.style.setProperty(name, style.getPropertyValue(name));
  inner.style.width = `${field.clientWidth}px`;
  if (field.tagName === 'INPUT') Object.assign(inner.style, { whiteSpace: 'pre', lineHeight: `${field.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)}px` });
  inner.style.transform = `translate(${-field.scrollLeft}px, ${-field.scrollTop}px)`;
}

/** What the scrolling boxes around a field leave of it. @param {HTMLElement} field @param {DOMRect} box @param {number} scale */
function clipOf(field, box, scale) {
  let { left, top, right, bottom } = box;
  for (let at = parentOf(field); at && at !== document.body && at !== document.documentElement; at = parentOf(at)) {
    if (getComputedStyle(at).overflow === 'visible') continue;
    const around = at.getBoundingClientRect();
    left = Math.max(left, around.left);
    top = Math.max(top, around.top);
    right = Math.min(right, around.right);
    bottom = Math.min(bottom, around.bottom);
  }
  return `inset(${[top - box.top, box.right - right, box.bottom - bottom, left - box.left].map((one) => `${Math.max(0, one / scale)}px`).join(' ')})`;
}

/** Whether something of the page lies over the whole field. @param {HTMLElement} field @param {DOMRect} box */
function isCovered(field, box) {
  const points = /** @type {const} */ ([[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]]).map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
  const root = /** @type {any} */ (field.getRootNode());
  return points.every(([x = 0, y = 0]) => {
    const there = root.elementsFromPoint(x, y).find((/** @type {Element} */ one) => !isHost(one));
    return there !== undefined && there !== field && !there.contains(field) && !field.parentElement?.contains(there);
  });
}

/** Brings every mirror back over its field after the page scrolled or changed size. */
export function follow() {
  for (const composer of mirrors.keys()) {
    if (composer.element.isConnected) settle(composer);
    else {
      mirrors.get(composer)?.remove();
      mirrors.delete(composer);
    }
  }
}
