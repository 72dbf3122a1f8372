// Where our own elements live: a host of its own in the top layer, a closed
// root that the page cannot read, and no trace of kinds or words in names.

import css from './surface.css';

/** How often in a row a page may take our host away before we give way. */
const PATIENCE = 5;

/** @type {HTMLElement | null} */
let hostElement = null;
/** @type {ShadowRoot | null} */
let root = null;
let removals = 0;

/** The root for our elements, put back when the page removed it. @returns {ShadowRoot} */
export function surface() {
  if (!hostElement || !root) {
    hostElement = document.createElement('div');
    hostElement.style.cssText = 'all: initial !important; position: fixed !important; inset: 0 auto auto 0 !important; width: 0 !important; height: 0 !important; border: 0 !important; padding: 0 !important; background: none !important; overflow: visible !important; z-index: 2147483647 !important; display: block !important;';
    root = hostElement.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    // The page shall not act on what happens in our elements.
    for (const type of ['click', 'pointerdown', 'pointerup', 'mousedown', 'mouseup']) {
      root.addEventListener(type, (event) => event.stopPropagation());
    }
  }
  place();
  return root;
}

/** @type {Map<string, Set<(event: Event) => void>>} */
const own = new Map();

/**
 * Listens to keys and typing in our own elements. They are kept from the page
 * (a page's capture listener would see them before any listener of ours
 * inside), so they are told to us from the window.
 * @param {string} type
 * @param {(event: any) => void} listener
 * @returns {() => void} stops listening
 */
export function onOwn(type, listener) {
  const set = own.get(type) ?? new Set();
  own.set(type, set.add(listener));
  return () => set.delete(listener);
}

/** Keeps an event in our elements from the page. @param {Event} event */
export function keepFromPage(event) {
  event.stopImmediatePropagation();
  for (const listener of own.get(event.type) ?? []) listener(event);
}

/** Whether an event happened in our own elements. @param {Event} event */
export function isOurs(event) {
  return hostElement !== null && event.composedPath().includes(hostElement);
}

function place() {
  if (!hostElement) return;
  // Everything outside an open modal dialog is inert: go inside.
  const dialogs = document.querySelectorAll('dialog:modal');
  const parent = dialogs.length ? dialogs[dialogs.length - 1] : document.documentElement;
  if (hostElement.parentNode === parent) return;
  if (hostElement.isConnected === false && removals++ > PATIENCE) return;
  parent?.append(hostElement);
}

/**
 * Makes an element. Text only: nothing is ever parsed.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
