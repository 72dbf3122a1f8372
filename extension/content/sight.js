// Whether a person can see what they are about to press. A page may open
// something of its own over our dialog, even such that lets presses through.

/** @type {WeakMap<HTMLElement, boolean>} */
const seen = new WeakMap();

/** Has the browser itself watch whether a dialog is covered, where it can (Chromium). @param {HTMLElement} dialog @returns {() => void} stops watching */
export function watchSight(dialog) {
  const options = /** @type {any} */ ({ threshold: 0.6, trackVisibility: true, delay: 100 });
  if (!('isVisible' in IntersectionObserverEntry.prototype)) return () => {};
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) seen.set(dialog, /** @type {any} */ (entry).isVisible || !entry.isIntersecting);
  }, options);
  observer.observe(dialog);
  return () => observer.disconnect();
}

/** @param {HTMLElement} dialog @param {HTMLElement} button */
export function isUncovered(dialog, button) {
  if (seen.get(dialog) === false) return false;
  const root = /** @type {ShadowRoot} */ (dialog.getRootNode());
  const box = button.getBoundingClientRect();
  const overlaps = (/** @type {Element} */ other) => {
    const own = other.getBoundingClientRect();
    return own.left < box.right && own.right > box.left && own.top < box.bottom && own.bottom > box.top;
  };
  const above = [...document.querySelectorAll(':popover-open, dialog:modal')].filter((one) => one !== root.host && !one.contains(root.host));
  return !above.some(overlaps) && root.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) === button;
}
