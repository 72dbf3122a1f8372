// A sentence at the edge of the window that goes by itself.

import { make, surface } from './surface.js';

/** @type {HTMLElement | null} */
let toast = null;

/** @param {string} words @param {number} [ms] 0 stays */
export function say(words, ms = 6000) {
  toast?.remove();
  const own = make('div', { class: 'toast', role: 'status' }, [words]);
  toast = own;
  surface().append(own);
  if (ms) setTimeout(() => own.remove(), ms);
}
