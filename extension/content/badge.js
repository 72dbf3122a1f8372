// The small sign at the composer: that it is watched, and how many things were
// found. Silence would look like safety, so it is always there.

import { isHost, make, surface } from './surface.js';
import { text } from './texts.js';

/** @type {HTMLButtonElement | null} */
let badge = null;
/** @type {HTMLElement | null} */
let announcer = null;
/** @type {import('./composer.js').Composer | null} */
let shown = null;
let announceTimer = 0;

/** @param {import('./composer.js').Composer} composer @param {(composer: import('./composer.js').Composer) => void} open */
export function showBadge(composer, open) {
  if (!badge) {
    badge = make('button', { class: 'badge', type: 'button' });
    badge.addEventListener('click', () => shown && open(shown));
    // The composer keeps its caret.
    badge.addEventListener('mousedown', (event) => event.preventDefault());
    announcer = make('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
  }
  shown = composer;
  const root = surface(composer.element);
  if (badge.parentNode !== root) root.append(badge, /** @type {Node} */ (announcer));
  const { state, words, name } = saying(composer);
  badge.dataset.state = state;
  busyBadge(composer.checked !== composer.read());
  if (badge.textContent !== words) badge.textContent = words;
  badge.setAttribute('aria-label', name);
  badge.title = name;
  placeBadge();
  clearTimeout(announceTimer);
  announceTimer = window.setTimeout(() => {
    if (announcer && announcer.textContent !== name && state !== 'busy') announcer.textContent = name;
  }, 1500);
}

/** Says, to those who cannot wait, that newer words are being checked. @param {boolean} busy */
export function busyBadge(busy) {
  badge?.setAttribute('aria-busy', String(busy));
}

export function hideBadge() {
  badge?.remove();
  shown = null;
}

/** At the lower end of the composer, within the window. */
export function placeBadge() {
  const composer = shown;
  if (!badge || !composer) return;
  if (!composer.element.isConnected) return hideBadge();
  const box = composer.box;
  const own = badge.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  badge.style.visibility = seen ? 'visible' : 'hidden';
  const rtl = getComputedStyle(composer.element).direction === 'rtl';
  const left = Math.max(4, Math.min(rtl ? box.left + 4 : box.right - own.width - 4, innerWidth - own.width - 4));
  // Beside the box where there is room, and never over what can be pressed.
  const tops = [box.bottom + 4, box.top - own.height - 4, box.bottom - own.height - 4].map((top) => Math.max(4, Math.min(top, innerHeight - own.height - 4)));
  const top = tops.find((one) => isFree(left, one, own, composer)) ?? tops[2];
  badge.style.left = `${left}px`;
  badge.style.top = `${top}px`;
}

/** Things that a person may want to press or read below the badge. */
const TAKEN = "button, a, input, select, textarea, label, summary, [role='button'], [tabindex]:not([tabindex='-1']), [contenteditable]:not([contenteditable='false'])";
/** @param {number} left @param {number} top @param {DOMRect} own @param {import('./composer.js').Composer} composer */
function isFree(left, top, own, composer) {
  const right = left + own.width;
  const bottom = top + own.height;
  const points = /** @type {const} */ ([[left, top], [right, top], [left, bottom], [right, bottom], [(left + right) / 2, (top + bottom) / 2]]);
  return points.every(([x, y]) => {
    const there = document.elementsFromPoint(x, y).find((one) => !isHost(one));
    const taken = there?.closest(TAKEN);
    return !taken || taken.contains(composer.element);
  });
}

/** @param {import('./composer.js').Composer} composer */
function saying(composer) {
  if (composer.trouble) return { state: 'trouble', words: `! ${text('ui_badge_trouble')}`, name: text('ui_badge_trouble_name', composer.trouble) };
  if (composer.checked === null) return { state: 'busy', words: '…', name: text('ui_badge_busy_name') };
  const stop = composer.findings.filter((one) => one.action !== 'notice').length;
  const look = composer.findings.length - stop;
  if (stop) return { state: 'warn', words: `⚠ ${stop + look}`, name: text('ui_badge_warn_name', String(stop + look)) };
  if (look) return { state: 'notice', words: `◔ ${look}`, name: text('ui_badge_notice_name', String(look)) };
  return { state: 'clean', words: `✓ ${text('ui_badge_clean')}`, name: text('ui_badge_clean_name') };
}
