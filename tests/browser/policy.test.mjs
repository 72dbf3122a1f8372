// Every key of the policy, in Chromium under a real policy: force-installed from
// a signed package on a loopback server, values from the system's policy file,
// changed while the browser runs. Prints a table of what was seen.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { openEditor, sentBy } from './harness/browser.mjs';
import { CANNOT, askBackground, chromiumPolicy, ownPage, reloadPolicies, rest, servePackage, startManaged } from './harness/managed.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';
import { CLAIM, GROUP, KINDS, LARGER, OWN_CLAIM, SSN, textOf } from './harness/policy_texts.mjs';

const FORUM = 'forum.example.org';
const SCHEMA = JSON.parse(readFileSync('extension/policies/managed_schema.json', 'utf8')).properties;
/** Key, what was seen. @type {Map<string, string>} */
const seen = new Map();

describe('every policy key in Chromium', { skip: CANNOT }, () => {
  let server, pack, policy, browser, own, page, eyes;
  const ask = (message) => askBackground(own, message);
  const assess = async (draft) => (await ask({ type: 'assess', draft: typeof draft === 'string' ? { text: draft } : draft })).assessment;
  const actionOn = async (kind) => (await assess(textOf(kind))).findings.find((one) => one.kind === kind)?.action;

  before(async () => {
    server = await startServer();
    pack = await servePackage({ hosts: FORUM });
    policy = chromiumPolicy(pack);
    policy.write();
    browser = await startManaged(server);
    own = await ownPage(browser, pack.id);
    page = await browser.newPage();
    page.setDefaultTimeout(8000);
    eyes = await watch('chrome', browser, page);
  });
  after(async () => {
    await browser?.close();
    policy?.remove();
    pack?.close();
    server?.close();
    const rows = Object.keys(SCHEMA).map((key) => [key, seen.get(key) ?? 'NOT SEEN']);
    console.log(['', 'key | seen in Chromium', ...rows.map((row) => row.join(' | '))].join('\n'));
  });

  /** Puts values in force, without a restart. @param {Record<string, unknown>} values */
  async function inForce(values) {
    policy.write(values);
    const wanted = JSON.stringify(Object.keys(values).sort());
    await reloadPolicies(page);
    for (const end = Date.now() + 20_000; Date.now() < end; await rest(200)) {
      const { administrator } = await ask({ type: 'state' });
      if (JSON.stringify(Object.keys(administrator).sort()) === wanted) return;
    }
    const { administrator, dropped } = await ask({ type: 'state' });
    assert.fail(`in force are ${JSON.stringify(administrator)}, dropped ${JSON.stringify(dropped)}`);
  }

  /** A key and its effect. @param {string} key @param {string} effect @param {() => Promise<void>} check */
  async function shows(key, effect, check) {
    await check();
    seen.set(key, effect);
  }

  /** Types a text on a site and presses its button. */
  async function post(text, { host = 'x.com', editor = 'textarea', control = '#post', more = '' } = {}) {
    const frame = await openEditor(page, { host, editor, more });
    await page.keyboard.type(text);
    await eyes.until((now) => now.badge?.state === 'warn', frame);
    await (await frame.waitForSelector(control)).click();
    return frame;
  }

  it('before any value comes, the user loosens nothing', async () => {
    const { source } = await ask({ type: 'state' });
    assert.equal(source, 'waiting');
    const ways = await ask({ type: 'ways', site: 'x.com' });
    assert.deepEqual([ways.mayPause, ways.mayIgnore, ways.mayAllow], [false, false, false]);
    assert.equal((await assess(SSN)).decision, 'warn');
  });

  it('an action for each category', async () => {
    const categories = ['identifier', 'reidentification', 'relationship', 'misinformation', 'credential', 'media'];
    const kindOf = { identifier: 'SSN', reidentification: 'QUASI', relationship: 'CARE_RELATIONSHIP', misinformation: 'CLAIM', credential: 'CREDENTIAL', media: 'PHOTO' };
    await inForce(Object.fromEntries(categories.map((one) => [`action_${one}`, 'justify'])));
    for (const one of categories) await shows(`action_${one}`, `${kindOf[one]} asks for a reason`, async () => assert.equal(await actionOn(kindOf[one]), 'justify'));
  });

  it('an action for each kind, over its category', async () => {
    await inForce({ action_identifier: 'off', ...Object.fromEntries(Object.keys(KINDS).map((kind) => [`action_${kind}`, 'block'])) });
    for (const kind of Object.keys(KINDS)) await shows(`action_${kind}`, 'blocks', async () => assert.equal(await actionOn(kind), 'block', kind));
  });

  it('who the organization is, its words and its numbers', async () => {
    await inForce({
      locale: 'es',
      allow: ['536-22-1234'], facilityTerms: ['The Annex'], unitTerms: ['Blue Pod'], watchTerms: ['Project Osprey'], mrnPatterns: ['\\bEH-\\d{7}\\b'],
      claimTopicsNotice: [CLAIM.topic], groupWarn: 100_000, claimsAdd: [OWN_CLAIM],
    });
    await shows('locale', 'findings speak Spanish', async () => assert.match((await assess(textOf('EMAIL'))).findings[0].message, /correo/));
    await shows('allow', 'its number is not marked', async () => assert.equal((await assess(SSN)).findings.filter((one) => one.kind === 'SSN').length, 0));
    const patient = await assess('My patient on Blue Pod at the Annex is 47 and has sepsis.');
    await shows('facilityTerms', 'held near a patient', async () => assert.ok(patient.findings.some((one) => one.rule === 'policy.facility' && one.action === 'warn')));
    await shows('unitTerms', 'held near a patient', async () => assert.ok(patient.findings.some((one) => one.rule === 'policy.unit' && one.action === 'warn')));
    await shows('watchTerms', 'held anywhere', async () => assert.equal((await assess('Project Osprey starts.')).decision, 'warn'));
    await shows('mrnPatterns', 'held as MRN', async () => assert.equal((await assess('See EH-0012345.')).findings[0]?.rule, 'policy.mrn'));
    await shows('claimTopicsNotice', 'underlined only', async () => assert.equal((await assess(CLAIM.text)).decision, 'notice'));
    await shows('claimsAdd', 'held', async () => assert.ok((await assess('Spring water cures asthma.')).findings.some((one) => one.claim === OWN_CLAIM.id && one.action === 'warn')));
    await shows('groupWarn', 'a larger group is found', async () => assert.ok((await assess(LARGER)).findings.some((one) => one.kind === 'QUASI')));
  });

  it('claims and groups, the other way', async () => {
    await inForce({ claimTopicsOff: [CLAIM.topic], groupWarn: 1, groupNotice: 1, shiftHours: ['Daily 00:00-24:00'], shiftAction: 'block' });
    await shows('claimTopicsOff', 'not checked', async () => assert.equal((await assess(CLAIM.text)).findings.length, 0));
    await shows('groupNotice', 'with both at 1, no group is too small', async () => {
      assert.equal(await actionOn('QUASI'), undefined);
      assert.ok(!(await assess(LARGER)).findings.some((one) => one.kind === 'QUASI'));
    });
    await shows('shiftHours', 'stricter in these hours', async () => assert.notEqual((await assess(SSN)).decision, 'warn'));
    await shows('shiftAction', 'blocks in these hours', async () => assert.equal((await assess(SSN)).decision, 'block'));
    await inForce({ claimsOff: [CLAIM.id] });
    await shows('claimsOff', 'not checked', async () => assert.equal((await assess(CLAIM.text)).findings.length, 0));
    await shows('region', 'the group is one of this state', async () => {
      const highest = async () => Math.max(...(await assess(GROUP)).findings.flatMap((one) => (one.group_size ? [one.group_size.high] : [])));
      const everywhere = await highest();
      await inForce({ region: 'WY' });
      const here = await highest();
      assert.ok(here > 0 && here < everywhere, `${here}, ${everywhere}`);
    });
  });

  it('what users may do', async () => {
    const rights = { userMayPause: 0, userMayIgnore: false, userMayAllow: 'false', userMayChangeOptions: false, userMayClearRecords: false, userMayExport: false };
    // Chromium itself takes only true and false; the other forms are Firefox's and the core's.
    await inForce({ ...rights, userMayPause: false, userMayAllow: false });
    const ways = await ask({ type: 'ways', site: 'x.com' });
    await shows('userMayPause', 'pausing is refused', async () => {
      assert.equal(ways.mayPause, false);
      await assert.rejects(ask({ type: 'setOption', name: 'paused', value: { 'x.com': Date.now() + 1e6 } }), /pausing/);
    });
    await shows('userMayIgnore', 'the card offers no "Ignore once"', async () => {
      assert.equal(ways.mayIgnore, false);
      const frame = await openEditor(page, { editor: 'textarea' });
      await page.keyboard.type(SSN);
      await eyes.until((now) => now.badge?.state === 'warn', frame);
      const { badge } = await eyes.look(frame);
      await page.mouse.click(badge.x + badge.width / 2, badge.y + badge.height / 2);
      const { card } = await eyes.until((now) => now.card, frame);
      assert.ok(!card.buttons.some((one) => one.name === 'Ignore once'), JSON.stringify(card.buttons));
    });
    await shows('userMayAllow', 'adding to the list is refused', async () => assert.rejects(ask({ type: 'setOption', name: 'allow', value: 'x' })));
    await shows('userMayChangeOptions', 'changing options is refused', async () => assert.rejects(ask({ type: 'setOption', name: 'watch', value: ['x'] }), /options/));
    await shows('userMayClearRecords', 'deleting records is refused', async () => assert.rejects(ask({ type: 'clearRecords' }), /keeps/));
    await shows('userMayExport', 'the records page offers no file', async () => {
      const records = await ownPage(browser, pack.id, 'pages/records.html');
      await records.waitForSelector('body[data-ready]');
      const buttons = await records.$$eval('button', (all) => all.map((one) => one.textContent));
      assert.deepEqual(buttons, []);
      await records.close();
    });
  });

  it('sites', async () => {
    await inForce({ hostsAdd: [`https://${FORUM}/*`, 'https://elsewhere.example.net/*'], hostsRemove: ['bsky.app'], siteProfiles: [{ hosts: [FORUM], settings: [{ setting: 'review_reply', within: '*' }] }] });
    await shows('hostsAdd', 'a new site is watched; one that the package was not built for is named', async () => {
      const sites = await ask({ type: 'addedSites' });
      assert.deepEqual(sites, { granted: [`https://${FORUM}/*`], refused: ['https://elsewhere.example.net/*'] });
      const frame = await post(SSN, { host: FORUM });
      await eyes.until((now) => now.dialog, frame);
      assert.deepEqual(await sentBy(frame), []);
      await eyes.press('Go back', frame);
    });
    await shows('siteProfiles', 'the site is read as answers to reviews', async () => {
      const frame = await openEditor(page, { host: FORUM, editor: 'textarea' });
      await page.keyboard.type(textOf('CARE_RELATIONSHIP').text);
      await eyes.until((now) => now.badge?.state === 'warn', frame);
      const plain = await openEditor(page, { editor: 'textarea' });
      await page.keyboard.type(textOf('CARE_RELATIONSHIP').text);
      await eyes.until((now) => now.badge && now.badge.state !== 'busy' && now.badge.state !== 'warn', plain);
    });
    await shows('hostsRemove', 'nothing is checked there', async () => {
      const frame = await openEditor(page, { host: 'bsky.app', editor: 'textarea' });
      await page.keyboard.type(SSN);
      await rest(400);
      await (await frame.waitForSelector('#post')).click();
      await frame.waitForFunction(() => window.fixture.sent.length === 1);
      assert.equal((await eyes.look(frame)).badge, null);
    });
  });

  it('the review dialog', async () => {
    await inForce({
      organizationName: 'St. Elsewhere', organizationContact: 'Privacy office, 555-0100', socialMediaPolicyLink: 'https://intranet.example/social',
      justificationLength: 20, justificationPrompt: 'Who approved this?', attestation: true, attestationText: 'A signed form is in the chart.', attestationRequired: true,
      reminders: ['Think of the waiting room.'], action_SSN: 'justify',
    });
    const frame = await post(SSN);
    const { dialog } = await eyes.until((now) => now.dialog, frame);
    const anyway = async () => (await eyes.look(frame)).dialog.buttons.find((one) => one.name === 'Post anyway');
    await shows('organizationName', 'stands in the review dialog', async () => assert.match(dialog.text, /St\. Elsewhere/));
    await shows('organizationContact', 'stands in the review dialog', async () => assert.match(dialog.text, /Privacy office, 555-0100/));
    await shows('socialMediaPolicyLink', 'a link in the review dialog', async () => assert.ok(dialog.buttons.some((one) => /St\. Elsewhere/.test(one.name)), JSON.stringify(dialog.buttons)));
    await shows('reminders', 'stands in the review dialog', async () => assert.match(dialog.text, /Think of the waiting room\./));
    await shows('justificationPrompt', 'asked in the review dialog', async () => assert.match(dialog.text, /Who approved this\?/));
    await shows('attestationText', 'offered in the review dialog', async () => assert.match(dialog.text, /A signed form is in the chart\./));
    const reason = dialog.buttons.find((one) => /Who approved this/.test(one.name));
    await page.mouse.click(reason.x + 5, reason.y + 5);
    await page.keyboard.type('Nineteen characters');
    await shows('justificationLength', 'a shorter reason does not do', async () => assert.equal((await anyway()).disabled, true));
    await page.keyboard.type(' and more');
    await shows('attestationRequired', 'a reason without the statement does not do', async () => assert.equal((await anyway()).disabled, true));
    const box = (await eyes.look(frame)).dialog.buttons.find((one) => /signed form/.test(one.name));
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    assert.equal((await anyway()).disabled, false);
    await eyes.press('Post anyway', frame);
    await eyes.until((now) => !now.dialog, frame);
    await rest(300);
    const last = (await ask({ type: 'records' })).at(-1);
    assert.deepEqual([last.choice, last.reason, last.attested], ['anyway', 'Nineteen characters and more', true]);
    await inForce({ attestation: false });
    const next = await post(SSN);
    await shows('attestation', 'false: no statement is offered', async () => {
      const { dialog: without } = await eyes.until((now) => now.dialog, next);
      assert.ok(!/authorization/.test(without.text), without.text);
      await eyes.press('Go back', next);
    });
  });

  it('records', async () => {
    const record = (host) => ask({ type: 'record', entry: { host, setting: 'post', kinds: ['SSN'], rules: ['ssn.number'], decision: 'warn', choice: 'back' } });
    await inForce({ auditDays: 0 });
    const before = (await ask({ type: 'records' })).length;
    await shows('auditDays', '0 keeps none', async () => {
      await record('x.com');
      assert.equal((await ask({ type: 'records' })).length, before);
    });
    await inForce({ auditMost: 100 });
    await shows('auditMost', 'the oldest beyond it are deleted', async () => {
      for (let at = 0; at < 150; at++) await record('x.com');
      const kept = await ask({ type: 'records' });
      assert.ok(kept.length >= 100 && kept.length <= 150, String(kept.length));
      assert.ok(kept[0].number > 1, 'the oldest are gone');
    });
  });

  it('what is wrong is left out by itself and named, and the rest holds', async () => {
    policy.write({ action_SSN: 'shout', action_MRN: 'block', groupWarn: 0, mrnPatterns: ['(', '\\bZZ\\d{5}\\b'], watchTerms: ['Osprey', ''], noSuchKey: 1 });
    await reloadPolicies(page);
    for (const end = Date.now() + 20_000; Date.now() < end && !(await ask({ type: 'state' })).administrator.watchTerms; ) await rest(200);
    const { administrator, dropped } = await ask({ type: 'state' });
    assert.deepEqual(administrator, { action_MRN: 'block', mrnPatterns: ['\\bZZ\\d{5}\\b'], watchTerms: ['Osprey'] });
    assert.deepEqual(dropped.map((one) => one.key), ['mrnPatterns[1]', 'watchTerms[2]'], 'Chromium itself left the others out');
    assert.equal((await assess(SSN)).decision, 'warn');
    await own.reload();
    await own.waitForSelector('body[data-ready]');
    assert.deepEqual(await own.$$eval('.dropped', (all) => all.length), 2, 'the status page names them');
  });

  it('taken away while the browser runs, the policy is gone: at once, or after the first minute of the browser', async () => {
    policy.write();
    await reloadPolicies(page);
    let state;
    for (const end = Date.now() + 80_000; Date.now() < end; await rest(200)) {
      state = await ask({ type: 'state' });
      if (state.source === 'none') break;
    }
    assert.deepEqual([state.source, state.administrator], ['none', {}]);
  });

  it('without a collector, the enterprise package asks nothing of the network', () => {
    // What a browser asks for itself.
    const makers = /(^|\.)(google\.com|gvt1\.com|googleapis\.com|gstatic\.com|mozilla\.(com|net|org)|firefox\.com)(:\d+)?$/;
    const sites = ['x.com', 'bsky.app', FORUM];
    const asked = server.requests.filter((one) => !makers.test(one.host));
    assert.ok(asked.length > 10);
    assert.deepEqual(asked.filter((one) => one.method !== 'GET' || !sites.includes(one.host) || !/^\/(\?.*|[\w-]+\.(js|css)|favicon\.ico)?$/.test(one.path)), []);
    assert.deepEqual([...new Set(pack.asked)].sort(), ['/primum.crx', '/update.xml'], 'the browser fetched the package, and nothing else was asked of its server');
  });

  it('every key was seen', () => {
    const left = Object.keys(SCHEMA).filter((key) => !seen.has(key) && !ELSEWHERE.includes(key));
    assert.deepEqual(left, []);
    for (const key of ELSEWHERE) seen.set(key, 'seen in reporting.test.mjs and network_gate.test.mjs');
  });
});

/** Shown by tests of their own. */
const ELSEWHERE = ['networkGate', 'reportingEndpoint', 'reportingToken', 'reportingSeconds'];
