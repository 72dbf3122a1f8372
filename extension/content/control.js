// Which element sends. Named by the site profile, told by its words in many
// languages, made to submit, named so by the page itself; and where a page's
// send control says nothing at all, by its place: the last thing to press after
// the box, or the one that is filled with colour.
//
// Both errors cost: a control that is missed lets a post out, one that is held
// for nothing (emoji, picture, close) makes people uninstall. So "quiet" words
// win over everything but the profile, and a control that may just as well open
// a box ("Reply" under somebody else's post) counts only for a box that has no
// nearer one.

import { editableOf } from './locate.js';
import { closest, deepAll, isSeen, isWithin, parentOf } from './nodes.js';
import { SUBMITS, namesSend, profile, sense } from './profile.js';

/** @typedef {import('./composer.js').Composer} Composer */
/** @typedef {'named' | 'send' | 'submit' | 'answer' | 'side' | 'guess'} Sureness */
/** @typedef {{ element: HTMLElement, sure: Sureness }} Control */

/** What a press can be meant for. */
const PRESSABLE = "button, a, summary, label, input[type='button'], input[type='submit'], input[type='image'], [role='button'], [role='link'], [role='menuitem'], [tabindex]:not([tabindex='-1']), [onclick]";
/** What chooses, and never sends. */
const CHOICE = "[role='switch'], [role='tab'], [role='checkbox'], [role='radio'], [role='option'], [role='combobox'], summary, select, input[type='checkbox'], input[type='radio'], input[type='file']";
/** What switches or opens, and sends only if it says so. */
const SWITCH = "[aria-pressed], [aria-haspopup]:not([aria-haspopup='false']), [aria-expanded]";
/** From what is pressed to the control around it. */
const UP = 6;
/** From a composer to the place that holds its controls too. */
const CLIMB = 30;
/** A control guessed by its place is at most this far from its composer. */
const GUESS_CLIMB = 6;
const LABEL_LENGTH = 60;
/** Plain elements that are looked at for the pointer's hand. */
const LOOKED_AT = 400;

/** The send control that an element belongs to, as far as its own words and names tell. @param {Element} target @returns {Control | null} */
export function controlAt(target) {
  let at = /** @type {Element | null} */ (target);
  for (let level = 0; at && level < UP; level++, at = parentOf(at)) {
    const element = /** @type {HTMLElement} */ (at);
    if (editableOf(element)) return null;
    const said = senseOf(element, level === 0);
    if (said === 'quiet') return null;
    if (said) return { element, sure: said };
  }
  return null;
}

/** @param {HTMLElement} element @param {boolean} pressed @returns {Sureness | 'quiet' | ''} */
function senseOf(element, pressed) {
  if (profile.send.some((one) => element.matches(one))) return 'named';
  if (element.matches('body, html, form, dialog, [role="dialog"]')) return '';
  if (element.matches(CHOICE)) return 'quiet';
  const pressable = element.matches(PRESSABLE) || element.localName.includes('-');
  if (!pressable && !pressed && getComputedStyle(element).cursor !== 'pointer') return '';
  const shown = labelOf(element).trim();
  // The words that people see decide; where they say nothing, the hidden ones may.
  const labels = [shown, element.getAttribute('aria-label') ?? '', element.title, ...picturesOf(element)];
  const said = labels.filter((one) => one && one.length <= LABEL_LENGTH).map(sense).find((one) => one !== '') ?? '';
  if (said === 'quiet') return said;
  if (element.matches(SWITCH) && said !== 'send') return said ? 'side' : '';
  if (said) return leadsAway(element) ? 'side' : said;
  if (element.matches(SUBMITS)) return 'submit';
  if (/^(\p{Extended_Pictographic}|\p{Emoji_Component}|\s)+$/u.test(shown)) return 'quiet';
  return pressable && !shown && namesOf(element).some(namesSend) ? 'send' : '';
}

/** The words that a person reads on a control. @param {HTMLElement} element */
function labelOf(element) {
  if (element.localName === 'input') return /** @type {HTMLInputElement} */ (element).value || /** @type {HTMLInputElement} */ (element).alt;
  const words = (element.textContent ?? '').slice(0, LABEL_LENGTH * 2);
  return words.trim() || (element.shadowRoot?.textContent ?? '').slice(0, LABEL_LENGTH * 2);
}

/** @param {HTMLElement} element @returns {string[]} */
function picturesOf(element) {
  return [...element.querySelectorAll('img[alt], svg[aria-label], svg > title, [role="img"][aria-label]')].slice(0, 3).map((one) => one.getAttribute('alt') ?? one.getAttribute('aria-label') ?? one.textContent ?? '');
}

/** What the page itself calls a control. @param {HTMLElement} element */
function namesOf(element) {
  const own = [element.id, element.getAttribute('name'), element.dataset.testid, element.dataset.action, element.dataset.icon, element.localName.includes('-') ? element.localName : '', ...element.classList];
  const inner = [...element.querySelectorAll('svg, i, use, span, img')].slice(0, 4).flatMap((one) => [one.id, .../** @type {Iterable<string>} */ (one.classList), one.getAttribute('data-icon'), one.getAttribute('href')?.replace(/^.*#/, '')]);
  return [...own, ...inner].filter((one) => typeof one === 'string' && one !== '').map(String);
}

/** A link to another page. @param {HTMLElement} element */
function leadsAway(element) {
  const href = element.localName === 'a' ? element.getAttribute('href') : null;
  return Boolean(href && !/^(#|javascript:)/i.test(href));
}

/**
 * The composers with text that a press on this control would send.
 * @param {Control} control
 * @param {Composer[]} filled every composer of the page that holds text
 */
export function sentBy({ element, sure }, filled) {
  if (!filled.length) return [];
  const within = (/** @type {Element | null} */ root) => (root ? filled.filter((one) => isWithin(one.element, root)) : []);
  const form = /** @type {any} */ (element).form ?? closest(element, 'form');
  const whole = [closest(element, profile.group), form].map(within).find((one) => one.length);
  const near = new Set(whole ?? nearest(element, filled));
  // A sure control sends what is near it, and every box that has no nearer one.
  // An unsure one sends only the boxes that have no nearer one.
  const sureOf = sure === 'named' || sure === 'send' || (sure === 'submit' && Boolean(whole));
  const look = newLook();
  /** @type {Map<HTMLElement[], boolean>} */
  const known = new Map();
  const isOneOf = (/** @type {HTMLElement[]} */ owners) => {
    const is = known.get(owners) ?? owners.some((own) => own.contains(element) || element.contains(own));
    known.set(owners, is);
    return is;
  };
  return filled.filter((one) => {
    if (sureOf && near.has(one)) return true;
    const owners = ownersOf(one, look);
    return isOneOf(owners) || (!owners.length && (sureOf || near.has(one)));
  });
}

/** The composers that stand nearest around a control. A page may hold thousands: each step up is made once. @param {Element} element @param {Composer[]} filled */
function nearest(element, filled) {
  /** Steps from the control up to an element around it, or to where a box meets those. @type {Map<Element, number>} */
  const steps = new Map();
  for (let at = parentOf(element), level = 0; at && level < CLIMB; level++, at = parentOf(at)) steps.set(at, level);
  const meets = filled.map((one) => {
    /** @type {Element[]} */
    const path = [];
    let at = /** @type {Element | null} */ (one.element);
    for (; at && !steps.has(at); at = parentOf(at)) path.push(at);
    const level = at ? (steps.get(at) ?? CLIMB) : CLIMB;
    for (const below of path) steps.set(below, level);
    return level;
  });
  const least = meets.reduce((a, b) => Math.min(a, b), CLIMB);
  return least < CLIMB ? filled.filter((_, at) => meets[at] === least) : [];
}

/**
 * What was seen in one look at the page: with thousands of boxes each control is
 * read once. Never kept: the page may change at any time.
 * @typedef {{ senses: Map<HTMLElement, Sureness | 'quiet' | ''>, owners: Map<Element, HTMLElement[]> }} Look
 */
/** @returns {Look} */
const newLook = () => ({ senses: new Map(), owners: new Map() });

/** The nearest controls that send a composer's text, as words and names tell. @param {Composer} composer @param {Look} [look] @returns {HTMLElement[]} */
export function ownersOf(composer, look = newLook()) {
  let at = parentOf(composer.element);
  for (let level = 0; at && level < CLIMB; level++, at = parentOf(at)) {
    const found = ownersIn(at, look);
    if (found.length) return found;
  }
  return NOBODY;
}
/** @type {HTMLElement[]} */
const NOBODY = [];

/** @param {Element} root @param {Look} look */
function ownersIn(root, look) {
  let found = look.owners.get(root);
  if (!found) {
    found = pressablesIn(root).filter((one) => isOwner(seenSense(one, look)) && isSeen(one));
    look.owners.set(root, found);
  }
  return found;
}

/** What a control says that is not being pressed. @param {HTMLElement} element @param {Look} look */
function seenSense(element, look) {
  const said = look.senses.get(element) ?? senseOf(element, false);
  look.senses.set(element, said);
  return said;
}

/** @param {string} said */
function isOwner(said) {
  return ['named', 'send', 'submit', 'answer'].includes(said);
}

/**
 * A control that says nothing of itself and stands where send controls stand.
 * @param {Element} target
 * @param {Composer[]} filled
 * @returns {{ control: Control, group: Composer[] } | null}
 */
export function guessAt(target, filled) {
  const element = pressableAt(target);
  if (!element || isAside(element)) return null;
  const look = newLook();
  let at = parentOf(element);
  for (let level = 0; at && level < GUESS_CLIMB; level++, at = parentOf(at)) {
    const root = at;
    const group = filled.filter((one) => isWithin(one.element, root));
    if (!group.length) continue;
    const boxes = new Set(group.map((one) => one.element));
    const all = pressablesIn(root).filter((one) => isSeen(one) && !isWithinAny(one, boxes));
    // Where another control says that it sends, this one does something else.
    if (all.some((one) => isOwner(seenSense(one, look)))) return null;
    const after = afterAny(all, group).filter((one) => seenSense(one, look) !== 'quiet' && !isAside(one));
    const last = after.at(-1);
    const filledWithColour = after.filter(isFilled);
    const likely = filledWithColour.length === 1 ? filledWithColour[0] : last;
    return likely && (likely === element || likely.contains(element) || element.contains(likely)) ? { control: { element, sure: 'guess' }, group } : null;
  }
  return null;
}

/** @param {Element} element @param {Set<HTMLElement>} boxes */
function isWithinAny(element, boxes) {
  for (let at = /** @type {Element | null} */ (element); at; at = parentOf(at)) if (boxes.has(/** @type {HTMLElement} */ (at))) return true;
  return false;
}

/** The controls that come after one of the boxes; of boxes in a frame, all outside it do. @param {HTMLElement[]} controls in the order of the page @param {Composer[]} group */
function afterAny(controls, group) {
  const follows = (/** @type {HTMLElement} */ one) => group.some(({ element }) => element.compareDocumentPosition(one) & 4 || !element.ownerDocument.contains(one));
  // What follows one that follows does so too: half of the rest is left each time.
  let [from, to] = [0, controls.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (follows(/** @type {HTMLElement} */ (controls[middle]))) to = middle;
    else from = middle + 1;
  }
  return controls.slice(from);
}

/** @param {HTMLElement} element */
function isAside(element) {
  return element.matches(`${SWITCH}, ${CHOICE}`) || leadsAway(element);
}

/** @param {Element} target @returns {HTMLElement | null} */
function pressableAt(target) {
  let at = /** @type {Element | null} */ (target);
  for (let level = 0; at && level < UP; level++, at = parentOf(at)) {
    const element = /** @type {HTMLElement} */ (at);
    if (editableOf(element)) return null;
    if (senseOf(element, level === 0) === 'quiet') return null;
    if (element.matches(PRESSABLE) || element.localName.includes('-')) return element;
    if (getComputedStyle(element).cursor === 'pointer') {
      // The outermost with the hand is the control.
      const parent = parentOf(element);
      if (!parent || getComputedStyle(parent).cursor !== 'pointer') return element;
    }
  }
  return null;
}

/** What can be pressed below an element, in the order of the page. @param {Element} root */
function pressablesIn(root) {
  const named = PRESSABLE + (profile.send.length ? `, ${profile.send.join(', ')}` : '');
  let looked = 0;
  return deepAll(root, `${named}, div, span`).filter((one) => {
    if (one.matches(named)) return one.localName !== 'label';
    return ++looked <= LOOKED_AT && getComputedStyle(one).cursor === 'pointer' && !(one.parentElement && getComputedStyle(one.parentElement).cursor === 'pointer');
  });
}

/** @param {HTMLElement} element */
function isFilled(element) {
  const colour = getComputedStyle(element).backgroundColor;
  const parent = parentOf(element);
  return !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(colour) && (!parent || getComputedStyle(parent).backgroundColor !== colour);
}
