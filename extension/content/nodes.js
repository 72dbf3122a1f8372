// Walking a page: out of shadow roots, out of frames of the same origin, and
// into both. Nodes of an inner frame are of that frame's classes, so nothing
// here asks `instanceof`.

/** @param {any} node @returns {node is HTMLElement} */
export const isElement = (node) => node?.nodeType === 1;

/** @param {any} node @returns {node is ShadowRoot} */
export const isRoot = (node) => node?.nodeType === 11 && Boolean(node.host);

/** The shadow root of an element, open or closed. @param {any} element @returns {ShadowRoot | null} */
export function rootOf(element) {
  if (!isElement(element)) return null;
  if (element.shadowRoot) return element.shadowRoot;
  try {
    return chrome.dom?.openOrClosedShadowRoot(element) ?? /** @type {any} */ (element).openOrClosedShadowRoot ?? null;
  } catch {
    return /** @type {any} */ (element).openOrClosedShadowRoot ?? null;
  }
}

/** The parent of an element, out of shadow roots and frames. @param {Element} element @returns {Element | null} */
export function parentOf(element) {
  const parent = element.assignedSlot ?? element.parentNode;
  if (isElement(parent)) return parent;
  if (isRoot(parent)) return parent.host;
  try {
    return element.ownerDocument.defaultView?.frameElement ?? null;
  } catch {
    return null; // a frame of another origin
  }
}

/** `closest` that climbs out of shadow roots and frames. @param {Element} element @param {string} selector @returns {Element | null} */
export function closest(element, selector) {
  if (!selector) return null;
  for (let at = /** @type {Element | null} */ (element); at; at = parentOf(at)) if (at.matches(selector)) return at;
  return null;
}

/** @param {Element} element @param {Element} root */
export function isWithin(element, root) {
  if (root.contains(element)) return true;
  for (let at = /** @type {Element | null} */ (element); at; at = parentOf(at)) if (at === root) return true;
  return false;
}

/** Every element below a root that matches, also in shadow roots and frames of the same origin, in the order of the page. @param {ParentNode} root @param {string} selector @returns {HTMLElement[]} */
export function deepAll(root, selector) {
  const own = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector));
  /** @type {HTMLElement[]} */
  const found = [];
  let next = 0;
  for (const element of root.querySelectorAll('*')) {
    if (element === own[next]) found.push(/** @type {HTMLElement} */ (own[next++]));
    // Any element of these names may hold a root; a custom one nearly always does.
    const inner = element.shadowRoot ?? (element.localName.includes('-') ? rootOf(element) : null) ?? documentOf(element);
    if (inner) for (const one of deepAll(inner, selector)) found.push(one);
  }
  return found;
}

/** The document of a frame, where this page may look into it. @param {Element} element @returns {Document | null} */
function documentOf(element) {
  if (element.localName !== 'iframe') return null;
  try {
    return /** @type {HTMLIFrameElement} */ (element).contentDocument;
  } catch {
    return null;
  }
}

/** Whether a person can see an element. @param {Element} element @param {boolean} [clear] also such that is drawn clear as glass, over something else */
export function isSeen(element, clear = false) {
  const box = element.getBoundingClientRect();
  if (box.width < 2 || box.height < 2) return false;
  return element.checkVisibility?.({ opacityProperty: !clear, visibilityProperty: true }) ?? true;
}
