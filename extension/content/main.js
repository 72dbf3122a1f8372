// The content script: finds the composer, asks, draws, holds the post.
// It decides no rule, no threshold and no message about a finding.

import { Invalidated, alive, ask } from './ask.js';
import { busyBadge, hideBadge, placeBadge, showBadge } from './badge.js';
import { cardIsOpen, hideCard, showCard } from './card.js';
import { letPass, strongest } from './composer.js';
import { ownersOf } from './control.js';
import { review, reviewIsOpen } from './dialog.js';
import { enterIn } from './enter.js';
import { openGate } from './gate.js';
import { findingAt, follow, paint, wipe } from './highlight.js';
import { keepListening, listen } from './listen.js';
import { composerOf, composers } from './locate.js';
import { rootOf } from './nodes.js';
import { host, useProfile } from './profile.js';
import { caretOf, putCaret, replaceFindings, replaceText } from './replace.js';
import { isOurs } from './surface.js';
import { text } from './texts.js';
import { say } from './toast.js';

/** @typedef {import('./composer.js').Composer} Composer */

/** Between two questions about one composer while the user types. */
const PACE_MS = 30;
/** Editors put a letter on the page a moment after the key. */
const LETTER_MS = 6;
/** A long text is asked about less often: reading it and handing it over costs the page time. */
const LETTERS_A_MS = 5000;
/** A pointer that rests this long on underlined words wants to know why. */
const DWELL_MS = 450;
/** Until the options say another. */
const SHORTCUT = 'Alt+Shift+P';
/** Time that a site gets to take up a post that was given back. */
const TAKEN_MS = 1200;
/** More boxes than these in one post are asked about in one question. */
const FEW = 8;
/** Boxes of one post whose replacements are shown; the next press shows more. */
const SHOWN_PARTS = 40;
/** A text that changes as often as this while a post is held is not waited for. */
const ROUNDS = 20;

/** @type {Ways} */
let ways = { paused: false, mayPause: true, mayIgnore: true, mayAllow: true, attest: true, organization: '', policyLink: '' };
/** @type {Composer | null} */
let current = null;
let over = false;
/** How often the policy or the options have changed under this page. */
let changesOfWays = 0;
/** @type {WeakMap<Composer, Promise<void>>} */
const running = new WeakMap();
/** @type {WeakMap<Composer, number>} */
const waiting = new WeakMap();

const gate = openGate({ active: () => !over && !ways.paused, whenHeld: (held) => void decide(held) });
const listeners = new AbortController();
const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ handler) =>
  listen(type, (event) => !over && !isOurs(event) && handler(event), { passive: true, signal: listeners.signal });

on('input', (event) => touched(event, true));
on('focusin', (event) => touched(event, false));
on('compositionend', (event) => touched(event, true));
// Editors take these up by themselves, without an input event; so does a press
// on an emoji, a mention, "Undo".
for (const type of ['paste', 'drop', 'cut', 'keyup', 'click']) on(type, lookSoon);
on('scroll', refreshPlaces);
on('resize', refreshPlaces);
on('click', (event) => openCardAt(event, false));
on('pointermove', dwell);
on('keydown', shortcut);
on('pageshow', (event) => event.persisted && composers().forEach((one) => schedule(one, 0)));
keepListening(listeners.signal);

/** @param {Event} event @param {boolean} typed */
function touched(event, typed) {
  if (!alive()) return retire();
  const composer = composerOf(event);
  if (!composer) return;
  attend(composer);
  if (typed) {
    composer.typed = true;
    hideCard();
    // A box that was typed in and reads as empty is a box we cannot read.
    const added = event instanceof InputEvent && event.inputType.startsWith('insert') && Boolean(event.data?.trim());
    if (added && isEmpty(composer)) setTimeout(() => reportUnreadable(composer), 60);
  }
  if (typed || composer.checked === null) schedule(composer, typed ? PACE_MS : 0);
  else draw(composer);
}

/** Watches the box that the user is at for changes that come without an event. */
const changes = new MutationObserver(() => current && lookAgain(current));
/** @param {Composer} composer */
function attend(composer) {
  if (current === composer) return;
  current = composer;
  changes.disconnect();
  if (!composer.isField) changes.observe(composer.shown ?? composer.element, { subtree: true, childList: true, characterData: true });
}

function lookSoon() {
  if (current) setTimeout(() => current && lookAgain(current), PACE_MS);
}

/** @param {Composer} composer */
function lookAgain(composer) {
  if (over || !composer.element.isConnected || waiting.has(composer) || composer.checked === null || composer.read() === composer.checked) return;
  composer.typed = true;
  schedule(composer, PACE_MS);
}

/** @param {Composer} composer */
function isEmpty(composer) {
  return composer.read().trim() === '';
}

/** @param {Composer} composer */
function reportUnreadable(composer) {
  if (composer.element.isConnected && isEmpty(composer)) {
    composer.trouble = text('ui_trouble_unreadable');
    draw(composer);
  }
}

/** @param {Composer} composer @param {number} ms */
function schedule(composer, ms) {
  if (composer === current) busyBadge(true);
  if (waiting.get(composer)) return;
  const since = performance.now() - composer.askedAt;
  waiting.set(composer, window.setTimeout(() => {
    waiting.delete(composer);
    void check(composer);
  }, Math.max(Math.min(ms, LETTER_MS), ms - since) + (composer.checked?.length ?? 0) / LETTERS_A_MS));
}

/** Assesses what stands in a composer now. Never two questions at once. @param {Composer} composer @returns {Promise<void>} */
function check(composer) {
  const before = running.get(composer);
  // What has just failed is not asked again for everybody who waits: a held post would wait for each.
  if (before) return before.then(() => (composer.read() === composer.checked || composer.trouble || over ? undefined : check(composer)));
  const now = assess(composer).finally(() => running.delete(composer));
  running.set(composer, now);
  return now;
}

/** @param {Composer} composer */
async function assess(composer) {
  const words = composer.read();
  if (isLeftOut(composer, words)) {
    composer.checked = words;
    composer.assessment = null;
    draw(composer);
    return;
  }
  composer.askedAt = performance.now();
  try {
    const asked = changesOfWays;
    const answer = await ask(/** @type {any} */ ({ type: 'assess', draft: composer.draft(words) }));
    const { assessment, ways: now } = /** @type {{ assessment: Assessment | null, ways: Ways }} */ (answer);
    if (!take(composer, words, assessment, now, asked)) return;
  } catch (error) {
    if (error instanceof Invalidated) return retire();
    fail(composer, error);
  }
  draw(composer);
}

/** @param {Composer} composer @param {string} words */
function isLeftOut(composer, words) {
  return words.trim() === '' || (ways.messages === false && composer.setting === 'message');
}

/** Assesses what a post is made of. Thousands of boxes are one question. @param {Composer[]} list @returns {Promise<unknown>} */
async function checkAll(list) {
  const open = list.filter((one) => one.read() !== one.checked);
  if (open.length <= FEW || open.some((one) => isLeftOut(one, one.read()))) return Promise.all(open.map(check));
  const words = open.map((one) => one.read());
  try {
    const asked = changesOfWays;
    const answer = await ask(/** @type {any} */ ({ type: 'assessAll', drafts: open.map((one, at) => one.draft(words[at])) }));
    const { assessments, ways: now } = /** @type {{ assessments: (Assessment | null)[], ways: Ways }} */ (answer);
    open.forEach((one, at) => take(one, words[at] ?? '', assessments[at] ?? null, now, asked));
  } catch (error) {
    if (error instanceof Invalidated) return retire();
    for (const one of open) fail(one, error);
  }
  // The others are drawn when the user comes to them.
  for (const one of open) if (one === current || one.typed) draw(one);
}

/** Takes an answer, if it is about what stands there now and about the policy in force. @param {Composer} composer @param {string} words @param {Assessment | null} assessment @param {Ways} now @param {number} asked */
function take(composer, words, assessment, now, asked) {
  ways = now;
  useProfile(ways.profile);
  composer.trouble = '';
  // An old answer never marks new text.
  if (composer.read() !== words || asked !== changesOfWays) {
    schedule(composer, PACE_MS);
    return false;
  }
  composer.assessment = assessment;
  composer.checked = words;
  return true;
}

/** @param {Composer} composer @param {unknown} error */
function fail(composer, error) {
  composer.trouble = String(/** @type {Error} */ (error).message);
  composer.checked = null;
}

/** The policy or the options changed: what was assessed under the old ones counts no more. */
function waysChanged() {
  changesOfWays++;
  for (const composer of composers()) {
    if (composer.checked === null) continue;
    composer.checked = null;
    if (composer === current || composer.typed) schedule(composer, 0);
  }
}

/** @param {Composer} composer */
function draw(composer) {
  if (over) return;
  if (ways.paused) {
    hideBadge();
    wipe();
    sayPaused(composer);
    return;
  }
  paint(composer);
  if (composer === current && (composer.typed || !isEmpty(composer))) showBadge(composer, openFirst);
}

let pauseSaid = false;
/** A pause is never forgotten: the first words on a page are told of it. @param {Composer} composer */
function sayPaused(composer) {
  if (pauseSaid || !composer.typed || ways.watched === false) return;
  pauseSaid = true;
  const time = new Date(ways.until ?? 0).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  say(ways.off ? text('ui_off_here') : text('ui_paused_here', time));
}

let placing = false;
/** Once a frame, however often the page scrolls. */
function refreshPlaces() {
  if (placing) return;
  placing = true;
  requestAnimationFrame(() => {
    placing = false;
    if (over) return;
    placeBadge();
    follow();
  });
}

// --- the card ---------------------------------------------------------------

let dwellTimer = 0;
/** @param {PointerEvent} event */
function dwell(event) {
  clearTimeout(dwellTimer);
  if (!current?.findings.length || cardIsOpen()) return;
  dwellTimer = window.setTimeout(() => openCardAt(event, true), DWELL_MS);
}

/** @param {MouseEvent} event @param {boolean} hover */
function openCardAt(event, hover) {
  if (reviewIsOpen()) return;
  const composer = hover ? current : composerOf(event);
  const finding = composer && findingAt(composer, event.clientX, event.clientY);
  if (composer && finding) open(composer, finding, false);
  else if (!hover) hideCard();
}

/** A key of the user's choice opens the card of the next finding. @param {KeyboardEvent} event */
function shortcut(event) {
  if (event.key === 'Escape') hideCard();
  const [key = '', ...holds] = (ways.shortcut ?? SHORTCUT).split('+').reverse();
  const held = /** @type {const} */ ([['Alt', event.altKey], ['Shift', event.shiftKey], ['Ctrl', event.ctrlKey], ['Meta', event.metaKey]]);
  if (event.code.replace(/^(Key|Digit)/, '') !== key || held.some(([name, down]) => down !== holds.includes(name))) return;
  if (current?.findings.length) openNext(current);
}

/** Opens the first finding at or after the caret. @param {Composer} composer */
function openNext(composer) {
  const at = caretOf(composer)?.end ?? 0;
  const next = composer.findings.find((one) => one.end >= at) ?? composer.findings[0];
  if (next) open(composer, next, true);
}

/** @param {Composer} composer */
function openFirst(composer) {
  const first = composer.stops[0] ?? composer.findings[0];
  if (first) open(composer, first, true);
}

/** @param {Composer} composer @param {Finding} finding @param {boolean} focus */
function open(composer, finding, focus) {
  const done = (/** @type {string} */ choice) => {
    record(composer, [finding], choice);
    hideCard();
  };
  const setAside = (/** @type {string} */ choice) => {
    composer.ignore(finding);
    if (composer.isClear()) tell('released', [composer]);
    done(choice);
    draw(composer);
  };
  showCard(composer, finding, ways, {
    replace: async () => {
      done('replace');
      const worked = await replaceFindings(composer, [finding]);
      await check(composer);
      if (!worked) say(text('ui_replace_failed'));
    },
    ignore: () => setAside('ignore'),
    notPatient: () => setAside('not_patient'),
    allow: async () => {
      await ask({ type: 'setOption', name: 'allow', value: finding.quote }).catch(() => undefined);
      setAside('allow');
    },
    soften: async (fact, words) => {
      hideCard();
      const worked = await replaceFindings(composer, [{ ...finding, ...fact, replacement: words }]);
      await check(composer);
      if (!worked) say(text('ui_replace_failed'));
      // The facts are counted anew: what is left of it stays in sight.
      const left = composer.findings.find((one) => one.rule === finding.rule && one.start === finding.start);
      if (worked && left) open(composer, left, focus);
    },
    learn: () => void ask({ type: 'learn', topic: finding.category }).catch(() => undefined),
    step: (by) => {
      const list = composer.findings;
      const next = list[(list.indexOf(finding) + by + list.length) % list.length];
      if (next) open(composer, next, true);
    },
  }, focus);
}

// --- the held post ----------------------------------------------------------

/** @param {import('./gate.js').Held} held */
async function decide(held) {
  if (!alive()) {
    // The rest of the press is held too: a click that comes after would post.
    await ended(held);
    retire('ui_reload_held');
    return;
  }
  hideCard();
  // The user, or the page, may write on while the answer is under way.
  for (let round = 0; round < ROUNDS && !over && held.group.some((one) => !one.trouble && one.read() !== one.checked || round === 0); round++) await checkAll(held.group);
  for (const one of held.group) if (!one.trouble && one.read() !== one.checked && one.read().trim()) one.trouble = text('ui_trouble_changing');
  await ended(held);
  // An editor may have been rebuilt meanwhile.
  held.group = held.group.filter((one) => one.element.isConnected || one.shown?.isConnected);
  if (over || ways.paused || held.group.every((one) => one.isClear())) return giveBack(held);
  if (!reviewIsOpen()) await confer(held);
}

/** Waits until the gesture is over, so that its click does not fall into the dialog. @param {import('./gate.js').Held} held */
async function ended(held) {
  while (!held.complete) await new Promise((next) => setTimeout(next, 5));
}

/** @param {import('./gate.js').Held} held */
async function confer(held) {
  const unclear = held.group.filter((one) => !one.isClear());
  const [composer] = unclear;
  if (!composer) return;
  const focused = deepActive();
  const caret = caretOf(composer);
  const parts = await Promise.all(unclear.slice(0, SHOWN_PARTS).map(async (one) => ({ composer: one, ...(await replaced(one)), findings: one.stops })));
  const findings = parts.flatMap((part) => part.findings);
  const decision = strongest(unclear.map((one) => one.decision));
  const trouble = unclear.find((one) => one.trouble)?.trouble ?? '';
  tell('held', unclear);
  const outcome = await review({ parts, decision, ways, trouble, setting: composer.setting });
  record(composer, findings, outcome.choice, outcome);
  if (outcome.choice === 'anyway') {
    for (const one of held.group) letPass(one.read());
    tell('released', held.group);
    giveBack(held);
    return;
  }
  held.decided = true;
  if (outcome.choice === 'replace') await replaceParts(parts);
  if (outcome.choice === 'safe') await putSafe(composer, outcome.words);
  const back = focused?.isConnected && unclear.some((one) => one.element.contains(focused)) ? focused : composer.element;
  /** @type {HTMLElement} */ (back).focus({ preventScroll: true });
  // Editors forget where they were while the dialog is open.
  if (outcome.choice === 'back' && caret) putCaret(composer, caret.end);
}

/** @param {{ composer: Composer, before: string, after: string }[]} parts */
async function replaceParts(parts) {
  let worked = true;
  for (const { composer, before, after } of parts) {
    const wanted = before === composer.read() ? after : (await replaced(composer)).after;
    worked = (await replaceText(composer, wanted)) && worked;
    await check(composer);
  }
  const clear = parts.every(({ composer }) => composer.isClear());
  say(text(worked ? (clear ? 'ui_replaced' : 'ui_replaced_rest') : 'ui_replace_failed'));
}

/** Puts a reply that confirms nothing in place of the draft. @param {Composer} composer @param {string} words */
async function putSafe(composer, words) {
  const worked = await replaceText(composer, words);
  await check(composer);
  say(text(worked ? 'ui_replaced' : 'ui_replace_failed'));
}

/** The focused element, through roots. */
function deepActive() {
  let active = document.activeElement;
  for (let root = rootOf(active); root?.activeElement; root = rootOf(active)) active = root.activeElement;
  return /** @type {HTMLElement | null} */ (active);
}

/** What a composer would say with every replacement. @param {Composer} composer */
async function replaced(composer) {
  const before = composer.read();
  // What the page draws itself only the writer can change.
  if (composer.shown) return { before, after: before };
  try {
    const answer = await ask(/** @type {any} */ ({ type: 'replaceAll', draft: composer.draft(before) }));
    return { before, after: /** @type {{ text: string }} */ (answer).text };
  } catch {
    return { before, after: before };
  }
}

/** Gives the post back and sees whether the site took it. @param {import('./gate.js').Held} held */
function giveBack(held) {
  const before = held.group.map((one) => one.read());
  if (!gate.release(held)) return say(text('ui_press_again'));
  setTimeout(() => {
    const still = held.group.some((one, at) => one.element.isConnected && one.read() === before[at]);
    if (still && !over) say(text('ui_press_again'));
  }, TAKEN_MS);
}

/** The second gate of the enterprise package knows what was held and given back; elsewhere nobody listens. @param {'held' | 'released'} state @param {Composer[]} list */
function tell(state, list) {
  ask({ type: 'gate', state, texts: list.map((one) => one.read()) }).catch(() => undefined);
}

/** @param {Composer} composer @param {Finding[]} findings @param {string} choice @param {{ reason?: string, attested?: boolean }} [more] */
function record(composer, findings, choice, more = {}) {
  const entry = {
    host, setting: composer.setting, decision: composer.decision, choice, reason: more.reason ?? '', attested: more.attested ?? false,
    kinds: [...new Set(findings.map((one) => one.kind))], rules: [...new Set(findings.map((one) => one.rule))],
    groups: findings.flatMap((one) => (one.group_size ? [one.group_size.low] : [])),
  };
  ask({ type: 'record', entry }).catch(() => undefined);
}

// --- the end ----------------------------------------------------------------

/** The extension was updated under this page: stop cleanly, say so once, hold nothing more. @param {string} [why] */
function retire(why = 'ui_reload') {
  if (over) return;
  over = true;
  const used = composers().some((one) => one.typed);
  gate.stop();
  listeners.abort();
  wipe();
  hideCard();
  hideBadge();
  if (used || why !== 'ui_reload') say(text(why), 0);
}

// The self-test of this page: the popup asks, every frame with a box answers.
chrome.runtime.onMessage.addListener((message, sender, reply) => {
  if (sender.id !== chrome.runtime.id) return false;
  if (message?.type === 'changed') waysChanged();
  if (message?.type === 'stopped' && window.top === window) say(text('ui_network_stopped'));
  if (message?.type !== 'look') return false;
  const seen = composers().filter((one) => one.typed || !isEmpty(one));
  if (seen.length) void chrome.runtime.sendMessage({ type: 'seen', boxes: seen.map(reportOn) }).catch(() => undefined);
  if (window.top !== window) return false;
  reply({ host });
  return false;
});

/** @param {Composer} composer */
function reportOn(composer) {
  const { element } = composer;
  const root = element.getRootNode();
  return {
    name: (element.getAttribute('aria-label') ?? element.getAttribute('placeholder') ?? element.localName).slice(0, 60),
    place: window.top !== window ? 'frame' : root === document ? 'page' : 'root',
    readable: !isEmpty(composer),
    findings: composer.findings.length,
    trouble: composer.trouble,
    setting: composer.setting,
    checked: composer.checked === composer.read(),
    sends: ownersOf(composer).map((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40)),
    enter: enterIn(composer),
  };
}
