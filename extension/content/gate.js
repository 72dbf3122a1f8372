// The gate: holds a post until its text is assessed.
//
// It listens on the window in the capture phase from document_start, so it is
// asked before any listener of the page. It answers at once: the very text that
// was assessed and is clear passes untouched; everything else is stopped first
// and thought about after. What was stopped is given back once, when the text is
// clear or the user says so; a site that refuses given-back events gets the
// user's own next press.

import { closest, composerOf, composersIn, parentOf, rootOf } from './composer.js';
import { profile, saysSend } from './profile.js';
import { isOurs, keepFromPage } from './surface.js';

/** @typedef {import('./composer.js').Composer} Composer */

/**
 * A send that was stopped.
 * @typedef {object} Held
 * @property {Composer[]} group
 * @property {Element} target
 * @property {Event[]} events
 * @property {'press' | 'key' | 'submit'} way
 * @property {boolean} complete whether the gesture has ended
 * @property {boolean} decided
 */

/** A press and its click belong together when they come within this time. */
const GESTURE_MS = 1500;
/** After this a press counts as complete even if no click came. */
const PRESS_MS = 400;
/** How far up from a control its composers are looked for. */
const CLIMB = 30;

const POINTER = ['pointerdown', 'mousedown', 'touchstart', 'pointerup', 'mouseup', 'touchend', 'click'];
const OWN_ONLY = ['keyup', 'keypress', 'beforeinput', 'input'];

/**
 * @param {{ whenHeld: (held: Held) => void, active: () => boolean }} hooks
 * @returns {{ release: (held: Held) => void, stop: () => void }}
 */
export function openGate({ whenHeld, active }) {
  let giving = false;
  /** @type {{ target: Element, at: number, held: Held | null } | null} */
  let gesture = null;
  const controller = new AbortController();
  const listen = (/** @type {string} */ type, /** @type {(event: any) => void} */ handler) =>
    window.addEventListener(type, (event) => active() && handler(event), { capture: true, signal: controller.signal, passive: false });

  for (const type of POINTER) listen(type, onPointer);
  listen('keydown', onKey);
  listen('submit', onSubmit);
  for (const type of OWN_ONLY) listen(type, (event) => isOurs(event) && keepFromPage(event));

  return { release, stop: () => controller.abort() };

  /** @param {PointerEvent} event */
  function onPointer(event) {
    if (giving || isOurs(event)) return;
    const target = deepTarget(event);
    if (!target) return;
    const fresh = !gesture || performance.now() - gesture.at > GESTURE_MS || !(sameControl(gesture.target, target)) || (event.type === 'pointerdown' && gesture.held === null);
    if (fresh) {
      const group = groupOf(target);
      if (!group) return;
      const clear = group.every((one) => one.isClear(one.read()));
      gesture = { target, at: performance.now(), held: clear ? null : { group, target, events: [], way: 'press', complete: false, decided: false } };
      if (gesture.held) begin(gesture.held);
    }
    if (!gesture?.held) {
      if (event.type === 'click') gesture = null;
      return;
    }
    const { held } = gesture;
    stop(event);
    if (!held.events.some((one) => one.type === event.type)) held.events.push(event);
    if (event.type === 'click') {
      held.complete = true;
      gesture = null;
    }
  }

  /** @param {Held} held */
  function begin(held) {
    whenHeld(held);
    setTimeout(() => (held.complete = true), PRESS_MS);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (isOurs(event)) return keepFromPage(event);
    // An Enter that ends an input method's composition is no send.
    if (giving || event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
    const composer = composerOf(event);
    if (!composer) return;
    const plain = !event.shiftKey && !event.altKey && profile.enterSends.some((one) => closest(composer.element, one));
    if (!(event.ctrlKey || event.metaKey || plain)) return;
    const whole = closest(composer.element, profile.group);
    const group = whole ? composersIn(whole) : [];
    if (!group.includes(composer)) group.push(composer);
    if (group.every((one) => one.isClear(one.read()))) return;
    stop(event);
    const target = /** @type {Element} */ (event.composedPath()[0] ?? composer.element);
    begin({ group, target, events: [event], way: 'key', complete: true, decided: false });
  }

  /** @param {SubmitEvent} event */
  function onSubmit(event) {
    if (giving || !(event.target instanceof HTMLFormElement)) return;
    const group = composersIn(event.target);
    if (!group.length || group.every((one) => one.isClear(one.read()))) return;
    stop(event);
    // The press that led here is already held.
    if (gesture?.held) return;
    begin({ group, target: event.target, events: [event], way: 'submit', complete: true, decided: false });
  }

  /** Gives back what was stopped, once. @param {Held} held */
  function release(held) {
    if (held.decided) return;
    held.decided = true;
    giving = true;
    try {
      if (held.way === 'submit') {
        const form = /** @type {HTMLFormElement} */ (held.target);
        form.requestSubmit(/** @type {SubmitEvent} */ (held.events[0]).submitter);
      } else if (held.way === 'key') {
        held.target.dispatchEvent(copyKey(/** @type {KeyboardEvent} */ (held.events[0]), 'keydown'));
      } else {
        giveBackPress(held);
      }
    } finally {
      giving = false;
    }
  }
}

/** @param {Held} held */
function giveBackPress({ target, events }) {
  const first = /** @type {PointerEvent} */ (events[0]);
  const point = { clientX: first?.clientX ?? 0, clientY: first?.clientY ?? 0, button: 0, detail: 1, view: window, bubbles: true, cancelable: true, composed: true };
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup']) {
    if (!target.isConnected) return;
    const EventOf = type.startsWith('pointer') ? PointerEvent : MouseEvent;
    target.dispatchEvent(new EventOf(type, point));
  }
  if (target instanceof HTMLElement) target.click();
  else target.dispatchEvent(new MouseEvent('click', point));
}

/** @param {KeyboardEvent} event @param {string} type */
function copyKey(event, type) {
  const { key, code, keyCode, ctrlKey, metaKey, shiftKey, altKey } = event;
  return new KeyboardEvent(type, { key, code, keyCode, which: keyCode, ctrlKey, metaKey, shiftKey, altKey, bubbles: true, cancelable: true, composed: true });
}

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** The element under an event, also within closed roots. @param {any} event @returns {Element | null} */
function deepTarget(event) {
  let target = event.composedPath()[0];
  if (!(target instanceof Element)) return null;
  for (let root = rootOf(target); root; root = rootOf(target)) {
    const inner = event.clientX || event.clientY ? root.elementFromPoint(event.clientX, event.clientY) : root.activeElement;
    if (!inner || inner === target) break;
    target = inner;
  }
  return target;
}

/** @param {Element} a @param {Element} b */
function sameControl(a, b) {
  return a === b || a.contains(b) || b.contains(a);
}

/**
 * The composers that a press on this element would send, if it is a send
 * control and they hold text.
 * @param {Element} target
 * @returns {Composer[] | null}
 */
function groupOf(target) {
  const control = controlAt(target);
  if (!control) return null;
  const whole = closest(control.element, profile.group);
  if (whole) {
    const group = composersIn(whole);
    if (group.length) return group;
  }
  let at = parentOf(control.element);
  for (let level = 0; at && level < CLIMB; level++, at = parentOf(at)) {
    const group = composersIn(at);
    // Far from any composer only a control that the profile names counts, or one composer alone.
    const far = at === document.body || at === document.documentElement;
    if (group.length) return !far || control.named || group.length === 1 ? group : null;
  }
  return null;
}

/**
 * The send control that an element belongs to.
 * @param {Element} target
 * @returns {{ element: Element, named: boolean } | null}
 */
function controlAt(target) {
  let at = /** @type {Element | null} */ (target);
  for (let level = 0; at && level < 6; level++, at = parentOf(at)) {
    if (at instanceof HTMLElement && at.isContentEditable) return null;
    const element = at;
    if (profile.send.some((selector) => element.matches(selector))) return { element, named: true };
    const words = (element.getAttribute('aria-label') ?? (element instanceof HTMLInputElement ? element.value : element.textContent) ?? '').slice(0, 60);
    const pressable = element.matches("button, [role='button'], a[role], [tabindex], input[type='button']") || (level === 0 && getComputedStyle(element).cursor === 'pointer');
    if (pressable && (saysSend(words) || saysSend((element.textContent ?? '').slice(0, 60)))) return { element, named: false };
  }
  return null;
}
