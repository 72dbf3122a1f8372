// The second gate, in Chromium under a real policy: a request of a watched site
// that carries a held text is cancelled, whatever control or script sent it; the
// user is told. What was released, replaced or never held passes.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openEditor } from './harness/browser.mjs';
import { CANNOT, askBackground, chromiumPolicy, ownPage, reloadPolicies, rest, servePackage, startManaged } from './harness/managed.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const HELD = "My patient's SSN is 536-22-1234.";
const CLEAN = 'Flu shots this Saturday, 9 to 1!';

describe('second gate in Chromium', { skip: CANNOT }, () => {
  let server, pack, policy, browser, own, page, eyes;
  before(async () => {
    server = await startServer();
    pack = await servePackage();
    policy = chromiumPolicy(pack);
    policy.write({ networkGate: 'held' });
    browser = await startManaged(server);
    own = await ownPage(browser, pack.id);
    for (const end = Date.now() + 20_000; Date.now() < end && (await askBackground(own, { type: 'state' })).source !== 'managed'; ) await rest(200);
    page = await browser.newPage();
    page.setDefaultTimeout(8000);
    eyes = await watch('chrome', browser, page);
  });
  after(async () => {
    await browser?.close();
    policy?.remove();
    pack?.close();
    server?.close();
  });

  /** What a script of the page sends past every control. Answers whether it went out. */
  const sends = (body, type = 'application/json') => page.evaluate(
    (words, kind) => fetch('/api/post', { method: 'POST', headers: { 'content-type': kind }, body: words }).then(() => true, () => false), body, type);
  const posts = () => server.requests.filter((one) => one.path === '/api/post').map((one) => one.body);

  async function typed(text, choice) {
    const frame = await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(text);
    await eyes.until((now) => now.badge?.state === 'warn', frame);
    if (!choice) return frame;
    await (await frame.waitForSelector('#post')).click();
    await eyes.until((now) => now.dialog, frame);
    await eyes.press(choice, frame);
    await eyes.until((now) => !now.dialog, frame);
    return frame;
  }

  it('what was held is cancelled in every form of body, and the user is told', async () => {
    const frame = await typed(HELD, 'Go back');
    for (const [body, type] of [
      [JSON.stringify({ variables: { tweet_text: HELD } }), 'application/json'],
      [`status=${encodeURIComponent(HELD)}&visibility=public`, 'application/x-www-form-urlencoded'],
      [JSON.stringify([{ variables: JSON.stringify({ message: { text: HELD } }) }]), 'text/plain'],
    ]) assert.equal(await sends(body, type), false, body);
    assert.deepEqual(posts(), []);
    await eyes.until((now) => /Primum stopped this post/.test(now.toast), frame);
    const records = await askBackground(own, { type: 'records' });
    assert.ok(records.some((one) => one.choice === 'stopped' && one.host === 'x.com' && one.kinds.includes('SSN')), JSON.stringify(records));
    assert.ok(!JSON.stringify(records).includes('536-22'));
  });

  it('other requests of the same page pass', async () => {
    assert.equal(await sends(JSON.stringify({ text: CLEAN })), true);
    assert.equal(await sends('event=typing&length=32', 'application/x-www-form-urlencoded'), true);
  });

  it('what the user released passes', async () => {
    await typed(HELD.replace('1234', '4321'), 'Post anyway');
    await rest(200);
    assert.equal(await sends(JSON.stringify({ text: HELD.replace('1234', '4321') })), true);
  });

  it('a held text that was replaced passes in its new words only', async () => {
    const words = `${HELD.replace('1234', '9876')} She is well.`;
    const frame = await typed(words, 'Replace all');
    await frame.waitForFunction(() => !document.querySelector('textarea').value.includes('9876'));
    const now = await frame.evaluate(() => document.querySelector('textarea').value);
    assert.equal(await sends(JSON.stringify({ text: now })), true);
    assert.equal(await sends(JSON.stringify({ text: words })), false);
  });

  it('a draft that was never held passes, unless the policy says checked', async () => {
    const draft = HELD.replace('536', '537');
    await typed(draft);
    assert.equal(await sends(JSON.stringify({ text: draft })), true, 'sites save drafts while one types');
    await inForce('checked');
    await typed(draft);
    await rest(200);
    assert.equal(await sends(JSON.stringify({ text: draft })), false);
  });

  it('off is off', async () => {
    await inForce('off');
    await typed(HELD, 'Go back');
    assert.equal(await sends(JSON.stringify({ text: HELD })), true);
  });

  async function inForce(mode) {
    policy.write({ networkGate: mode });
    const settings = await browser.newPage();
    await reloadPolicies(settings);
    for (const end = Date.now() + 20_000; Date.now() < end && (await askBackground(own, { type: 'state' })).administrator.networkGate !== mode; ) await rest(200);
    await settings.close();
    await page.bringToFront();
  }
});
