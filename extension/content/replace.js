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
    await pause(SETTLE_MS);
  }
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
  let start = 0;
  while (start < before.length && start < words.length && before[start] === words[start]) start++;
  let tail = 0;
  while (tail < before.length - start && tail < words.length - start && before[before.length - 1 - tail] === words[words.length - 1 - tail]) tail++;
  const end = before.length - tail;
  if (start === end && words.length === before.length) return true;
  const part = words.slice(start, words.length - tail);
  if (composer.isField) await inField(composer, start, end, part);
  else await inEditable(composer, start, end, part);
  await pause(SETTLE_MS);
  return same(composer.read(), words);
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
  insert(words);
}

/** @param {import('./composer.js').Composer} composer @param {number} start @param {number} end @param {string} words */
async function inEditable(composer, start, end, words) {
  composer.read();
  const range = composer.rangeOf(/** @type {Finding} */ ({ start, end }));
  if (!range) return;
  const { element } = composer;
  element.focus({ preventScroll: true });
  const root = /** @type {any} */ (element.getRootNode());
  const selection = root.getSelection?.() ?? document.getSelection();
  selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  await pause(SETTLE_MS);
  // Firefox: editors see an empty DataTransfer from here, but follow execCommand.
  if (FIREFOX || words === '') return insert(words);
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
  if (!event.defaultPrevented) insert(words);
}

/** The one call that keeps native undo. @param {string} words */
function insert(words) {
  if (words === '') document.execCommand('delete');
  else document.execCommand('insertText', false, words);
}
