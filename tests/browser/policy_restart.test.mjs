// Over a restart of the browser: the last policy holds until the browser hands
// the values over again, and the pages say so. With nothing to go by, what a
// strict administrator would set.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { openEditor, sentBy } from './harness/browser.mjs';
import { CANNOT, askBackground, chromiumPolicy, makeProfile, ownPage, reloadPolicies, rest, servePackage, startManaged } from './harness/managed.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';
import { SSN } from './harness/policy_texts.mjs';

const VALUES = { organizationName: 'St. Elsewhere', action_SSN: 'block', userMayPause: false, watchTerms: ['Project Osprey'] };
/** Values that are not there so long after the start will not come (settings.js). */
const PATIENCE_MS = 60_000;

describe('policy over a restart of Chromium', { skip: CANNOT }, () => {
  let server, pack, policy, profile, browser, own;
  const ask = (message) => askBackground(own, message);

  before(async () => {
    server = await startServer();
    pack = await servePackage();
    policy = chromiumPolicy(pack);
    profile = makeProfile();
  });
  after(async () => {
    await browser?.close();
    policy?.remove();
    pack?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    server?.close();
  });

  /** Starts the browser again on the same profile, with values or without. */
  async function start(values) {
    await browser?.close();
    policy.write(values);
    browser = await startManaged(server, profile);
    own = await ownPage(browser, pack.id);
  }
  async function source(wanted, ms = 20_000) {
    let state;
    for (const end = Date.now() + ms; Date.now() < end; await rest(200)) if ((state = await ask({ type: 'state' })).source === wanted) return state;
    assert.fail(`the policy is "${state.source}", not "${wanted}"`);
  }
  /** What a page of the extension says. */
  async function said(path) {
    await own.goto(`chrome-extension://${pack.id}/pages/${path}`);
    await own.waitForFunction(() => document.querySelectorAll('h2').length > 1);
    return own.evaluate(() => document.body.innerText);
  }
  const decision = async (text) => (await ask({ type: 'assess', draft: { text } })).assessment.decision;

  it('installed without values: strict until they come, and the pages say so', async () => {
    await start();
    const { source: from, policy: strict } = await ask({ type: 'state' });
    assert.equal(from, 'waiting');
    assert.deepEqual(strict, { userMayPause: false, userMayIgnore: false, userMayAllow: false, userMayChangeOptions: false });
    await assert.rejects(ask({ type: 'setOption', name: 'paused', value: { 'x.com': Date.now() + 1e6 } }), /pausing/);
    assert.match(await said('status.html'), /awaited: strict until it comes/);
    assert.match(await said('options.html'), /awaited: strict until it comes/);
    assert.equal(await decision(SSN), 'warn');
  });

  it('the values come, and hold', async () => {
    policy.write(VALUES);
    const tab = await browser.newPage();
    await reloadPolicies(tab);
    await tab.close();
    await source('managed');
    assert.equal(await decision(SSN), 'block');
  });

  it('restarted while the values are late: the last ones hold, on the pages too', async () => {
    await start();
    const { administrator } = await source('last', 5000);
    assert.deepEqual(administrator, VALUES);
    assert.equal(await decision(SSN), 'block');
    assert.equal(await decision('Project Osprey starts.'), 'warn');
    await assert.rejects(ask({ type: 'setOption', name: 'paused', value: { 'x.com': Date.now() + 1e6 } }), /pausing/);
    for (const path of ['status.html', 'options.html']) {
      const words = await said(path);
      assert.match(words, /the last one: the browser has not handed it over yet/);
      assert.match(words, /St\. Elsewhere/);
    }
    const page = await browser.newPage();
    page.setDefaultTimeout(8000);
    const eyes = await watch('chrome', browser, page);
    const frame = await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(SSN);
    await eyes.until((now) => now.badge?.state === 'warn', frame);
    await (await frame.waitForSelector('#post')).click();
    const { dialog } = await eyes.until((now) => now.dialog, frame);
    assert.ok(!dialog.buttons.some((one) => one.name === 'Post anyway'), 'blocked, as the last policy has it');
    assert.deepEqual(await sentBy(frame), []);
    await page.close();
  });

  it('the values come late, changed, and take the place of the last ones', async () => {
    policy.write({ ...VALUES, action_SSN: 'justify' });
    const tab = await browser.newPage();
    await reloadPolicies(tab);
    await tab.close();
    const { administrator } = await source('managed');
    assert.equal(administrator.action_SSN, 'justify');
    assert.equal(await decision(SSN), 'justify');
  });

  it('restarted with the values in place, they hold from the first question', async () => {
    await start({ ...VALUES, action_SSN: 'justify' });
    const { source: from, administrator } = await ask({ type: 'state' });
    assert.deepEqual([from === 'managed' || from === 'last', administrator.action_SSN], [true, 'justify']);
    assert.equal(await decision(SSN), 'justify');
    await source('managed');
  });

  it('taken away while the browser was closed, the last policy ends after a minute', async () => {
    await start();
    await source('last', 5000);
    await rest(PATIENCE_MS);
    const { administrator } = await source('none');
    assert.deepEqual(administrator, {});
    assert.equal(await decision(SSN), 'warn');
    assert.match(await said('status.html'), /Policy\s+none/);
    await start();
    assert.notEqual((await ask({ type: 'state' })).source, 'last', 'it is forgotten');
  });
});
