// The site profile of this page: data of sites/sites.json over the generic one,
// and the words by which controls and fields are known on any site.

import data from '../sites/sites.json';
import controls from '../sites/controls.json';
import { closest } from './nodes.js';

/** The host whose post this would be: a frame without one of its own belongs to the page above. */
export const host = location.hostname || hostAbove();

/** @type {SiteProfile[]} */
const sites = data.sites;
const own = sites.find((site) => site.hosts.some((name) => host === name || host.endsWith(`.${name}`)));

/** @type {Required<Omit<SiteProfile, 'hosts'>>} */
export const profile = profileFrom(own);
let used = '';

/** Takes an organization's profile for this site in place of ours: a changed site is mended without a release. @param {SiteProfile | undefined} theirs */
export function useProfile(theirs) {
  const key = JSON.stringify(theirs ?? null);
  if (key === used) return;
  used = key;
  Object.assign(profile, profileFrom(theirs ? { ...own, ...theirs } : own));
}

/** @param {SiteProfile | undefined} site @returns {Required<Omit<SiteProfile, 'hosts'>>} */
function profileFrom(site) {
  return {
    send: valid(site?.send),
    group: valid([site?.group ?? ''])[0] ?? "form, dialog, [role='dialog']",
    enterSends: valid(site?.enterSends),
    enterSendsOutside: valid([site?.enterSendsOutside ?? ''])[0] ?? '',
    enterBreaks: valid(site?.enterBreaks),
    not: [...(data.generic.not ?? []), ...valid(site?.not)],
    fields: valid(site?.fields),
    settings: (site?.settings ?? []).filter((one) => one.within === '*' || valid([one.within]).length),
    context: valid([site?.context ?? ''])[0] ?? '',
    messages: valid([site?.messages ?? ''])[0] ?? '',
  };
}

/** A selector that does not parse would break the gate: it is left out. @param {string[]} [selectors] */
function valid(selectors = []) {
  return selectors.filter((one) => {
    try {
      return one !== '' && Boolean(document.createDocumentFragment().querySelector(one) === null);
    } catch {
      return false;
    }
  });
}

/** Selector of controls that are made to send, on any site. */
export const SUBMITS = data.generic.send.join(', ');

/** Made when the first control is looked at: most pages have no composer. @type {Record<'send' | 'answer' | 'side' | 'verbs' | 'tails' | 'quiet' | 'quietPhrases' | 'tokens' | 'fill' | 'glyphs', Set<string>> | undefined} */
let made;
const known = () => (made ??= {
  send: new Set(Object.values(controls.sendWords).flat()),
  answer: new Set(controls.answerWords),
  side: new Set(controls.sideWords),
  verbs: new Set(controls.sendVerbs),
  tails: new Set(controls.sendTails),
  quiet: new Set(controls.quietWords),
  quietPhrases: new Set(controls.quietPhrases),
  tokens: new Set(controls.sendTokens),
  fill: new Set(controls.fillTokens),
  glyphs: new Set(controls.sendGlyphs),
});

/** @typedef {'send' | 'answer' | 'side' | 'quiet' | ''} Sense */

/**
 * What the words of a control say: that it sends, that it sends or opens a box
 * ("Reply"), that it may send or do something beside ("Share"), that it does
 * something else, or nothing that is known.
 * @param {string} label
 * @returns {Sense}
 */
export function sense(label) {
  const { send, verbs, tails, quiet, quietPhrases, glyphs } = known();
  if (glyphs.has(label.replace(/[\ufe0f\u200d\s]/g, ''))) return 'send';
  const words = plain(label);
  if (!words) return '';
  if (send.has(words)) return kindOf(words);
  if (quietPhrases.has(words)) return 'quiet';
  const [first = '', second = '', ...rest] = words.split(' ');
  if ([first, second, ...rest].some((one) => quiet.has(one))) return 'quiet';
  if (!verbs.has(first)) return '';
  const toSomebody = /^(to|as|in|on|with|by)$/.test(second) && rest.length <= 4;
  return toSomebody || [second, ...rest].every((one) => tails.has(one)) ? kindOf(first) : '';
}

/** @param {string} words @returns {Sense} */
function kindOf(words) {
  const { answer, side } = known();
  return answer.has(words) ? 'answer' : side.has(words) ? 'side' : 'send';
}

/** Whether a name of a page's own (id, class, test id, icon) says that a control sends: every part of it is about sending. @param {string} name */
export function namesSend(name) {
  const { tokens, fill } = known();
  const parts = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().replace(/paper[-_ ]?plane/g, 'paperplane').split(/[^a-z]+/).filter(Boolean);
  return parts.some((one) => tokens.has(one)) && parts.every((one) => tokens.has(one) || fill.has(one));
}

/** Search boxes, names, addresses, codes: single-line fields that are no part of a post. @param {HTMLInputElement} field */
export function fieldIsNoPost(field) {
  if (field.getAttribute('role') === 'combobox' || /username|email|tel|url|postal|cc-|name/.test(field.autocomplete)) return true;
  const words = ` ${wordsOf(field).replace(/[^\p{L}]+/gu, ' ')} `;
  return controls.fieldExcludes.some((one) => words.includes(` ${one} `));
}

/** Whether a box says that plain Enter sends. @param {HTMLElement} element */
export function hintsAtEnter(element) {
  const words = wordsOf(element);
  return controls.enterHints.some((one) => (one.length > 2 ? words.includes(one) : words.trim() === one));
}

/** Whether a box, or a control beside it, says that Shift with Enter sends. @param {HTMLElement} element */
export function hintsAtShiftEnter(element) {
  const words = `${wordsOf(element)} ${element.getAttribute('aria-keyshortcuts') ?? ''} ${(element.textContent ?? '').length <= 60 ? element.textContent : ''}`;
  // A line break that is hinted at is no send.
  return /(shift|⇧|umschalt|maj|mayús)\s*[+-]?\s*(enter|return|⏎|↵|intro|entrée)/i.test(words) && !/new line|line break|newline|nueva línea|salto de línea|neue zeile|zeilenumbruch|nouvelle ligne/i.test(words);
}

/** @param {HTMLElement} element */
function wordsOf(element) {
  const labels = [closest(element, 'label')?.textContent, ...(element.id ? (labelsOf(element).get(element.id) ?? []) : [])];
  const names = ['aria-label', 'placeholder', 'aria-placeholder', 'data-placeholder', 'title', 'name', 'id'].map((one) => element.getAttribute(one));
  return [...labels, ...names].filter(Boolean).join(' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** Words of labels by what they are for. The browser's own list walks the whole page for each field. @type {Map<Node, Map<string, (string | null)[]>> | null} */
let labelled = null;
/** @param {HTMLElement} element */
function labelsOf(element) {
  if (!labelled) {
    labelled = new Map();
    queueMicrotask(() => (labelled = null));
  }
  const root = /** @type {Document} */ (element.getRootNode());
  let words = labelled.get(root);
  if (!words) {
    words = new Map();
    labelled.set(root, words);
    for (const one of root.querySelectorAll('label')) {
      const of = words.get(one.htmlFor) ?? [];
      words.set(one.htmlFor, of);
      of.push(one.textContent);
    }
  }
  return words;
}

/** @param {string} label */
function plain(label) {
  return label.toLowerCase().normalize('NFC').replace(/[^\p{L}\p{M}'’-]+/gu, ' ').replace(/(^|\s)['’-]+|['’-]+(?=\s|$)/g, ' ').replace(/\s+/g, ' ').trim();
}

function hostAbove() {
  try {
    return new URL(document.referrer).hostname || window.parent.location.hostname;
  } catch {
    return '';
  }
}
