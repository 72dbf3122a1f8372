// The card of one finding: what, why, and what to do about it.

import { boxesOf } from './highlight.js';
import { make, onOwn, surface } from './surface.js';
import { text } from './texts.js';

/**
 * @typedef {object} Acts
 * @property {(finding: Finding) => void} replace
 * @property {(finding: Finding) => void} ignore
 * @property {(finding: Finding) => void} notPatient
 * @property {(finding: Finding) => void} allow
 * @property {(finding: Finding) => void} learn
 * @property {(fact: { quote: string, start: number, end: number }, words: string) => void} soften
 * @property {(by: number) => void} step
 */

/** @type {HTMLElement | null} */
let card = null;
/** @type {HTMLElement | null} */
let returnTo = null;
let stopKeys = () => {};

/**
 * @param {import('./composer.js').Composer} composer
 * @param {Finding} finding
 * @param {Ways} ways
 * @param {Acts} acts
 * @param {boolean} focus
 */
export function showCard(composer, finding, ways, acts, focus) {
  hideCard();
  // A card that nobody asked for must not break what a hand or a screen reader is at.
  card = make('section', { class: 'card', role: 'dialog', 'aria-labelledby': 'card-title', 'aria-describedby': 'card-text' });
  card.append(headOf(composer, finding, acts), make('p', { id: 'card-text' }, [finding.message]), ...factsOf(composer, finding, acts), make('p', {}, [finding.advice]), ...changeOf(finding));
  if (finding.evidence) card.append(make('p', { class: 'soft' }, [text('ui_card_because', finding.evidence)]));
  for (const reference of finding.references) {
    const link = reference.url && /^https:\/\//.test(reference.url);
    card.append(make('p', { class: 'soft' }, [link ? make('a', { href: String(reference.url), target: '_blank', rel: 'noopener noreferrer' }, [reference.title]) : reference.title]));
  }
  const row = buttonsOf(composer, finding, ways, acts);
  card.append(row);
  stopKeys = onOwn('keydown', (event) => {
    if (event.key === 'Escape') hideCard();
    if (event.altKey && event.key === 'ArrowDown') acts.step(1);
    if (event.altKey && event.key === 'ArrowUp') acts.step(-1);
  });
  // A click into the card must not take the composer's selection along.
  card.addEventListener('mousedown', (event) => event.preventDefault());
  surface(composer.element).append(card);
  place(composer, finding);
  if (focus) {
    returnTo = composer.element;
    row.querySelector('button')?.focus({ preventScroll: true });
  }
}

/** What it is about, which of how many, and the way to the others. @param {import('./composer.js').Composer} composer @param {Finding} finding @param {Acts} acts */
function headOf(composer, finding, acts) {
  const all = composer.findings;
  const head = make('div', { class: 'head' }, [make('h2', { id: 'card-title' }, [`“${short(finding.quote)}”`])]);
  if (all.length > 1) {
    const step = (/** @type {string} */ key, /** @type {string} */ sign, /** @type {number} */ by) => {
      const one = make('button', { type: 'button', class: 'step', 'aria-label': text(key), title: text(key) }, [sign]);
      one.addEventListener('click', () => acts.step(by));
      return one;
    };
    const place = make('span', { class: 'soft' }, [text('ui_card_place', [String(all.indexOf(finding) + 1), String(all.length)])]);
    head.append(make('div', { class: 'steps' }, [step('ui_card_previous', '↑', -1), place, step('ui_card_next', '↓', 1)]));
  }
  return head;
}

/**
 * Which facts narrow it down, how many people are left after each, and what to
 * say instead: pressed, it is said so, and the numbers are counted anew.
 * @param {import('./composer.js').Composer} composer
 * @param {Finding} finding
 * @param {Acts} acts
 */
function factsOf(composer, { group_size: size, facts = [] }, acts) {
  if (!size || !facts.length) return [];
  const rows = facts.flatMap((fact) => {
    const row = make('tr', {}, [make('th', { scope: 'row' }, [`“${short(fact.quote)}”`]), make('td', {}, [fact.size])]);
    const { coarser } = fact;
    if (!coarser || composer.shown) return [row];
    const words = coarser.text ? text('ui_card_coarser', [coarser.text, coarser.size]) : text('ui_card_coarser_out', coarser.size);
    const one = make('button', { type: 'button', class: 'reply' }, [words]);
    one.addEventListener('click', (event) => event.isTrusted && acts.soften(fact, coarser.text));
    return [row, make('tr', {}, [make('td', { colspan: '2' }, [one])])];
  });
  return [make('table', { class: 'facts' }, [make('caption', {}, [text('ui_card_people', size.text)]), make('tbody', {}, rows)])];
}

/** @param {Finding} finding */
function changeOf({ quote, replacement }) {
  if (replacement === undefined) return [];
  return [make('p', { class: 'change' }, [make('del', {}, [short(quote)]), ' → ', replacement ? make('ins', {}, [replacement]) : make('em', {}, [text('ui_card_take_out')])])];
}

/** @param {import('./composer.js').Composer} composer @param {Finding} finding @param {Ways} ways @param {Acts} acts */
function buttonsOf(composer, finding, ways, acts) {
  const row = make('div', { class: 'row' });
  const button = (/** @type {string} */ key, /** @type {(f: Finding) => void} */ act, main = false) => {
    const one = make('button', { type: 'button', ...(main ? { class: 'main' } : {}) }, [text(key)]);
    // What is set aside or changed is the user's to decide, not the page's.
    one.addEventListener('click', (event) => event.isTrusted && act(finding));
    row.append(one);
  };
  const blocked = finding.action === 'block';
  const aboutPatient = finding.category !== 'misinformation' && finding.category !== 'credential';
  // What the page draws itself only the writer can change.
  if (finding.replacement !== undefined && !composer.shown) button('ui_card_replace', acts.replace, true);
  if (ways.mayIgnore && !blocked) button('ui_card_ignore', acts.ignore);
  if (ways.mayIgnore && !blocked && aboutPatient) button('ui_card_not_patient', acts.notPatient);
  if (ways.mayAllow && !blocked && finding.category === 'identifier') button('ui_card_allow', acts.allow);
  button('ui_card_learn', acts.learn);
  return row;
}

export function hideCard() {
  const back = card && returnTo;
  stopKeys();
  card?.remove();
  card = null;
  returnTo = null;
  back?.focus({ preventScroll: true });
}

export function cardIsOpen() {
  return card !== null;
}

/** @param {import('./composer.js').Composer} composer @param {Finding} finding */
function place(composer, finding) {
  if (!card) return;
  const box = boxesOf(composer, finding)[0] ?? composer.box;
  const own = card.getBoundingClientRect();
  card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - own.width - 8))}px`;
  const below = box.bottom + 8;
  const top = below + own.height < innerHeight ? below : box.top - own.height - 8;
  card.style.top = `${Math.max(8, Math.min(top, innerHeight - own.height - 8))}px`;
}

/** @param {string} words */
function short(words) {
  return words.length > 80 ? `${words.slice(0, 77)}…` : words;
}
