// The text of a contenteditable, with the nodes it comes from.

import { isElement } from './nodes.js';

/**
 * A stretch of text that comes from one node of the page.
 * @typedef {{ node: Text, from: number, to: number, within: number }} Piece
 */

/** Elements that begin a line of their own. */
const BLOCK = /^(ADDRESS|ARTICLE|ASIDE|BLOCKQUOTE|DD|DIV|DL|DT|FIGURE|FOOTER|H[1-6]|HEADER|LI|MAIN|NAV|OL|P|PRE|SECTION|TABLE|TR|UL)$/;
/** What is never words of the writer. */
const SILENT = /^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/;

/**
 * Lines are those that the reader sees: blocks and <br>. A no-break space reads
 * as a space, as editors put one wherever two spaces meet.
 * @param {HTMLElement} root
 */
export function readEditable(root) {
  let text = '';
  /** @type {Piece[]} */
  const pieces = [];
  let pendingLine = false;
  const walk = (/** @type {any} */ node) => {
    if (node.nodeType === 3) {
      let start = 0;
      // A byte order mark is an editor's placeholder and no text.
      for (const part of node.data.split('\ufeff')) {
        if (part) {
          if (pendingLine && text) text += '\n';
          pendingLine = false;
          pieces.push({ node, from: text.length, to: text.length + part.length, within: start });
          text += part.replaceAll('\u00a0', ' ');
        }
        start += part.length + 1;
      }
      return;
    }
    if (!isElement(node) || SILENT.test(node.tagName)) return;
    if (node.tagName === 'BR') {
      if (node.nextSibling || !isLastOfBlock(node, root)) {
        if (pendingLine && text) text += '\n';
        pendingLine = false;
        text += '\n';
      } else if (node.parentElement?.childNodes.length === 1 && text) {
        text += pendingLine ? '\n' : '';
        pendingLine = true;
      }
      return;
    }
    if (node.tagName === 'IMG') {
      // Emoji are pictures on some sites: their words part what stands around them.
      if (pendingLine && text) text += '\n';
      pendingLine = false;
      text += node.getAttribute('alt') ?? '';
      return;
    }
    if (node !== root && (node.hidden || node.contentEditable === 'false') && !node.textContent?.trim()) return;
    const block = node !== root && BLOCK.test(node.tagName);
    if (block && text) pendingLine = true;
    for (const child of node.childNodes) walk(child);
    if (block && text) pendingLine = true;
  };
  walk(root);
  return { text, pieces };
}

/** @param {Element} node @param {Element} root */
function isLastOfBlock(node, root) {
  for (let at = /** @type {Node | null} */ (node); at && at !== root; at = at.parentNode) {
    if (at.nextSibling) return false;
    if (isElement(at) && BLOCK.test(at.tagName)) return true;
  }
  return true;
}
