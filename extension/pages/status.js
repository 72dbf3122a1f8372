// For the administrator and the help desk: what is in force, and a self-test.

import { policyReport, recordTools } from '../background/core.js';
import { readHead, readLines } from '../background/records.js';
import { inForce } from './in_force.js';
import { ask, main, make, text } from './parts.js';

/** What the self-test asks the core; the same on every installation. */
const HELD = 'My patient Mrs. Alvarez, SSN 536-22-1234, went home.';
const CLEAN = 'Flu shots this Saturday, 9 to 1!';

const manifest = chrome.runtime.getManifest();
const enterprise = (manifest.permissions ?? []).includes('webRequest');
const { installType } = await chrome.management.getSelf();
/** @type {import('../background/settings.js').Settings} */
const state = await ask({ type: 'state' });
const added = enterprise ? await ask({ type: 'addedSites' }) : { granted: [], refused: state.administrator.hostsAdd ?? [] };
const reporting = enterprise ? await ask({ type: 'reporting' }) : { endpoint: state.administrator.reportingEndpoint ?? '', granted: false, waiting: 0, givenUp: 0, said: '' };

main.append(make('h1', {}, [text('ui_status_title')]));
facts();
await selfTest();
document.body.dataset.ready = 'yes';

function facts() {
  const { organizationName, organizationContact } = state.administrator;
  const rows = [
    [text('ui_status_version'), `${manifest.version}, ${text(enterprise ? 'ui_status_enterprise' : 'ui_status_store')}`],
    [text('ui_status_installed'), text(installType === 'admin' ? 'ui_status_by_admin' : 'ui_status_by_user')],
    [text('ui_status_source'), text(`ui_status_source_${state.source}`)],
    ...(organizationName ? [[text('ui_status_organization'), [organizationName, organizationContact].filter(Boolean).join(', ')]] : []),
  ];
  main.append(make('dl', {}, rows.flatMap(([what, value]) => [make('dt', {}, [what]), make('dd', {}, [value])])));
  main.append(make('h2', {}, [text('ui_options_policy')]), ...inForce(state));
}

async function selfTest() {
  main.append(make('h2', {}, [text('ui_status_test')]));
  const { action_SSN, action_identifier } = state.administrator;
  const list = make('ul', { id: 'tests' });
  main.append(list);
  const tests = /** @type {[string, () => unknown][]} */ ([
    ['ui_status_test_core', () => policyReport({}, 'en').dropped.length === 0],
    ['ui_status_test_held', async () => (await assessed(HELD)).findings.some((/** @type {Finding} */ one) => one.kind === 'SSN') || (action_SSN ?? action_identifier) === 'off'],
    ['ui_status_test_clean', async () => (await assessed(CLEAN)).decision === 'allow'],
    ['ui_status_test_policy', () => state.dropped.length === 0],
    ['ui_status_test_records', async () => recordTools().verify(await readLines(), await readHead()).wrong === 0],
    ['ui_status_test_sites', () => added.refused.length === 0],
    ['ui_status_test_reporting', () => !reporting.endpoint || (reporting.granted && /^(HTTP [23].*)?$/.test(reporting.said))],
  ]);
  for (const [key, test] of tests) {
    const good = await Promise.resolve().then(test).catch(() => false);
    list.append(make('li', { class: good ? 'clean' : 'trouble' }, [`${text(good ? 'ui_status_good' : 'ui_status_bad')}: ${text(key)}`]));
  }
  for (const site of added.refused) main.append(make('p', { class: 'trouble' }, [text('ui_status_refused', site)]));
  if (reporting.endpoint) main.append(make('p', { id: 'reporting' }, [text('ui_status_reporting', [reporting.endpoint, String(reporting.waiting), String(reporting.givenUp), answerOf(reporting.said)])]));
  if (reporting.endpoint && !reporting.granted) main.append(make('p', { class: 'trouble' }, [text('ui_status_collector_refused')]));
  main.append(make('p', { class: 'soft' }, [text('ui_status_pages')]));
}

/** The collector's last answer: the number of HTTP, or that there was none. @param {string} said */
function answerOf(said) {
  if (!said) return text('ui_status_said_none');
  return said.startsWith('HTTP ') ? said : text('ui_status_said_unreached');
}

/** @param {string} words @returns {Promise<Assessment>} */
async function assessed(words) {
  return (await ask({ type: 'assess', draft: { text: words } })).assessment;
}
