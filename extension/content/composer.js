// Composers: the editable boxes that the user types in. Generic first: any
// textarea or contenteditable; the site profile only adds precision.

import { host, profile } from './profile.js';

/**
 * A stretch of text that comes from one node of the page.
 * @typedef {{ node: Text, from: number, to: number, within: number }} Piece
 */

/** Elements that begin a line of their own. */
const BLOCK = /^(ADDRESS|ARTICLE|ASIDE|BLOCKQUOTE|DD|DIV|DL|DT|FIGURE|FOOTER|H[1-6]|HEADER|LI|MAIN|NAV|OL|P|PRE|SECTION|TABLE|TR|UL)$/;

export class Composer {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** The text of the last answer; null before the first. @type {string | null} */
    this.checked = null;
    /** @type {Assessment | null} */
    this.assessment = null;
    /** The text that the user chose to post as it is. @type {string | null} */
    this.released = null;
    /** Findings that the user set aside, by rule and words. @type {Set<string>} */
    this.ignored = new Set();
    /** The check is broken: why. */
    this.trouble = '';
    this.typed = false;
    /** @type {Piece[]} */
    this.pieces = [];
  }

  get isField() {
    return this.element instanceof HTMLTextAreaElement || this.element instanceof HTMLInputElement;
  }

  /** What the user has written, as the core shall read it. */
  read() {
    if (this.element instanceof HTMLTextAreaElement || this.element instanceof HTMLInputElement) return this.element.value;
    const { text, pieces } = readEditable(this.element);
    this.pieces = pieces;
    return text;
  }

  /** Findings that still count. */
  get findings() {
    return (this.assessment?.findings ?? []).filter((one) => !this.ignored.has(keyOf(one)));
  }

  /** The strongest action among the findings that count. */
  get decision() {
    const order = ['allow', 'notice', 'warn', 'justify', 'block'];
    return this.findings.reduce((worst, one) => (order.indexOf(one.action) > order.indexOf(worst) ? one.action : worst), 'allow');
  }

  /** Whether this very text may go out. @param {string} text */
  isClear(text) {
    if (text.trim() === '' || text === this.released) return true;
    return text === this.checked && ['allow', 'notice'].includes(this.decision);
  }

  /** @param {Finding} finding */
  ignore(finding) {
    this.ignored.add(keyOf(finding));
  }

  /** The range of the page that a finding stands on. @param {Finding} finding */
  rangeOf(finding) {
    const first = this.pieces.find((piece) => finding.start < piece.to && finding.start >= piece.from);
    const last = this.pieces.findLast((piece) => finding.end > piece.from && finding.end <= piece.to);
    if (!first?.node.isConnected || !last?.node.isConnected) return null;
    const range = document.createRange();
    try {
      range.setStart(first.node, finding.start - first.from + first.within);
      range.setEnd(last.node, finding.end - last.from + last.within);
    } catch {
      return null;
    }
    return range;
  }

  /** Where the post would stand. */
  get setting() {
    const found = profile.settings.find((one) => one.within === '*' || closest(this.element, one.within));
    return found?.setting ?? (profile.messages && closest(this.element, profile.messages) ? 'message' : 'post');
  }

  /** The text that is being answered, if the profile knows where it stands. */
  get context() {
    if (!profile.context) return undefined;
    const card = closest(this.element, profile.context);
    const words = card?.textContent?.replace(/\s+/g, ' ').trim();
    return words ? words.slice(0, 4000) : undefined;
  }

  /** @returns {Draft} */
  draft(text = this.read()) {
    const site = host.endsWith('google.com') && location.pathname.startsWith('/maps') ? 'google.com/maps' : host;
    return { text, site, setting: this.setting, context: this.context };
  }
}

/** @param {Finding} finding */
function keyOf(finding) {
  return `${finding.rule}\n${finding.quote}`;
}

/** @type {WeakMap<Element, Composer>} */
const known = new WeakMap();
/** @type {Set<WeakRef<Composer>>} */
const all = new Set();

/** The composer that an event happened in, if any. @param {Event} event */
export function composerOf(event) {
  const path = event.composedPath();
  let target = path[0];
  // Events from closed roots are told as from their host.
  if (target instanceof Element && !editableOf(target)) target = activeWithin(target) ?? target;
  const element = target instanceof Node ? editableOf(target) : null;
  return element ? composerAt(element) : null;
}

/** @param {HTMLElement} element */
export function composerAt(element) {
  let composer = known.get(element);
  if (!composer) {
    composer = new Composer(element);
    known.set(element, composer);
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
    else all.delete(ref);
  }
  return live;
}

/** The outermost editable element that a node belongs to. @param {Node} node @returns {HTMLElement | null} */
function editableOf(node) {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  if (!element) return null;
  if (element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && profile.fields.some((one) => element.matches(one)))) {
    return excluded(element) ? null : element;
  }
  if (!element.isContentEditable) return null;
  let top = element;
  while (top.parentElement?.isContentEditable) top = top.parentElement;
  return excluded(top) ? null : top;
}

/** @param {HTMLElement} element */
function excluded(element) {
  return element.hasAttribute('readonly') || profile.not.some((one) => element.matches(one));
}

/** Editable boxes below an element, also such that nobody has typed in yet. @param {Element} root */
export function composersIn(root) {
  const found = new Set(composers().filter((one) => isWithin(one.element, root)));
  for (const element of root.querySelectorAll("textarea, [contenteditable=''], [contenteditable='true'], [contenteditable='plaintext-only']")) {
    const editable = editableOf(element);
    if (editable) found.add(composerAt(editable));
  }
  return [...found].filter((one) => one.read().trim() !== '');
}

/** @param {Element} element @param {Element} root */
function isWithin(element, root) {
  for (let at = /** @type {Element | null} */ (element); at; at = parentOf(at)) if (at === root) return true;
  return false;
}

/** The focused element within a host, through closed roots. @param {Element} host */
function activeWithin(host) {
  let root = rootOf(host);
  let active = null;
  while (root?.activeElement) {
    active = root.activeElement;
    root = rootOf(active);
  }
  return active;
}

/** The shadow root of an element, open or closed. @param {Element} element @returns {ShadowRoot | null} */
export function rootOf(element) {
  if (!(element instanceof HTMLElement)) return null;
  try {
    return chrome.dom?.openOrClosedShadowRoot(element) ?? element.shadowRoot;
  } catch {
    return /** @type {any} */ (element).openOrClosedShadowRoot ?? element.shadowRoot;
  }
}

/** `closest` that climbs out of shadow roots. @param {Element} element @param {string} selector @returns {Element | null} */
export function closest(element, selector) {
  for (let at = /** @type {Element | null} */ (element); at; at = parentOf(at)) if (at.matches(selector)) return at;
  return null;
}

/** The parent of an element, out of shadow roots. @param {Element} element */
export function parentOf(element) {
  const parent = element.assignedSlot ?? element.parentNode;
  return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
}

/**
 * The text of a contenteditable, with the nodes it comes from. Lines are those
 * that the reader sees: blocks and <br>. A no-break space reads as a space, as
 * editors put one wherever two spaces meet.
 * @param {HTMLElement} root
 */
export function readEditable(root) {
  let text = '';
  /** @type {Piece[]} */
  const pieces = [];
  let pendingLine = false;
  const walk = (/** @type {Node} */ node) => {
    if (node instanceof Text) {
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
    if (!(node instanceof Element)) return;
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
    if (node instanceof HTMLElement && node !== root && (node.hidden || node.contentEditable === 'false') && !node.textContent?.trim()) return;
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
    if (at instanceof Element && BLOCK.test(at.tagName)) return true;
  }
  return true;
}
