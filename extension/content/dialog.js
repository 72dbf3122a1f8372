// The review dialog: what it opens when a post was held. The safe way back has
// the focus; what the policy allows decides whether there is a way forward.

import { make, onOwn, onLost, surface } from './surface.js';
import { isUncovered, watchSight } from './sight.js';
import { text } from './texts.js';

/** @typedef {{ choice: 'back' | 'replace' | 'anyway' | 'safe', reason: string, attested: boolean, words: string }} Outcome */
/** @typedef {{ before: string, after: string, findings: Finding[] }} Part one composer of the post */

/** More are summed up. */
const LISTED = 12;
const QUOTE_LENGTH = 80;
/** Longer texts are not shown side by side: nobody would read them. */
const COMPARED = 20_000;
/** Shortest reason, unless the policy says another. */
const REASON_LENGTH = 5;
/** Replies that thank and confirm nothing: each is one message. */
const SAFE_REPLIES = ['ui_safe_reply_1', 'ui_safe_reply_2', 'ui_safe_reply_3'];
/** What a written authorization must contain, 45 CFR 164.508(c)(1) and (2). */
const ELEMENTS = ['what', 'who', 'whom', 'why', 'until', 'signed', 'rights'];

/** @type {HTMLDialogElement | null} */
let open = null;
/** Ends a dialog that the page took away: as "Go back". @type {(() => void) | null} */
let dismiss = null;

/**
 * @param {{ parts: Part[], decision: string, ways: Ways, trouble: string, setting: string }} held
 * @returns {Promise<Outcome>}
 */
export function review(held) {
  dismiss?.();
  const findings = held.parts.flatMap((part) => part.findings);
  const changed = held.parts.filter((part) => part.after !== part.before);
  /** @type {Outcome} */
  const outcome = { choice: 'back', reason: '', attested: false, words: '' };
  const dialog = make('dialog', { role: 'alertdialog', 'aria-labelledby': 'review-title', 'aria-describedby': 'review-text' });
  open = dialog;
  dialog.append(...heading(held, findings.length));
  if (findings.length) dialog.append(listOf(findings));
  if (findings.length) changed.filter((part) => part.before.length <= COMPARED).forEach((part, at) => dialog.append(sidesOf(part, changed.length > 1 ? text('ui_review_part', [String(at + 1), String(changed.length)]) : '')));

  return new Promise((resolve) => {
    const cleanups = [watchSight(dialog), onLost(() => end())];
    const end = () => {
      if (open === dialog) open = dismiss = null;
      cleanups.forEach((one) => one());
      dialog.remove();
      resolve(outcome);
    };
    const choose = (/** @type {Outcome['choice']} */ choice) => (/** @type {Event} */ event) => {
      // The page could click for the user; only the user may decide.
      if (!event.isTrusted) return;
      // Nor may it lay something over the question.
      if (choice === 'anyway' && !isUncovered(dialog, /** @type {HTMLElement} */ (event.currentTarget))) {
        said.textContent = text('ui_review_covered');
        dialog.close();
        dialog.showModal();
        return;
      }
      outcome.choice = choice;
      end();
    };
    const button = (/** @type {string} */ key, /** @type {Outcome['choice']} */ choice, main = false) => {
      const one = make('button', { type: 'button', ...(main ? { class: 'main', autofocus: '' } : {}) }, [text(key)]);
      one.addEventListener('click', choose(choice));
      return one;
    };
    const said = make('p', { class: 'trouble', role: 'status' });
    const row = make('div', { class: 'row' }, [button('ui_review_back', 'back', true)]);
    if (changed.length) row.append(button('ui_review_replace', 'replace'));
    const safe = (/** @type {string} */ words) => {
      const one = make('button', { type: 'button', class: 'reply' }, [words]);
      one.addEventListener('click', (event) => {
        outcome.words = words;
        choose('safe')(event);
      });
      return one;
    };
    if (held.setting === 'review_reply' && findings.length) {
      dialog.append(make('div', { role: 'group', 'aria-labelledby': 'safe' }, [make('h3', { id: 'safe' }, [text('ui_review_safe')]), ...SAFE_REPLIES.map((key) => safe(text(key)))]));
    }
    if (held.decision === 'block') dialog.append(make('p', { class: 'soft' }, [text('ui_review_blocked')]));
    else {
      const anyway = button('ui_review_anyway', 'anyway');
      row.append(anyway);
      const attested = held.ways.attest && findings.some((one) => one.category !== 'misinformation' && one.category !== 'credential');
      const wanted = held.decision === 'justify' ? (held.ways.reasonLength ?? REASON_LENGTH) : 0;
      const renew = () => (anyway.disabled = outcome.reason.length < wanted || (attested && held.ways.attestRequired === true && !outcome.attested));
      if (wanted) dialog.append(...reasonFor(held.ways, outcome, renew, cleanups));
      if (attested) dialog.append(...attestation(held.ways, outcome, renew));
      renew();
    }
    dialog.append(said, row);
    dismiss = end;
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      end();
    });
    surface().append(dialog);
    dialog.showModal();
  });
}

/** A page can take our host away, and the dialog with it. */
export function reviewIsOpen() {
  return open?.isConnected === true;
}

/** @param {{ ways: Ways, trouble: string }} held @param {number} count */
function heading({ ways, trouble }, count) {
  const what = trouble ? text('ui_review_trouble', trouble) : text(count === 1 ? 'ui_review_text_one' : 'ui_review_text', String(count));
  const parts = [make('h2', { id: 'review-title' }, [text(trouble ? 'ui_review_trouble_title' : 'ui_review_title')]), make('p', { id: 'review-text' }, [what])];
  if (ways.organization && /^https:\/\//.test(ways.policyLink)) {
    parts.push(make('p', { class: 'soft' }, [make('a', { href: ways.policyLink, target: '_blank', rel: 'noopener noreferrer' }, [text('ui_review_policy', ways.organization)])]));
  }
  if (ways.reminder) parts.push(make('p', { class: 'soft' }, [ways.reminder]));
  if (ways.contact) parts.push(make('p', { class: 'soft' }, [text('ui_review_contact', ways.contact)]));
  return parts;
}

/** @param {Finding[]} findings */
function listOf(findings) {
  const list = make('ul', {}, findings.slice(0, LISTED).map((one) => make('li', {}, [make('strong', {}, [`“${one.quote.slice(0, QUOTE_LENGTH)}”`]), ` ${one.message}`])));
  if (findings.length > LISTED) list.append(make('li', {}, [text('ui_review_more', String(findings.length - LISTED))]));
  return list;
}

/** The text as it is, and as it would be. @param {Part} part @param {string} title */
function sidesOf({ before, after, findings }, title) {
  const side = (/** @type {string} */ key, /** @type {(Node | string)[]} */ words) => make('div', { tabindex: '0', role: 'group', 'aria-label': text(key) }, [make('h3', {}, [text(key)]), ...words]);
  return make('div', {}, [...(title ? [make('h3', {}, [title])] : []), make('div', { class: 'sides' }, [side('ui_review_before', marked(before, findings)), side('ui_review_after', [after])])]);
}

/** @param {Ways} ways @param {Outcome} outcome @param {() => void} renew @param {(() => void)[]} cleanups */
function reasonFor(ways, outcome, renew, cleanups) {
  const reason = make('textarea', { rows: '2', id: 'reason', maxlength: '300', required: '' });
  cleanups.push(onOwn('input', () => {
    outcome.reason = reason.value.trim();
    renew();
  }));
  return [make('label', { for: 'reason' }, [ways.reasonPrompt || text('ui_review_reason')]), reason];
}

/** The writer's statement that a written authorization exists, with what one must contain. @param {Ways} ways @param {Outcome} outcome @param {() => void} renew */
function attestation(ways, outcome, renew) {
  const box = make('input', { type: 'checkbox', id: 'attest' });
  box.addEventListener('change', () => {
    outcome.attested = box.checked;
    renew();
  });
  return [
    make('label', { class: 'check', for: 'attest' }, [box, make('span', {}, [ways.attestText || text('ui_review_attest')])]),
    make('details', {}, [make('summary', {}, [text('ui_review_attest_what')]), make('ul', {}, ELEMENTS.map((one) => make('li', {}, [text(`ui_attest_${one}`)])))]),
  ];
}

/** The text with the findings marked. @param {string} words @param {Finding[]} findings */
function marked(words, findings) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let at = 0;
  for (const one of [...findings].sort((a, b) => a.start - b.start)) {
    if (one.start < at) continue;
    parts.push(words.slice(at, one.start), make('mark', {}, [words.slice(one.start, one.end)]));
    at = one.end;
  }
  parts.push(words.slice(at));
  return parts;
}
