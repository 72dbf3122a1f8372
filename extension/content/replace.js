// Replacing words in place, by the one way that each editor's own model follows
// (measured on the real editors; a changed screen with an unchanged model would
// post what the user thinks is gone).

const FIREFOX = navigator.userAgent.includes('Firefox/');
/** Editors take up a new selection in a task of their own. */
const SETTLE_MS = 30;

const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Replaces findings, last to first, and answers whether the composer then reads
 * as it should.
 * @param {import('./composer.js').Composer} composer
 * @param {Finding[]} findings
 */
export async function replaceFindings(composer, findings) {
  const before = composer.read();
  const keep = keepPlace(composer);
  /** @type {Finding[]} */
  const chosen = [];
  for (const one of [...findings].sort((a, b) => b.end - b.start - (a.end - a.start))) {
    if (one.replacement !== undefined && before.slice(one.start, one.end) === one.quote && !chosen.some((other) => one.start < other.end && other.start < one.end)) chosen.push(one);
  }
  chosen.sort((a, b) => b.start - a.start);
  let wanted = before;
  for (const one of chosen) {
    const [start, end] = withSpace(wanted, one);
    wanted = wanted.slice(0, start) + one.replacement + wanted.slice(end);
    if (composer.isField) await inField(composer, start, end, one.replacement ?? '');
    else await inEditable(composer, start, end, one.replacement ?? '');
    keep.edited(start, end, one.replacement ?? '');
    // A field follows at once: the next letter shall land where the caret was.
    if (composer.isField) keep.restore();
    else await pause(SETTLE_MS);
  }
  keep.restore();
  await pause(SETTLE_MS);
  return same(composer.read(), wanted);
}

/**
 * Puts a whole new text in place of the old.
 * @param {import('./composer.js').Composer} composer
 * @param {string} words
 */
export async function replaceText(composer, words) {
  // Only the part that differs, so that caret, mentions and undo suffer least.
  const before = composer.read();
  const keep = keepPlace(composer);
  let start = 0;
  while (start < before.length && start < words.length && before[start] === words[start]) start++;
  let tail = 0;
  while (tail < before.length - start && tail < words.length - start && before[before.length - 1 - tail] === words[words.length - 1 - tail]) tail++;
  const end = before.length - tail;
  if (start === end && words.length === before.length) return true;
  const part = words.slice(start, words.length - tail);
  if (composer.isField) await inField(composer, start, end, part);
  else await inEditable(composer, start, end, part);
  keep.edited(start, end, part);
  await pause(SETTLE_MS);
  keep.restore();
  return same(composer.read(), words);
}

/** Where the caret stands in a composer's text, if it does. @param {import('./composer.js').Composer} composer @returns {{ start: number, end: number } | null} */
export function caretOf(composer) {
  if (composer.isField) {
    const { selectionStart, selectionEnd } = /** @type {HTMLTextAreaElement} */ (composer.element);
    return { start: selectionStart, end: selectionEnd };
  }
  composer.read();
  const range = rangeOfSelection(composer.element);
  const at = (/** @type {Node} */ node, /** @type {number} */ offset) => {
    const piece = composer.pieces.find((one) => one.node === node && offset >= one.within && offset <= one.within + one.to - one.from);
    return piece ? piece.from + offset - piece.within : null;
  };
  const start = range && at(range.startContainer, range.startOffset);
  const end = range && at(range.endContainer, range.endOffset);
  return start === null || end === null ? null : { start, end };
}

/** @param {HTMLElement} element @returns {StaticRange | Range | null} */
function rangeOfSelection(element) {
  const root = /** @type {any} */ (element.getRootNode());
  const selection = /** @type {any} */ (root.getSelection?.() ?? element.ownerDocument.getSelection());
  if (!selection?.rangeCount) return null;
  // Firefox tells of a selection in a root only this way.
  if (root.host && selection.getComposedRanges) return selection.getComposedRanges({ shadowRoots: [root] })[0] ?? selection.getComposedRanges(root)[0] ?? null;
  return selection.getRangeAt(0);
}

/** Caret and scroll stay where they were, beside the words that change. @param {import('./composer.js').Composer} composer */
function keepPlace(composer) {
  const { element } = composer;
  const caret = caretOf(composer);
  const { scrollTop, scrollLeft } = element;
  const page = { x: scrollX, y: scrollY };
  return {
    /** @param {number} start @param {number} end @param {string} words */
    edited(start, end, words) {
      const moved = (/** @type {number} */ at) => (at <= start ? at : at < end ? start + words.length : at + words.length - (end - start));
      if (caret) Object.assign(caret, { start: moved(caret.start), end: moved(caret.end) });
    },
    restore() {
      if (caret) putCaret(composer, caret.end);
      element.scrollTop = scrollTop;
      element.scrollLeft = scrollLeft;
      if (scrollX !== page.x || scrollY !== page.y) scrollTo(page.x, page.y);
    },
  };
}

/** @param {import('./composer.js').Composer} composer @param {number} at */
export function putCaret(composer, at) {
  if (composer.isField) return /** @type {HTMLTextAreaElement} */ (composer.element).setSelectionRange(at, at);
  composer.read();
  const before = composer.rangeOf({ start: Math.max(0, at - 1), end: at });
  if (before) select(composer.element, before.endContainer, before.endOffset, before.endContainer, before.endOffset);
}

/** @param {HTMLElement} element @param {Node} from @param {number} start @param {Node} to @param {number} end */
function select(element, from, start, to, end) {
  const root = /** @type {any} */ (element.getRootNode());
  const selection = root.getSelection?.() ?? element.ownerDocument.getSelection();
  selection.setBaseAndExtent(from, start, to, end);
}

/** Editors differ in how they keep line breaks. @param {string} a @param {string} b */
function same(a, b) {
  const plain = (/** @type {string} */ words) => words.replace(/\n+/g, '\n').trim();
  return plain(a) === plain(b);
}

/** A word that goes takes one of its two spaces along. @param {string} words @param {Finding} finding @returns {[number, number]} */
function withSpace(words, finding) {
  const { start, end, replacement } = finding;
  if (replacement !== '') return [start, end];
  if (words[end] === ' ' && (start === 0 || words[start - 1] === ' ')) return [start, end + 1];
  return [start, end];
}

/** @param {import('./composer.js').Composer} composer @param {number} start @param {number} end @param {string} words */
async function inField(composer, start, end, words) {
  const field = /** @type {HTMLTextAreaElement} */ (composer.element);
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  await pause(SETTLE_MS);
  insert(field, words);
}

/** @param {import('./composer.js').Composer} composer @param {number} start @param {number} end @param {string} words */
async function inEditable(composer, start, end, words) {
  composer.read();
  const range = composer.rangeOf(/** @type {Finding} */ ({ start, end }));
  if (!range) return;
  const { element } = composer;
  element.focus({ preventScroll: true });
  select(element, range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  await pause(SETTLE_MS);
  // Firefox: editors see an empty DataTransfer from here, but follow execCommand.
  if (FIREFOX || words === '') return insert(element, words);
  const data = new DataTransfer();
  data.setData('text/plain', words);
  if (element.querySelector('[data-offset-key]')) {
    // Draft.js: execCommand goes wrong over styled words, a paste does not.
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
    return;
  }
  const target = new StaticRange({ startContainer: range.startContainer, startOffset: range.startOffset, endContainer: range.endContainer, endOffset: range.endOffset });
  const event = new InputEvent('beforeinput', {
    inputType: 'insertReplacementText', data: words, dataTransfer: data, targetRanges: [target], bubbles: true, cancelable: true, composed: true,
  });
  element.dispatchEvent(event);
  if (!event.defaultPrevented) insert(element, words);
}

/** The one call that keeps native undo. @param {HTMLElement} element @param {string} words */
function insert(element, words) {
  const page = element.ownerDocument;
  if (words === '') page.execCommand('delete');
  else page.execCommand('insertText', false, words);
}
