// A composer: one editable box that the user types in, with what is known of
// its text.

import { host, profile } from './profile.js';
import { closest } from './nodes.js';
import { readEditable } from './reading.js';

const ORDER = ['allow', 'notice', 'warn', 'justify', 'block'];
/** A text that the user chose to post may be tried again for this long. */
const RELEASE_MS = 120_000;

/** Texts that the user chose to post as they are, with the time. An editor may be rebuilt between the choice and the post. @type {Map<string, number>} */
const released = new Map();

/** Lets one text pass. @param {string} text */
export function letPass(text) {
  released.set(text, Date.now());
}

/** The strongest of several actions. @param {string[]} actions */
export function strongest(actions) {
  return actions.reduce((worst, one) => (ORDER.indexOf(one) > ORDER.indexOf(worst) ? one : worst), 'allow');
}

export class Composer {
  /** @param {HTMLElement} element @param {HTMLElement | null} shown where the text stands, if the element only takes the keys */
  constructor(element, shown = null) {
    this.element = element;
    this.shown = shown;
    /** The text of the last answer; null before the first. @type {string | null} */
    this.checked = null;
    /** @type {Assessment | null} */
    this.assessment = null;
    /** Findings that the user set aside, by rule and words. @type {Set<string>} */
    this.ignored = new Set();
    /** The check is broken: why. */
    this.trouble = '';
    this.typed = false;
    /** When the core was last asked, by the page's clock. */
    this.askedAt = -Infinity;
    /** What plain Enter was seen to do here. @type {'' | 'sends' | 'breaks'} */
    this.enter = '';
    /** The same with Shift. @type {'' | 'sends' | 'breaks'} */
    this.shiftEnter = '';
    /** @type {import('./reading.js').Piece[]} */
    this.pieces = [];
  }

  /** A textarea or an input whose own value is the text. */
  get isField() {
    return !this.shown && /^(TEXTAREA|INPUT)$/.test(this.element.tagName);
  }

  /** What the user has written, as the core shall read it. */
  read() {
    if (this.isField) return /** @type {HTMLTextAreaElement} */ (this.element).value;
    const { text, pieces } = readEditable(this.shown ?? this.element);
    this.pieces = pieces;
    return text;
  }

  /** Where the text stands on the screen. */
  get box() {
    return (this.shown ?? this.element).getBoundingClientRect();
  }

  /** Findings that still count. */
  get findings() {
    return (this.assessment?.findings ?? []).filter((one) => !this.ignored.has(keyOf(one)));
  }

  /** Findings that hold a post. */
  get stops() {
    return this.findings.filter((one) => one.action !== 'notice');
  }

  /** The strongest action among the findings that count. */
  get decision() {
    return strongest(this.findings.map((one) => one.action));
  }

  /** Whether this very text may go out. @param {string} text */
  isClear(text = this.read()) {
    if (text.trim() === '') return true;
    const since = released.get(text);
    if (since !== undefined && Date.now() - since < RELEASE_MS) return true;
    return text === this.checked && ['allow', 'notice'].includes(this.decision);
  }

  /** @param {Finding} finding */
  ignore(finding) {
    this.ignored.add(keyOf(finding));
  }

  /** Takes over what is known from a box that the page has replaced by this one. @param {Composer} before */
  inherit(before) {
    this.ignored = before.ignored;
    this.typed = before.typed;
    this.enter = before.enter;
    this.shiftEnter = before.shiftEnter;
    this.assessment = before.assessment;
    this.checked = before.checked;
  }

  /** The range of the page that a finding stands on. @param {{ start: number, end: number }} finding */
  rangeOf(finding) {
    const first = this.pieces.find((piece) => finding.start < piece.to && finding.start >= piece.from);
    const last = this.pieces.findLast((piece) => finding.end > piece.from && finding.end <= piece.to);
    if (!first?.node.isConnected || !last?.node.isConnected) return null;
    const range = first.node.ownerDocument.createRange();
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
