// Sites that the policy adds. The content script runs where the package was
// built for the site; what was not is told on the status page.

import { settings, whenSettingsChange } from './settings.js';
import { answer } from './background.js';

const ID = 'added';
/** One change at a time: two at once would register twice. */
let turn = Promise.resolve();

answer('addedSites', async () => {
  const { policy } = await settings();
  const wanted = /** @type {string[]} */ (policy.hostsAdd ?? []);
  const granted = await grantedOf(wanted);
  return { granted, refused: wanted.filter((one) => !granted.includes(one)) };
});

whenSettingsChange(() => void watch());
void watch();

function watch() {
  turn = turn.then(register).catch(() => undefined);
  return turn;
}

async function register() {
  const { policy } = await settings();
  const matches = await grantedOf(policy.hostsAdd ?? []);
  const [known] = await chrome.scripting.getRegisteredContentScripts({ ids: [ID] });
  if (JSON.stringify(known?.matches ?? []) === JSON.stringify(matches)) return;
  if (known) await chrome.scripting.unregisterContentScripts({ ids: [ID] });
  if (!matches.length) return;
  await chrome.scripting.registerContentScripts([{ id: ID, matches, js: ['content.js'], runAt: 'document_start', allFrames: true, matchOriginAsFallback: true }]);
}

/** @param {string[]} patterns */
async function grantedOf(patterns) {
  const answers = await Promise.all(patterns.map((one) => chrome.permissions.contains({ origins: [hostPattern(one)] }).catch(() => false)));
  return patterns.filter((_, at) => answers[at]);
}

/** Permissions are for hosts, without a path. @param {string} pattern */
function hostPattern(pattern) {
  return pattern.replace(/^(https:\/\/[^/]+\/).*$/, '$1*');
}
