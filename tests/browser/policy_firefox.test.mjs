// Firefox takes the policy from policies.json: also flags as 0 and 1 and lists as
// JSON in a text, as Windows hands them over. It applies no schema of its own, so
// what is wrong is left out by the core.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { openEditor, sentBy, startBrowser } from './harness/browser.mjs';
import { CANNOT_FIREFOX, firefoxPolicy } from './harness/managed.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';
import { zipOf } from './tools/pack.mjs';

const SSN = "My patient's SSN is 536-22-1234.";
const VALUES = {
  organizationName: 'St. Elsewhere', organizationContact: 'Privacy office, 555-0100', socialMediaPolicyLink: 'https://intranet.example/social',
  action_SSN: 'block', action_EMAIL: 'shout', userMayIgnore: 0, watchTerms: '["Project Osprey"]', mrnPatterns: ['(', '\\bEH-\\d{7}\\b'], hostsRemove: ['bsky.app'], noSuchKey: true,
};

describe('policy in Firefox', { skip: CANNOT_FIREFOX }, () => {
  const policy = firefoxPolicy();
  let server, browser, page, eyes;
  before(async () => {
    policy.write(VALUES);
    server = await startServer();
    browser = await startBrowser('firefox', server, { extension: 'dist/firefox-enterprise' });
    page = await browser.newPage();
    page.setDefaultTimeout(8000);
    eyes = await watch('firefox', browser, page);
  });
  after(async () => {
    await browser?.close();
    server?.close();
    policy.remove();
  });

  async function typed(text, host = 'x.com') {
    const frame = await openEditor(page, { editor: 'textarea', host });
    await page.keyboard.type(text);
    return frame;
  }
  const warned = (frame) => eyes.until((now) => now.badge?.state === 'warn', frame);

  it('an action, the name, the contact and the link hold in the dialog', async () => {
    const frame = await typed(SSN);
    await warned(frame);
    await (await frame.waitForSelector('#post')).click();
    const { dialog } = await eyes.until((now) => now.dialog, frame);
    assert.match(dialog.text, /St\. Elsewhere/);
    assert.match(dialog.text, /Privacy office, 555-0100/);
    assert.ok(!dialog.buttons.some((one) => one.name === 'Post anyway'), 'blocked');
    await eyes.press('Go back', frame);
    assert.deepEqual(await sentBy(frame), []);
  });

  it('a flag as 0 holds: the card offers no "Ignore once"', async () => {
    const frame = await typed('Write to my patient at ana.lopez@mailbox.example please.');
    const { badge } = await warned(frame);
    await page.mouse.click(badge.x + badge.width / 2, badge.y + badge.height / 2);
    const { card } = await eyes.until((now) => now.card, frame);
    assert.ok(!card.buttons.some((one) => one.name === 'Ignore once'));
  });

  it('a list as JSON in a text holds, and of a list what is right', async () => {
    await warned(await typed('Project Osprey starts today.'));
    await warned(await typed('See EH-0012345 please.'));
  });

  it('a site that the policy takes away is left alone', async () => {
    const frame = await typed(SSN, 'bsky.app');
    await new Promise((done) => setTimeout(done, 600));
    await (await frame.waitForSelector('#post')).click();
    await frame.waitForFunction(() => window.fixture.sent.length === 1);
  });
});

describe('Firefox force-installs the package as the guide says', { skip: CANNOT_FIREFOX }, () => {
  const policy = firefoxPolicy();
  let server, files, browser;
  before(async () => {
    server = await startServer();
    const xpi = zipOf('dist/firefox-enterprise');
    files = http.createServer((_, response) => response.writeHead(200, { 'content-type': 'application/x-xpinstall' }).end(xpi));
    await new Promise((done) => files.listen(0, '127.0.0.1', () => done(undefined)));
    const primum = ['target/release/primum', 'target/debug/primum'].find((path) => existsSync(path)) ?? 'primum';
    const url = `http://127.0.0.1:${/** @type {any} */ (files.address()).port}`;
    policy.writeFile(execFileSync(primum, ['policy', 'template', 'firefox-unsigned', '--url', url, '--values', 'docs/examples/practice.json']));
    browser = await startBrowser('firefox', server);
  });
  after(async () => {
    await browser?.close();
    files?.closeAllConnections();
    files?.close();
    server?.close();
    policy.remove();
  });

  it('it is there, with the values of the example', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(8000);
    const eyes = await watch('firefox', browser, page);
    let seen;
    // The installation takes some seconds after the start.
    for (let tries = 0; tries < 10 && !seen; tries++) {
      const frame = await openEditor(page, { editor: 'textarea' });
      await page.keyboard.type('The EHR password is Hunter2!x9');
      seen = await eyes.until((now) => now.badge?.state === 'warn', frame, 1500).catch(() => null);
      if (!seen) continue;
      await (await frame.waitForSelector('#post')).click();
      const { dialog } = await eyes.until((now) => now.dialog, frame);
      assert.ok(!dialog.buttons.some((one) => one.name === 'Post anyway'), 'action_credential: block');
      assert.match(dialog.text, /Practice manager, 555-0100/);
    }
    assert.ok(seen, 'the badge never came');
  });
});
