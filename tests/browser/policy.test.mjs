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
/** Categories, each with a kind of it. */
const CATEGORIES = { identifier: 'SSN', reidentification: 'QUASI', relationship: 'CARE_RELATIONSHIP', misinformation: 'CLAIM', credential: 'CREDENTIAL', media: 'PHOTO' };
const ALL_OFF = Object.fromEntries(Object.keys(CATEGORIES).map((one) => [`action_${one}`, 'off']));
/** Key, what was seen. @type {Map<string, string>} */
const seen = new Map();

describe('every policy key in Chromium', { skip: CANNOT }, () => {
  let server, pack, policy, browser, own, page, eyes;
  const ask = (message) => askBackground(own, message);
  const assess = async (draft) => (await ask({ type: 'assess', draft: typeof draft === 'string' ? { text: draft } : draft })).assessment;

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
    // Lists come back in another form.
    const bare = (of) => JSON.stringify(Object.keys(of).sort().map((key) => [key, typeof of[key] === 'object' ? '' : of[key]]));
    await reloadPolicies(page);
    for (const end = Date.now() + 20_000; Date.now() < end; await rest(100)) {
      const { administrator } = await ask({ type: 'state' });
      if (bare(administrator) === bare(values)) return;
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

  /** The text of a kind, typed and sent: the frame with the dialog that came of it, or without. */
  async function sentKind(kind) {
    const { text, setting } = textOf(kind);
    const reply = setting === 'review_reply';
    const frame = await openEditor(page, reply ? { host: 'biz.yelp.com', editor: 'review' } : { editor: 'textarea' });
    await page.keyboard.type(text);
    await eyes.until((now) => now.badge && !now.badge.busy && now.badge.state !== 'busy', frame);
    await (await frame.waitForSelector('#post')).click();
    return frame;
  }
  const buttons = async (frame) => (await eyes.until((now) => now.dialog, frame)).dialog.buttons;

  it('the five actions, on the page', async () => {
    await inForce({ action_SSN: 'off' });
    let frame = await sentKind('SSN');
    await frame.waitForFunction(() => window.fixture.sent.length === 1);
    assert.equal((await eyes.look(frame)).marks.length, 0, 'off: nothing');
    await inForce({ action_SSN: 'notice' });
    frame = await sentKind('SSN');
    await frame.waitForFunction(() => window.fixture.sent.length === 1);
    frame = await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(SSN);
    await eyes.until((now) => now.badge?.state === 'notice', frame);
    await inForce({ action_SSN: 'warn' });
    frame = await sentKind('SSN');
    assert.equal((await buttons(frame)).find((one) => one.name === 'Post anyway').disabled, false, 'warn: "Post anyway" goes on');
    await inForce({ action_SSN: 'justify' });
    frame = await sentKind('SSN');
    assert.equal((await buttons(frame)).find((one) => one.name === 'Post anyway').disabled, true, 'justify: first a reason');
    await inForce({ action_SSN: 'block' });
    frame = await sentKind('SSN');
    assert.ok(!(await buttons(frame)).some((one) => one.name === 'Post anyway'), 'block: no way past it');
    assert.deepEqual(await sentBy(frame), []);
  });

  it('an action for each category: alone it blocks on the page, where all others are off', async () => {
    for (const [one, kind] of Object.entries(CATEGORIES)) {
      await inForce({ ...ALL_OFF, [`action_${one}`]: 'block' });
      await shows(`action_${one}`, `a post with ${kind} has no way past the dialog`, async () => {
        const frame = await sentKind(kind);
        assert.ok(!(await buttons(frame)).some((button) => button.name === 'Post anyway'), one);
        assert.deepEqual(await sentBy(frame), []);
      });
    }
    await inForce(ALL_OFF);
    for (const kind of Object.values(CATEGORIES)) assert.equal((await assess(textOf(kind))).decision, 'allow', kind);
  });

  it('an action for each kind: it blocks on the page, where its category and all others are off', async () => {
    for (const kind of Object.keys(KINDS)) {
      await inForce({ ...ALL_OFF, [`action_${kind}`]: 'block' });
      await shows(`action_${kind}`, `a post with ${kind} has no way past the dialog, though its category is off`, async () => {
        assert.deepEqual([...new Set((await assess(textOf(kind))).findings.map((one) => one.kind))], [kind]);
        const frame = await sentKind(kind);
        assert.ok(!(await buttons(frame)).some((button) => button.name === 'Post anyway'), kind);
        assert.deepEqual(await sentBy(frame), []);
      });
    }
  });

  it('who the organization is, its words and its numbers', async () => {
    await inForce({
      locale: 'es',
      allow: ['536-22-1234'], facilityTerms: ['The Annex'], unitTerms: ['Blue Pod'], watchTerms: ['Project Osprey'], mrnPatterns: ['\\bEH-\\d{7}\\b'],
      claimTopicsNotice: [CLAIM.topic], claimsAdd: [OWN_CLAIM],
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
  });

  it('claims and groups, the other way', async () => {
    await inForce({ claimTopicsOff: [CLAIM.topic], shiftHours: ['Daily 00:00-24:00'], shiftAction: 'block' });
    await shows('claimTopicsOff', 'not checked', async () => assert.equal((await assess(CLAIM.text)).findings.length, 0));
    await shows('shiftAction', 'blocks in these hours', async () => assert.equal((await assess(SSN)).decision, 'block'));
    const hour = (later) => `${String((new Date().getHours() + later) % 24).padStart(2, '0')}:00`;
    await inForce({ shiftHours: ['Daily 00:00-24:00'] });
    await shows('shiftHours', 'in these hours a reason is asked for, in others not', async () => {
      assert.equal((await assess(SSN)).decision, 'justify');
      await inForce({ shiftHours: [`Daily ${hour(2)}-${hour(3)}`], userMayPause: true });
      assert.equal((await assess(SSN)).decision, 'warn');
    });
    const sized = async () => [...new Set((await assess(LARGER)).findings.filter((one) => one.group_size).map((one) => one.action))];
    assert.deepEqual(await sized(), [], 'without the keys');
    await inForce({ groupNotice: 100_000 });
    await shows('groupNotice', 'a group of hundreds is underlined', async () => assert.deepEqual(await sized(), ['notice']));
    await inForce({ groupWarn: 100_000 });
    await shows('groupWarn', 'a group of hundreds is held', async () => assert.deepEqual(await sized(), ['warn']));
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
    // What the user had set before, as long as nothing forbade it.
    await inForce({ organizationName: 'St. Elsewhere' });
    await ask({ type: 'setOption', name: 'allow', value: ['536-22-1234'] });
    await ask({ type: 'setOption', name: 'sitesOff', value: ['reddit.com'] });
    await ask({ type: 'setOption', name: 'paused', value: { 'x.com': Date.now() + 1e6 } });
    assert.equal((await assess({ text: SSN, site: 'bsky.app' })).findings.length, 0);
    assert.equal((await ask({ type: 'ways', site: 'x.com' })).paused, true);
    assert.equal((await ask({ type: 'ways', site: 'reddit.com' })).paused, true);

    await inForce({ userMayPause: false, userMayIgnore: false, userMayAllow: false, userMayChangeOptions: false, userMayClearRecords: false, userMayExport: false });
    await shows('userMayPause', 'a pause and a switched-off site end, pausing is refused, the popup offers none', async () => {
      assert.equal((await ask({ type: 'ways', site: 'x.com' })).paused, false);
      assert.equal((await ask({ type: 'ways', site: 'reddit.com' })).paused, false);
      await assert.rejects(ask({ type: 'setOption', name: 'paused', value: { 'x.com': Date.now() + 1e6 } }), /pausing/);
      await openEditor(page, { editor: 'textarea' });
      await page.keyboard.type(SSN);
      await eyes.until((now) => now.badge?.state === 'warn');
      const tab = await own.evaluate(async () => {
        for (const { id } of await chrome.tabs.query({})) if (await chrome.tabs.sendMessage(id, { type: 'look' }).catch(() => null)) return id;
      });
      const popup = await ownPage(browser, pack.id, `pages/popup.html?tab=${tab}`);
      await popup.waitForFunction(() => /Your organization keeps Primum on\./.test(document.body.innerText));
      assert.deepEqual(await popup.$$eval('button', (all) => all.map((one) => one.textContent).filter((one) => /pause/i.test(one ?? ''))), []);
      await popup.close();
      await page.bringToFront();
    });
    const frame = await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(SSN);
    const { badge } = await eyes.until((now) => now.badge?.state === 'warn', frame);
    await page.mouse.click(badge.x + badge.width / 2, badge.y + badge.height / 2);
    const names = (await eyes.until((now) => now.card, frame)).card.buttons.map((one) => one.name);
    await shows('userMayIgnore', 'the card offers neither "Ignore once" nor "Not about a patient"', async () => assert.ok(!names.includes('Ignore once') && !names.includes('Not about a patient'), String(names)));
    await shows('userMayAllow', "the user's list does not count, the card offers no adding to it, and it is refused", async () => {
      assert.ok(!names.some((one) => /always|never/i.test(one)), String(names));
      await assert.rejects(ask({ type: 'setOption', name: 'allow', value: 'x' }));
    });
    await shows('userMayChangeOptions', 'the options page is fixed, changing is refused', async () => {
      await assert.rejects(ask({ type: 'setOption', name: 'watch', value: ['x'] }), /options/);
      const options = await ownPage(browser, pack.id, 'pages/options.html');
      await options.waitForSelector('#policy');
      const open = await options.$$eval('#watch, #allow, .sites input, #messages, #file', (all) => all.filter((one) => !one.disabled && !one.readOnly).map((one) => one.id || one.parentElement.textContent));
      assert.deepEqual(open, []);
      assert.ok(!(await options.$$eval('button', (all) => all.map((one) => one.textContent))).includes('Save'));
      await options.close();
    });
    await shows('userMayClearRecords', 'deleting records is refused', async () => assert.rejects(ask({ type: 'clearRecords' }), /keeps/));
    await shows('userMayExport', 'the records page offers no file', async () => {
      const records = await ownPage(browser, pack.id, 'pages/records.html');
      await records.waitForSelector('body[data-ready]');
      const buttons = await records.$$eval('button', (all) => all.map((one) => one.textContent));
      assert.deepEqual(buttons, []);
      await records.close();
    });
  });

  it('what the user set counts again, and can be taken back, where the policy lets them', async () => {
    await inForce({ organizationName: 'St. Elsewhere' });
    assert.equal((await ask({ type: 'ways', site: 'x.com' })).paused, true);
    await ask({ type: 'setOption', name: 'allow', value: [] });
    await ask({ type: 'setOption', name: 'sitesOff', value: [] });
    await ask({ type: 'setOption', name: 'paused', value: { 'x.com': 0 } });
    assert.equal((await assess(SSN)).decision, 'warn');
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
    await inForce({ auditDays: 30 });
    await shows('auditDays', '0 keeps none; with 30, older ones are deleted', async () => {
      for (let at = 0; at < 3; at++) await record('x.com');
      const long = new Date(Date.now() - 40 * 86_400_000).toISOString();
      await own.evaluate((time) => new Promise((done, fail) => {
        const request = indexedDB.open('primum', 1);
        request.onerror = () => fail(request.error);
        request.onsuccess = () => {
          const lines = request.result.transaction(['lines'], 'readwrite').objectStore('lines');
          lines.openCursor().onsuccess = ({ target }) => {
            const cursor = /** @type {any} */ (target).result;
            if (!cursor) return void request.result.close(), done(undefined);
            cursor.update(JSON.stringify({ ...JSON.parse(cursor.value), time }));
            cursor.continue();
          };
        };
      }), long);
      const old = (await ask({ type: 'records' })).length;
      assert.ok(old >= 3 && (await ask({ type: 'records' })).every((one) => one.time === long));
      for (let at = 0; at < 50; at++) await record('x.com');
      const kept = await ask({ type: 'records' });
      assert.ok(kept.length <= 50 && kept.every((one) => one.time > long), `${kept.length} of ${old + 50}`);
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
    const claim = { ...OWN_CLAIM, id: 'louder', level: 'shout' };
    policy.write({ action_SSN: 'shout', action_MRN: 'block', groupWarn: 0, shiftAction: 'warn', mrnPatterns: ['(', '\\bZZ\\d{5}\\b'], watchTerms: ['Osprey', ''], claimsAdd: [claim, OWN_CLAIM], userMayPause: 'perhaps', noSuchKey: 1 });
    await reloadPolicies(page);
    for (const end = Date.now() + 20_000; Date.now() < end && !(await ask({ type: 'state' })).administrator.watchTerms; ) await rest(200);
    const { administrator, dropped } = await ask({ type: 'state' });
    assert.deepEqual(administrator, { action_MRN: 'block', mrnPatterns: ['\\bZZ\\d{5}\\b'], watchTerms: ['Osprey'], claimsAdd: [OWN_CLAIM] });
    const names = ['action_SSN', 'claimsAdd[1]', 'groupWarn', 'mrnPatterns[1]', 'shiftAction', 'watchTerms[2]'];
    assert.deepEqual(dropped.map((one) => one.key).sort(), names, 'Chromium itself leaves out unknown keys and values of another type, and tells nobody');
    assert.equal((await assess(SSN)).decision, 'warn');
    for (const path of ['status.html', 'options.html']) {
      await own.goto(`chrome-extension://${pack.id}/pages/${path}`);
      await own.waitForSelector('#policy');
      const said = await own.$$eval('.dropped', (all) => all.map((one) => one.textContent));
      assert.equal(said.length, names.length);
      for (const name of names) assert.ok(said.some((one) => one.startsWith(`Left out: ${name}. `) && one.length > name.length + 25), `${path}: ${name} in ${said}`);
    }
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

  // The network observer (harness/observer.mjs) sees all other hosts.
  it('of the server with the package nothing else is asked', () => {
    assert.deepEqual([...new Set(pack.asked)].sort(), ['/primum.crx', '/update.xml']);
  });

  it('every key was seen', () => {
    for (const [key, effect] of Object.entries(ELSEWHERE)) seen.set(key, effect);
    assert.deepEqual(Object.keys(SCHEMA).filter((key) => !seen.has(key)), []);
  });
});

/** Shown by tests of their own. */
const ELSEWHERE = {
  networkGate: 'held, checked, off: requests are cancelled or pass (network_gate.test.mjs, Firefox too)',
  reportingEndpoint: 'records arrive there (reporting.test.mjs)',
  reportingToken: 'the collector gets it (reporting.test.mjs)',
  reportingSeconds: 'a report comes by itself, at this pace (reporting.test.mjs)',
};
