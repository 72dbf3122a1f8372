// Hears what happens on the page before the page does.
//
// The window's capture phase comes first of all, but it is not told everything:
// events in a closed root are told as from its host, and `submit` or a page's
// own `input` do not leave a root at all. So each root that an event passes is
// listened to as well. And `document.open()` takes all listeners away, as old
// editors do in their frame: they are put back when the document's root changes.

import { isRoot, rootOf } from './nodes.js';

/** @typedef {(event: any) => void} Handler */

/** @type {{ type: string, handler: Handler, options: AddEventListenerOptions }[]} */
const heard = [];
/** @type {Set<WeakRef<EventTarget>>} */
const armed = new Set();
/** @type {WeakSet<EventTarget>} */
const isArmed = new WeakSet();
/** @type {WeakMap<Event, Set<Handler>>} */
const told = new WeakMap();

/** @param {string} type @param {Handler} handler @param {{ passive?: boolean, signal: AbortSignal }} options */
export function listen(type, handler, options) {
  const once = (/** @type {Event} */ event) => {
    const path = event.composedPath();
    for (const one of path) if (isRoot(one)) arm(one);
    const inner = rootOf(path[0]);
    if (inner?.mode === 'closed') {
      // Perhaps from inside: then it is told again there, with all of its path.
      arm(inner);
      return handler(event);
    }
    const before = told.get(event) ?? new Set();
    if (before.has(handler)) return;
    told.set(event, before.add(handler));
    handler(event);
  };
  const entry = { type, handler: once, options: { capture: true, ...options } };
  heard.push(entry);
  window.addEventListener(type, once, entry.options);
  for (const ref of armed) ref.deref()?.addEventListener(type, once, entry.options);
}

/** @param {EventTarget} target */
function arm(target) {
  if (isArmed.has(target)) return;
  isArmed.add(target);
  armed.add(new WeakRef(target));
  for (const { type, handler, options } of heard) target.addEventListener(type, handler, options);
}

/** Listeners of this window are put back after `document.open()`. @param {AbortSignal} signal */
export function keepListening(signal) {
  const again = new MutationObserver(() => {
    for (const { type, handler, options } of heard) window.addEventListener(type, handler, options);
  });
  again.observe(document, { childList: true });
  signal.addEventListener('abort', () => again.disconnect());
}
