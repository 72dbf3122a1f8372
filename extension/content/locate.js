// Finds composers. Generic first: any textarea or contenteditable, a document in
// design mode, a single-line field that is part of a post; the site profile only
// adds precision.

import { Composer } from './composer.js';
import { deepAll, isElement, isSeen, isWithin, parentOf } from './nodes.js';
import { fieldIsNoPost, profile } from './profile.js';

const EDITABLE = "textarea, input, [contenteditable]:not([contenteditable='false'])";
const TEXT_FIELDS = ['text', ''];
/** A box smaller than this takes keys for text that is shown elsewhere. */
const TINY_PX = 6;
/** How far up the text of such a box is looked for. */
const NEAR = 5;

/** @type {WeakMap<Element, Composer>} */
const known = new WeakMap();
/** @type {Set<WeakRef<Composer>>} */
const all = new Set();

/** The composer that an event happened in, if any. @param {Event} event */
export function composerOf(event) {
  const target = event.composedPath()[0];
  const node = isElement(target) ? target : /** @type {any} */ (target)?.parentElement;
  const element = isElement(node) ? editableOf(node) : null;
  return element ? composerAt(element) : null;
}

/** @param {HTMLElement} element */
export function composerAt(element) {
  let composer = known.get(element);
  if (!composer) {
    composer = new Composer(element, shownBy(element));
    known.set(element, composer);
    inheritFromReplaced(composer);
    all.add(new WeakRef(composer));
  }
  return composer;
}

/** Composers that are still on the page. */
export function composers() {
  /** @type {Composer[]} */
  const live = [];
  for (const ref of all) {
    const composer = ref.deref();
    if (composer?.element.isConnected) live.push(composer);
    else if (!composer) all.delete(ref);
  }
  return live;
}

/** Boxes with text below an element, also such that nobody has typed in yet. @param {Element} root */
export function composersIn(root) {
  const found = new Set(composers().filter((one) => isWithin(one.element, root)));
  /** @type {HTMLInputElement[]} */
  const lines = [];
  for (const element of deepAll(root, EDITABLE)) {
    if (element.tagName === 'INPUT' && !known.has(element)) {
      lines.push(/** @type {HTMLInputElement} */ (element));
      continue;
    }
    // What stands in an editable belongs to the outermost one.
    if (element.parentElement?.isContentEditable && element.ownerDocument.designMode !== 'on') continue;
    const editable = editableOf(element);
    if (editable) found.add(composerAt(editable));
  }
  for (const frame of deepAll(root, 'iframe')) {
    const body = bodyInDesign(frame);
    if (body) found.add(composerAt(body));
  }
  const filled = [...found].filter((one) => one.read().trim() !== '' && (one.shown || isSeen(one.element, one.typed)));
  // Beside a box of the post, a line is a part of it: title, alternative text, content warning, choice of a poll.
  if (filled.length) for (const line of lines) if (line.value.trim() && isLine(line) && !fieldIsNoPost(line) && !excluded(line) && isSeen(line)) filled.push(composerAt(line));
  return filled;
}

/** The outermost editable element that an element belongs to. @param {HTMLElement} element @returns {HTMLElement | null} */
export function editableOf(element) {
  if (element.tagName === 'TEXTAREA') return excluded(element) ? null : element;
  if (element.tagName === 'INPUT') {
    const line = /** @type {HTMLInputElement} */ (element);
    return isLine(line) && !excluded(line) && (known.has(line) || profile.fields.some((one) => line.matches(one)) || !fieldIsNoPost(line)) ? line : null;
  }
  if (element.ownerDocument.designMode === 'on') return element.ownerDocument.body;
  if (!element.isContentEditable) return null;
  let top = element;
  while (top.parentElement?.isContentEditable) top = top.parentElement;
  return excluded(top) ? null : top;
}

/** @param {HTMLInputElement} line */
function isLine(line) {
  return TEXT_FIELDS.includes(line.getAttribute('type')?.toLowerCase() ?? '');
}

/** @param {HTMLElement} element */
function excluded(element) {
  return element.hasAttribute('readonly') || profile.not.some((one) => element.matches(one));
}

/** @param {Element} frame */
function bodyInDesign(frame) {
  try {
    const inner = /** @type {HTMLIFrameElement} */ (frame).contentDocument;
    return inner?.designMode === 'on' ? inner.body : null;
  } catch {
    return null;
  }
}

/**
 * Some editors take the keys in a box that nobody sees and draw the text
 * themselves (CodeMirror 5, Ace, Monaco): what is drawn is what is read.
 * @param {HTMLElement} element
 */
function shownBy(element) {
  if (element.tagName !== 'TEXTAREA') return null;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const parent = element.parentElement?.getBoundingClientRect();
  const tiny = box.width < TINY_PX || box.height < TINY_PX || style.opacity === '0' || style.clip !== 'auto' || (parent && (parent.width < TINY_PX || parent.height < TINY_PX));
  if (!tiny || style.display === 'none') return null;
  let at = parentOf(element);
  for (let level = 0; at && level < NEAR; level++, at = parentOf(at)) {
    // Such an editor has one box for its keys. Where there are more, they are
    // boxes of their own that are hidden, and a page may hold thousands.
    if (at.getElementsByTagName('textarea')[1]) return null;
    const around = at.getBoundingClientRect();
    if (around.width > 60 && around.height > 16) return /** @type {HTMLElement} */ (at);
  }
  return null;
}

/** Boxes that the page has taken away, by their text: gathered once, however many boxes are met in one go. @type {Map<string | null, Composer> | null} */
let gone = null;

/** Editors rebuild themselves: what the user set aside stays so. @param {Composer} composer */
function inheritFromReplaced(composer) {
  const words = composer.read();
  if (!words.trim()) return;
  if (!gone) {
    gone = new Map();
    for (const ref of all) {
      const before = ref.deref();
      if (!before || before.element.isConnected) continue;
      gone.set(before.checked, before);
      all.delete(ref);
    }
    queueMicrotask(() => (gone = null));
  }
  const before = gone.get(words);
  if (before) composer.inherit(before);
}
