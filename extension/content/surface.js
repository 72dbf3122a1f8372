// Where our own elements live: a host of its own in the top layer, a closed
// root that the page cannot read, and no trace of kinds or words in names.

import css from './surface.css';
import { closest } from './nodes.js';

/** How often in a row a page may take our host away before we give way. */
const PATIENCE = 5;
const STYLE = {
  all: 'initial', position: 'fixed', inset: '0 auto auto 0', width: '0', height: '0', border: '0', padding: '0', margin: '0', background: 'none', overflow: 'visible', 'z-index': '2147483647', display: 'block',
};

/** @type {HTMLElement | null} */
let hostElement = null;
/** @type {ShadowRoot | null} */
let root = null;
let removals = 0;
/** Where the user is at work: our elements go into the same modal dialog. @type {Element | null} */
let near = null;
/** @type {Set<() => void>} */
const losers = new Set();

/** The root for our elements, put back when the page removed it. @param {Element} [beside] @returns {ShadowRoot} */
export function surface(beside) {
  if (beside) near = beside;
  if (!hostElement || !root) {
    hostElement = document.createElement('div');
    // The page's own language and direction shall not decide ours.
    hostElement.lang = chrome.i18n.getUILanguage();
    hostElement.dir = chrome.i18n.getMessage('@@bidi_dir') || 'ltr';
    root = hostElement.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    // The page shall not act on what happens in our elements.
    for (const type of ['click', 'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'touchstart', 'touchend', 'focusin', 'focusout']) {
      root.addEventListener(type, (event) => event.stopPropagation());
    }
    new MutationObserver(dress).observe(hostElement, { attributes: true });
    dress();
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
  // A copy: a listener may put another in its place.
  for (const listener of [...(own.get(event.type) ?? [])]) listener(event);
}

/** Whether an event happened in our own elements. @param {Event} event */
export function isOurs(event) {
  return hostElement !== null && event.composedPath().includes(hostElement);
}

/** @param {Element} element */
export function isHost(element) {
  return element === hostElement;
}

/** Tells when the page has taken our elements away. @param {() => void} listener @returns {() => void} stops telling */
export function onLost(listener) {
  const watch = new MutationObserver(() => {
    if (!hostElement?.isConnected) for (const one of [...losers]) one();
  });
  losers.add(listener);
  // Nothing deeper is watched: our host is a child of one of these.
  for (const one of [document, document.documentElement, hostElement?.parentNode]) if (one) watch.observe(one, { childList: true });
  return () => {
    losers.delete(listener);
    watch.disconnect();
  };
}

/** Our host's own style, whatever the page did to it. */
function dress() {
  if (!hostElement) return;
  const wanted = Object.entries(STYLE).map(([name, value]) => `${name}: ${value} !important;`).join(' ');
  if (hostElement.getAttribute('style') !== wanted && removals++ < PATIENCE * 4) hostElement.setAttribute('style', wanted);
  for (const name of hostElement.getAttributeNames()) if (!['style', 'popover', 'lang', 'dir'].includes(name)) hostElement.removeAttribute(name);
}

function place() {
  // A dialog that is moved closes.
  if (!hostElement || (hostElement.isConnected && root?.querySelector('dialog'))) return;
  // Everything outside an open modal dialog is inert, and outside a full screen unseen: go inside.
  const modal = near?.isConnected ? closest(near, 'dialog:modal, :popover-open, :fullscreen') : null;
  const others = document.querySelectorAll('dialog:modal, :fullscreen');
  const within = [modal, others[others.length - 1]].find((one) => one && !/^(video|iframe|img|canvas)$/.test(one.localName));
  const parent = within ?? document.documentElement;
  if (hostElement.parentNode !== parent) {
    if (!hostElement.isConnected && removals++ > PATIENCE) return;
    parent?.append(hostElement);
  }
  raise();
}

/** Into the top layer, above what the page has put there. */
function raise() {
  try {
    if (!hostElement || hostElement.matches(':popover-open')) return;
    hostElement.popover = 'manual';
    hostElement.showPopover();
  } catch {
    // Without a top layer the highest z-index does.
  }
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
