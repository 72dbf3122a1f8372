// The review dialog: what it opens when a post was held. The safe way back has
// the focus; what the policy allows decides whether there is a way forward.

import { make, onOwn, surface } from './surface.js';
import { text } from './texts.js';

/** @typedef {{ choice: 'back' | 'replace' | 'anyway', reason: string, attested: boolean }} Outcome */

/** @type {HTMLDialogElement | null} */
let open = null;
/** Ends a dialog that the page took away: as "Go back". @type {(() => void) | null} */
let dismiss = null;

/**
 * @param {{ before: string, after: string, findings: Finding[], decision: string, ways: Ways, trouble: string }} held
 * @returns {Promise<Outcome>}
 */
export function review(held) {
  dismiss?.();
  const dialog = make('dialog', { role: 'alertdialog', 'aria-labelledby': 'review-title', 'aria-describedby': 'review-text' });
  open = dialog;
  const count = held.findings.length;
  dialog.append(
    make('h2', { id: 'review-title' }, [held.trouble ? text('ui_review_trouble_title') : text('ui_review_title')]),
    make('p', { id: 'review-text' }, [held.trouble ? text('ui_review_trouble', held.trouble) : text(count === 1 ? 'ui_review_text_one' : 'ui_review_text', String(count))]),
  );
  if (held.ways.organization && held.ways.policyLink) {
    dialog.append(make('p', { class: 'soft' }, [make('a', { href: held.ways.policyLink, target: '_blank', rel: 'noopener noreferrer' }, [text('ui_review_policy', held.ways.organization)])]));
  }
  if (count) {
    dialog.append(make('ul', {}, held.findings.slice(0, 12).map((one) => make('li', {}, [make('strong', {}, [`“${one.quote.slice(0, 80)}”`]), ` ${one.message}`]))));
  }
  if (count && held.after !== held.before) {
    dialog.append(
      make('div', { class: 'sides' }, [
        make('div', {}, [make('h3', {}, [text('ui_review_before')]), ...marked(held.before, held.findings)]),
        make('div', {}, [make('h3', {}, [text('ui_review_after')]), held.after]),
      ]),
    );
  }
  return new Promise((resolve) => {
    /** @type {Outcome} */
    const outcome = { choice: 'back', reason: '', attested: false };
    const row = make('div', { class: 'row' });
    const button = (/** @type {string} */ key, /** @type {Outcome['choice']} */ choice, main = false) => {
      const one = make('button', { type: 'button', ...(main ? { class: 'main', autofocus: '' } : {}) }, [text(key)]);
      one.addEventListener('click', (event) => {
        // The page could click for the user; only the user may decide.
        if (!event.isTrusted) return;
        outcome.choice = choice;
        dialog.close();
      });
      row.append(one);
      return one;
    };
    button('ui_review_back', 'back', true);
    if (held.after !== held.before) button('ui_review_replace', 'replace');
    if (held.decision !== 'block') {
      const anyway = button('ui_review_anyway', 'anyway');
      if (held.decision === 'justify') {
        const reason = make('textarea', { rows: '2', id: 'reason', maxlength: '300' });
        const stop = onOwn('input', () => {
          outcome.reason = reason.value.trim();
          anyway.disabled = outcome.reason.length < 5;
        });
        dialog.addEventListener('close', stop);
        anyway.disabled = true;
        dialog.append(make('label', { for: 'reason' }, [text('ui_review_reason')]), reason);
      }
      if (held.ways.attest && held.findings.some((one) => one.category !== 'misinformation' && one.category !== 'credential')) {
        const box = make('input', { type: 'checkbox', id: 'attest' });
        box.addEventListener('change', () => (outcome.attested = box.checked));
        dialog.append(make('label', { class: 'check', for: 'attest' }, [box, make('span', {}, [text('ui_review_attest')])]));
      }
    } else {
      dialog.append(make('p', { class: 'soft' }, [text('ui_review_blocked')]));
    }
    dialog.append(row);
    const end = () => {
      dialog.remove();
      if (open === dialog) open = dismiss = null;
      resolve(outcome);
    };
    dismiss = end;
    dialog.addEventListener('close', end);
    surface().append(dialog);
    dialog.showModal();
  });
}

/** A page can take our host away, and the dialog with it. */
export function reviewIsOpen() {
  return open?.isConnected === true;
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
