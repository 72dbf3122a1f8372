// What plain Enter does in a composer. Where it sends, it is held like any send.
// Where nobody can tell, the line is broken for the user and the page is not
// asked: no post can leave that way, and no dialog falls between two paragraphs.

import { closest } from './nodes.js';
import { hintsAtEnter, hintsAtShiftEnter, profile } from './profile.js';
import { ownersOf } from './control.js';

/** @typedef {import('./composer.js').Composer} Composer */

/** A site that takes a post on Enter empties the box within this. */
const TAKEN_MS = 1500;

/** @param {Composer} composer @returns {'sends' | 'breaks' | 'unsure'} */
export function enterIn(composer) {
  const { element } = composer;
  if (choosesFromList(element)) return 'breaks';
  if (composer.enter) return composer.enter;
  if (profile.enterBreaks.some((one) => closest(element, one))) return 'breaks';
  if (profile.enterSends.some((one) => closest(element, one))) return 'sends';
  if (profile.enterSendsOutside && !closest(element, profile.enterSendsOutside)) return 'sends';
  if (element.tagName === 'INPUT' || /^(send|go|done|search)$/.test(element.enterKeyHint) || element.getAttribute('aria-multiline') === 'false') return 'sends';
  if (hintsAtEnter(element)) return 'sends';
  // Without any control to press, Enter is the only way to post.
  return ownersOf(composer).length ? 'unsure' : 'sends';
}

/** A list of names or emoji is open: Enter takes one. @param {HTMLElement} element */
function choosesFromList(element) {
  return element.getAttribute('aria-expanded') === 'true' || element.hasAttribute('aria-activedescendant');
}

/** Shift with Enter breaks the line nearly everywhere: it sends where the page says so, or was seen to. @param {Composer} composer */
export function shiftEnterSends(composer) {
  return composer.shiftEnter === 'sends' || [composer.element, ...ownersOf(composer)].some(hintsAtShiftEnter);
}

/** Remembers what Enter, alone or with Shift, did in a box with a clear text. @param {Composer} composer @param {'enter' | 'shiftEnter'} key */
export function learnEnter(composer, key) {
  const before = composer.read();
  if (!before.trim()) return;
  setTimeout(() => {
    const after = composer.element.isConnected ? composer.read() : '';
    if (after.trim() === '') composer[key] = 'sends';
    else if (after.length > before.length && /\n/.test(after.slice(commonStart(before, after)))) composer[key] = 'breaks';
  }, TAKEN_MS / 10);
}

/** @param {string} a @param {string} b */
function commonStart(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** Breaks the line at the caret, as each editor's own model follows. @param {Composer} composer */
export function breakLine(composer) {
  const { element } = composer;
  const page = element.ownerDocument;
  if (composer.isField) {
    page.execCommand('insertText', false, '\n');
    return;
  }
  // Draft.js follows a pasted line break.
  if (element.querySelector('[data-offset-key]')) {
    pasteBreak(element);
    return;
  }
  const event = new InputEvent('beforeinput', { inputType: 'insertParagraph', bubbles: true, cancelable: true, composed: true });
  element.dispatchEvent(event);
  // Trix follows without saying so.
  if (!event.defaultPrevented && element.localName !== 'trix-editor') page.execCommand('insertParagraph');
}

/** @param {HTMLElement} element */
function pasteBreak(element) {
  const rest = { bubbles: true, cancelable: true, composed: true };
  const page = /** @type {any} */ (element.ownerDocument.defaultView).wrappedJSObject;
  if (page) {
    // Firefox: an editor sees only what an event of its own world brings, made in this old way.
    const init = { dataType: 'text/plain', data: '\n', ...rest };
    element.dispatchEvent(new page.ClipboardEvent('paste', /** @type {any} */ (globalThis).cloneInto(init, page)));
    return;
  }
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', '\n');
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, ...rest }));
}
