// The card of one finding: what, why, and what to do about it.

import { boxesOf } from './highlight.js';
import { make, onOwn, surface } from './surface.js';
import { text } from './texts.js';

/** @type {HTMLElement | null} */
let card = null;
/** @type {HTMLElement | null} */
let returnTo = null;
let stopKeys = () => {};

/**
 * @param {import('./composer.js').Composer} composer
 * @param {Finding} finding
 * @param {Ways} ways
 * @param {{ replace: (f: Finding) => void, ignore: (f: Finding) => void, notPatient: (f: Finding) => void, allow: (f: Finding) => void, step: (by: number) => void }} acts
 * @param {boolean} focus
 */
export function showCard(composer, finding, ways, acts, focus) {
  hideCard();
  const id = 'card-title';
  card = make('section', { class: 'card', role: 'dialog', 'aria-labelledby': id });
  const title = make('h2', { id }, [`“${short(finding.quote)}”`]);
  card.append(title, make('p', {}, [finding.message]));
  if (finding.facts?.length) {
    card.append(make('ul', {}, finding.facts.map((fact) => make('li', {}, [`${fact.quote}: ${fact.size}`]))));
  }
  card.append(make('p', {}, [finding.advice]));
  if (finding.replacement !== undefined) {
    const change = make('p', { class: 'change' }, [make('del', {}, [short(finding.quote)]), ' → ']);
    change.append(finding.replacement ? make('ins', {}, [finding.replacement]) : make('em', {}, [text('ui_card_take_out')]));
    card.append(change);
  }
  if (finding.evidence) card.append(make('p', { class: 'soft' }, [text('ui_card_because', finding.evidence)]));
  for (const reference of finding.references) {
    const words = reference.url ? make('a', { href: reference.url, target: '_blank', rel: 'noopener noreferrer' }, [reference.title]) : reference.title;
    card.append(make('p', { class: 'soft' }, [words]));
  }
  const row = make('div', { class: 'row' });
  const button = (/** @type {string} */ key, /** @type {() => void} */ act, main = false) => {
    const one = make('button', { type: 'button', ...(main ? { class: 'main' } : {}) }, [text(key)]);
    one.addEventListener('click', act);
    row.append(one);
  };
  if (finding.replacement !== undefined) button('ui_card_replace', () => acts.replace(finding), true);
  if (ways.mayIgnore && finding.action !== 'block') {
    button('ui_card_ignore', () => acts.ignore(finding));
    if (finding.category !== 'misinformation' && finding.category !== 'credential') button('ui_card_not_patient', () => acts.notPatient(finding));
  }
  if (ways.mayAllow && finding.category === 'identifier' && finding.action !== 'block') button('ui_card_allow', () => acts.allow(finding));
  button('ui_card_learn', () => window.open(chrome.runtime.getURL('pages/learn.html'), '_blank', 'noopener'));
  card.append(row);
  stopKeys = onOwn('keydown', (event) => {
    if (event.key === 'Escape') hideCard();
    if (event.altKey && event.key === 'ArrowDown') acts.step(1);
    if (event.altKey && event.key === 'ArrowUp') acts.step(-1);
  });
  // A click into the card must not take the composer's selection along.
  card.addEventListener('mousedown', (event) => event.preventDefault());
  surface().append(card);
  place(composer, finding);
  if (focus) {
    returnTo = composer.element;
    row.querySelector('button')?.focus();
  }
}

export function hideCard() {
  const back = card && returnTo;
  stopKeys();
  card?.remove();
  card = null;
  returnTo = null;
  back?.focus();
}

export function cardIsOpen() {
  return card !== null;
}

/** @param {import('./composer.js').Composer} composer @param {Finding} finding */
function place(composer, finding) {
  if (!card) return;
  const box = boxesOf(composer, finding)[0] ?? composer.element.getBoundingClientRect();
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
