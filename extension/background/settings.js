// Policy (from the administrator) and options (from the user, under the policy).
//
// Managed values come late after a force-install (measured: 2 to 3 s), so the
// last good policy is kept in storage.local and holds until they arrive. In
// Firefox storage.managed.get() rejects when there is no policy at all.

/** @typedef {{ policy: Record<string, unknown>, options: Options, paused: Record<string, number>, locale: string, managed: boolean }} Settings */
/** @typedef {{ allow: string[], watch: string[], messages: boolean, sitesOff: string[], shortcut: string }} Options */

/** @type {Options} */
const DEFAULTS = { allow: [], watch: [], messages: true, sitesOff: [], shortcut: 'Alt+Shift+P' };

/** @type {Promise<Settings> | undefined} */
let current;
/** @type {(() => void)[]} */
const listeners = [];

/** The settings in force. */
export function settings() {
  return (current ??= read());
}

/** Starts reading, so that the first question does not wait. */
export function loadSettings() {
  void settings();
}

/** @param {() => void} listener */
export function whenSettingsChange(listener) {
  listeners.push(listener);
}

/** @param {string} name @param {any} value */
export async function setOption(name, value) {
  const { policy, options, paused } = await settings();
  if (name === 'paused') {
    if (policy.userMayPause === false) throw new Error('Your organization does not allow pausing.');
    await chrome.storage.local.set({ paused: { ...paused, ...value } });
  } else if (name === 'allow' && typeof value === 'string') {
    if (policy.userMayAllow === false) throw new Error('Your organization does not allow this.');
    await chrome.storage.local.set({ options: { ...options, allow: [...new Set([...options.allow, value])] } });
  } else if (name in DEFAULTS) {
    await chrome.storage.local.set({ options: { ...options, [name]: value } });
  } else {
    throw new Error(`There is no option ${name}.`);
  }
  current = undefined;
  for (const listener of listeners) listener();
}

/** @returns {Promise<Settings>} */
async function read() {
  const local = await chrome.storage.local.get(['options', 'paused', 'lastPolicy']).catch(() => ({}));
  const { options = {}, paused = {}, lastPolicy } = /** @type {any} */ (local);
  const live = await chrome.storage.managed.get(null).catch(() => ({}));
  const managed = Object.keys(live).length > 0;
  if (managed && JSON.stringify(live) !== JSON.stringify(lastPolicy)) {
    await chrome.storage.local.set({ lastPolicy: live }).catch(() => undefined);
  }
  const administrator = managed ? live : (lastPolicy ?? {});
  const own = { ...DEFAULTS, ...options };
  const policy = { ...administrator };
  const mayAllow = policy.userMayAllow !== false;
  const allow = [...(/** @type {string[]} */ (policy.allow) ?? []), ...(mayAllow ? own.allow : [])];
  if (allow.length) policy.allow = allow;
  const watch = [...(/** @type {string[]} */ (policy.watchTerms) ?? []), ...own.watch];
  if (watch.length) policy.watchTerms = watch;
  return { policy, options: own, paused, locale: chrome.i18n.getUILanguage(), managed };
}

chrome.storage.onChanged.addListener((changes, area) => {
  if (area === 'managed' || (area === 'local' && (changes.options || changes.paused || changes.lastPolicy))) {
    if (area === 'managed') void chrome.storage.local.remove('lastPolicy').catch(() => undefined);
    current = undefined;
    for (const listener of listeners) listener();
  }
});
