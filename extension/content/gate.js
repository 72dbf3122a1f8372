// The gate: holds a post until its text is assessed.
//
// It hears everything before the page does (listen.js) and answers at once: the
// very text that was assessed and is clear passes untouched; everything else is
// stopped first and thought about after. What was stopped is given back once,
// when the text is clear or the user says so; a site that refuses given-back
// events gets the user's own next press.
//
// Ways out that are watched: presses of pointer, mouse and touch and the clicks
// that pages make themselves; Enter and Space on a control; Enter, with or
// without other keys, in a box, and Ctrl or Cmd with Enter anywhere; forms that
// are submitted; and pages that a form leads to without an event of its own.

import { controlAt, guessAt, sentBy } from './control.js';
import { breakLine, enterIn, learnEnter, shiftEnterSends } from './enter.js';
import { listen } from './listen.js';
import { composerAt, composerOf, composers, composersIn, editableOf } from './locate.js';
import { closest, isElement, isSeen, parentOf, rootOf } from './nodes.js';
import { profile, sense } from './profile.js';
import { isOurs, keepFromPage } from './surface.js';

/** @typedef {import('./composer.js').Composer} Composer */

/**
 * A send that was stopped.
 * @typedef {object} Held
 * @property {Composer[]} group
 * @property {Element} target
 * @property {Event[]} events
 * @property {'press' | 'key' | 'submit' | 'leave'} way
 * @property {boolean} complete whether the gesture has ended
 * @property {boolean} decided
 */

/** A press and its click belong together when they come within this time. */
const GESTURE_MS = 1500;
/** The click comes so soon after the press is let go, or not at all. */
const CLICK_MS = 120;
/** A second press so soon after the first is the same wish. */
const SAME_WISH_MS = 400;

const PRESSES = ['pointerdown', 'mousedown', 'touchstart', 'pointerup', 'mouseup', 'touchend', 'click', 'dblclick'];
const OWN_ONLY = ['keypress', 'beforeinput', 'input', 'paste', 'copy', 'cut'];

/**
 * @param {{ whenHeld: (held: Held) => void, active: () => boolean }} hooks
 * @returns {{ release: (held: Held) => boolean, stop: () => void }}
 */
export function openGate({ whenHeld, active }) {
  let giving = false;
  /** @type {{ target: Element, at: number, held: Held | null } | null} */
  let gesture = null;
  /** @type {Held | null} */
  let pending = null;
  let givenAt = -Infinity;
  let pressedAt = -Infinity;
  /** Keys whose other half is held too. @type {Set<string>} */
  const heldKeys = new Set();
  const controller = new AbortController();
  const { signal } = controller;
  const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ handler) => listen(type, (event) => active() && handler(event), { signal, passive: false });

  for (const type of PRESSES) on(type, onPress);
  on('keydown', onKey);
  for (const type of ['keypress', 'keyup']) on(type, onOtherHalf);
  on('beforeinput', onBreak);
  on('submit', onSubmit);
  for (const type of OWN_ONLY) on(type, (event) => isOurs(event) && keepFromPage(event));
  /** @type {any} */ (window).navigation?.addEventListener('navigate', (/** @type {any} */ event) => active() && onLeave(event), { signal });

  return { release, stop: () => controller.abort() };

  /** @param {MouseEvent} event */
  function onPress(event) {
    if (giving || isOurs(event)) return;
    const target = /** @type {Element} */ (event.composedPath()[0]);
    if (!isElement(target)) return;
    const now = performance.now();
    // The second half of a double click wishes for nothing more.
    if ((waits() || now - givenAt < SAME_WISH_MS) && (event.type === 'dblclick' || event.detail > 1 || now - pressedAt < SAME_WISH_MS)) {
      if (!gesture?.held?.complete && gesture?.held && sameControl(gesture.target, target)) keep(event, gesture.held);
      else if (controlAt(target)) stop(event);
      return;
    }
    const begins = event.type === 'pointerdown' && (!gesture?.held || gesture.held.complete);
    if (!gesture || begins || now - gesture.at > GESTURE_MS || !sameControl(gesture.target, target)) {
      gesture = null;
      // Another than the first button does not press.
      if (event.button > 0 || event.type === 'dblclick') return;
      const group = groupOf(target);
      if (!group) return;
      gesture = { target, at: now, held: null };
      if (!isClear(group)) {
        const held = { group, target, events: [], way: /** @type {const} */ ('press'), complete: false, decided: false };
        gesture.held = held;
        pressedAt = now;
        // A page's own events come all at once.
        setTimeout(() => (held.complete = true), event.isTrusted ? GESTURE_MS : 0);
        hold(held);
      }
    }
    const { held } = gesture;
    if (event.type === 'click' && !held) gesture = null;
    if (held) keep(event, held);
  }

  /** @param {Event} event @param {Held} held */
  function keep(event, held) {
    stop(event);
    held.events.push(event);
    // A finger's press that was stopped makes no click.
    if (/^(pointer|mouse)up$|^touchend$/.test(event.type)) setTimeout(() => (held.complete = true), CLICK_MS);
    if (event.type === 'click') held.complete = true;
  }

  /** Tells of a held send. While one waits, a second press is the same wish. @param {Held} held */
  function hold(held) {
    const wished = new Set(held.group);
    if (waits() && pending?.group.some((one) => wished.has(one))) return held;
    pending = held;
    whenHeld(held);
    return held;
  }

  function waits() {
    return pending !== null && !pending.decided;
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (isOurs(event)) return keepFromPage(event);
    // An Enter that ends an input method's composition is no send.
    if (giving || event.isComposing || event.keyCode === 229 || (event.key !== 'Enter' && event.key !== ' ')) return;
    const target = deepest(/** @type {Element} */ (event.composedPath()[0]));
    if (!isElement(target)) return;
    const editable = editableOf(target);
    const composer = editable && composerAt(editable);
    const group = composer ? groupOfKey(event, composer) : event.ctrlKey || event.metaKey ? orphans() : groupOf(target);
    if (composer && event.key === 'Enter' && isShifted(event) && composer.isClear()) learnEnter(composer, 'shiftEnter');
    if (!group?.length) return;
    if (isClear(group)) {
      if (composer && event.key === 'Enter' && isPlain(event)) learnEnter(composer, 'enter');
      return;
    }
    stop(event);
    heldKeys.add(event.key);
    if (composer && isPlain(event) && enterIn(composer) === 'unsure') return breakLine(composer);
    // A key that is kept down repeats.
    if (!event.repeat) hold({ group, target, events: [event], way: 'key', complete: true, decided: false });
  }

  /** A page may also post when the key goes up. @param {KeyboardEvent} event */
  function onOtherHalf(event) {
    if (isOurs(event)) return keepFromPage(event);
    if (giving || !heldKeys.has(event.key)) return;
    stop(event);
    if (event.type === 'keyup') heldKeys.delete(event.key);
  }

  /** Keyboards on glass tell no key, only that a line shall be broken. @param {InputEvent} event */
  function onBreak(event) {
    if (giving || isOurs(event) || !event.isTrusted || !event.cancelable || !/^insert(Paragraph|LineBreak)$/.test(event.inputType)) return;
    const composer = composerOf(event);
    if (!composer || composer.isClear() || event.inputType === 'insertLineBreak' && !composer.isField || enterIn(composer) !== 'sends') return;
    stop(event);
    hold({ group: [composer], target: composer.element, events: [event], way: 'key', complete: true, decided: false });
  }

  /** @param {SubmitEvent} event */
  function onSubmit(event) {
    const form = /** @type {any} */ (event.target);
    if (giving || form?.localName !== 'form') return;
    if (event.submitter && sense(event.submitter.textContent || /** @type {any} */ (event.submitter).value || '') === 'quiet') return;
    const group = [...new Set([...composersIn(form), ...orphans().filter((one) => /** @type {any} */ (one.element).form === form)])];
    if (isClear(group)) return;
    stop(event);
    // The press that led here is already held.
    if (gesture?.held) return;
    hold({ group, target: form, events: [event], way: 'submit', complete: true, decided: false });
  }

  /** `form.submit()` makes no event; where it leads to is told. @param {any} event */
  function onLeave(event) {
    if (giving || !event.cancelable || !(event.formData || event.destination?.url.includes('?'))) return;
    const values = event.formData ? [...event.formData.values()].map(String) : [...new URL(event.destination.url).searchParams.values()];
    const group = composers().filter((one) => !one.isClear() && values.some((value) => squeeze(value).includes(squeeze(one.read()))));
    if (!group.length) return;
    event.preventDefault();
    const form = group.map((one) => /** @type {any} */ (one.element).form ?? closest(one.element, 'form')).find(Boolean);
    hold({ group, target: form ?? group[0]?.element ?? document.body, events: [event], way: 'leave', complete: true, decided: false });
  }

  /** Gives back what was stopped, once. Answers whether there was a place to give it to. @param {Held} held */
  function release(held) {
    if (held.decided) return true;
    held.decided = true;
    if (pending === held) pending = null;
    giving = true;
    try {
      const target = held.target.isConnected ? held.target : successorOf(held);
      if (!target) return false;
      givenAt = performance.now();
      if (held.way === 'submit') {
        /** @type {HTMLFormElement} */ (target).requestSubmit(/** @type {SubmitEvent} */ (held.events[0]).submitter);
      } else if (held.way === 'leave') {
        if (target.localName !== 'form') return false;
        HTMLFormElement.prototype.submit.call(target);
      } else if (held.way === 'key') {
        giveBackKey(target, held);
      } else {
        for (const event of wholePress(held.events)) if (target.isConnected) target.dispatchEvent(event);
      }
      return true;
    } finally {
      giving = false;
    }
  }
}

/** The composers that a press on this element would send. @param {Element} target @returns {Composer[] | null} */
function groupOf(target) {
  const control = controlAt(target);
  if (control) {
    const group = sentBy(control, [...new Set([...composersIn(document.documentElement), ...above()])]);
    return group.length ? group : null;
  }
  // A guess is worth its price only where words stand that are not known to be good.
  const unclear = composers().filter((one) => !one.isClear() && isSeen(one.shown ?? one.element, one.typed));
  if (!unclear.length) return null;
  return guessAt(target, unclear)?.group ?? null;
}

/** Composers of the page above, for controls in a frame of their own. */
function above() {
  const frame = parentOf(document.documentElement);
  return frame ? composersIn(frame.ownerDocument.documentElement) : [];
}

/** @param {KeyboardEvent} event @param {Composer} composer @returns {Composer[] | null} */
function groupOfKey(event, composer) {
  if (event.key !== 'Enter') return null;
  if (isPlain(event) && enterIn(composer) === 'breaks') return null;
  if (isShifted(event) && !shiftEnterSends(composer)) return null;
  const whole = closest(composer.element, profile.group);
  const group = whole ? composersIn(whole) : [];
  return group.includes(composer) ? group : [...group, composer];
}

/** Boxes that a key pressed beside them may send. */
function orphans() {
  return composers().filter((one) => one.typed && one.read().trim() !== '' && isSeen(one.shown ?? one.element, true));
}

/** @param {Composer[]} group */
function isClear(group) {
  return group.every((one) => one.isClear());
}

/** @param {KeyboardEvent} event */
function isShifted(event) {
  return event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** @param {KeyboardEvent} event */
function isPlain(event) {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
}

/** The control that stands where a rebuilt one stood. @param {Held} held */
function successorOf({ way, events, group }) {
  if (way === 'key') return group.find((one) => one.element.isConnected)?.element ?? null;
  const { clientX, clientY } = /** @type {MouseEvent} */ (events[0] ?? {});
  const there = clientX || clientY ? document.elementsFromPoint(clientX, clientY) : [];
  return there.find((one) => controlAt(one)) ?? null;
}

/** @param {Element} target @param {Held} held */
function giveBackKey(target, held) {
  const [event] = held.events;
  // The browser itself makes the click of these, and only from a real key.
  if (event instanceof KeyboardEvent && isPlain(event) && target.matches('button, input, summary, a[href]') && !held.group.some((one) => one.element === target)) {
    /** @type {HTMLElement} */ (target).click();
    return;
  }
  const key = event instanceof KeyboardEvent ? event : new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 13 });
  const down = copyKey(key, 'keydown');
  target.dispatchEvent(down);
  if (!down.defaultPrevented) target.dispatchEvent(copyKey(key, 'keypress'));
  // Some listen to what the key would write.
  if (!down.defaultPrevented && key.key === 'Enter') target.dispatchEvent(new InputEvent('beforeinput', { inputType: 'insertParagraph', bubbles: true, cancelable: true, composed: true }));
  target.dispatchEvent(copyKey(key, 'keyup'));
  // Enter in a line submits its form: the browser does that for real keys only.
  const { form } = /** @type {any} */ (target);
  if (down.defaultPrevented || !form || target.localName !== 'input') return;
  const button = [...form.elements].find((one) => /^(submit|image)$/.test(one.type));
  if (button) button.click();
  else form.requestSubmit();
}

/** @param {KeyboardEvent} event @param {string} type */
function copyKey(event, type) {
  const { key, code, keyCode, ctrlKey, metaKey, shiftKey, altKey } = event;
  return new KeyboardEvent(type, { key, code, keyCode, which: keyCode, charCode: type === 'keypress' ? keyCode : 0, ctrlKey, metaKey, shiftKey, altKey, bubbles: true, cancelable: true, composed: true });
}

/**
 * The press as the page would have seen it: stopping the first event has kept
 * the browser from making some of the others.
 * @param {Event[]} events
 */
function wholePress(events) {
  const had = (/** @type {string} */ type) => events.find((one) => one.type === type);
  const down = had('pointerdown') ?? had('mousedown') ?? had('touchstart');
  const click = had('click') ?? down;
  const touch = Boolean(had('touchstart'));
  const types = down ? ['pointerdown', ...(touch ? ['touchstart'] : []), 'mousedown', 'pointerup', ...(touch ? ['touchend'] : []), 'mouseup', 'click'] : ['click'];
  return types.map((type) => copyOf(had(type) ?? (type === 'click' ? click : down), type));
}

/** @param {any} event @param {string} type */
function copyOf(event, type) {
  const { bubbles, cancelable, composed, view, detail, clientX, clientY, screenX, screenY, button, buttons, ctrlKey, metaKey, shiftKey, altKey, pointerId, pointerType, isPrimary } = event;
  const init = { bubbles, cancelable, composed, view, detail: /^(mouse|click)/.test(type) && event.isTrusted ? Math.max(detail, 1) : detail, clientX, clientY, screenX, screenY, button, buttons, ctrlKey, metaKey, shiftKey, altKey, pointerId, pointerType, isPrimary };
  if (type.startsWith('touch')) return typeof TouchEvent === 'function' ? new TouchEvent(type, { bubbles, cancelable, composed }) : new Event(type, { bubbles, cancelable, composed });
  // A click is a pointer event too.
  return /^pointer|^click$/.test(type) ? new PointerEvent(type, init) : new MouseEvent(type, init);
}

/** The element that takes the keys, within closed roots. @param {Element} target */
function deepest(target) {
  let at = /** @type {any} */ (target);
  for (let root = rootOf(at); root?.activeElement; root = rootOf(at)) at = root.activeElement;
  return /** @type {HTMLElement} */ (at);
}

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** @param {Element} a @param {Element} b */
function sameControl(a, b) {
  return a === b || a.contains(b) || b.contains(a);
}

/** @param {string} words */
function squeeze(words) {
  return words.replace(/\s+/g, ' ').trim();
}
