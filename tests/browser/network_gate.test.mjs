// The second gate, in Chromium and Firefox under a real policy: a request of a
// watched site that carries a held text is cancelled, whatever control or script
// sent it; the user is told. What was released, replaced or never held passes.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openEditor, startBrowser } from './harness/browser.mjs';
import { CANNOT, CANNOT_FIREFOX, askBackground, chromiumPolicy, firefoxPolicy, ownPage, reloadPolicies, rest, servePackage, startManaged } from './harness/managed.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const HELD = "My patient's SSN is 536-22-1234.";
const CLEAN = 'Flu shots this Saturday, 9 to 1!';

/** Bodies in which sites send a post: JSON, a form, JSON in JSON, a form with files. */
const bodies = (words) => [
  [JSON.stringify({ variables: { tweet_text: words } }), 'application/json'],
  [`status=${encodeURIComponent(words)}&visibility=public`, 'application/x-www-form-urlencoded'],
  [JSON.stringify([{ variables: JSON.stringify({ message: { text: words } }) }]), 'text/plain'],
  [words, 'multipart/form-data'],
];

/** A page of a watched site, and what its scripts send past every control. */
function siteOf({ server, page, eyes }) {
  return {
    /** Answers whether it went out. */
    sends: (body, type = 'application/json') => page.evaluate((words, kind) => {
      const form = new FormData();
      form.append('status', words);
      const sent = kind === 'multipart/form-data' ? { body: form } : { body: words, headers: { 'content-type': kind } };
      return fetch('/api/post', { method: 'POST', ...sent }).then(() => true, () => false);
    }, body, type),
    posts: () => server.requests.filter((one) => one.path === '/api/post').map((one) => one.body),
    async typed(text, choice) {
      const frame = await openEditor(page, { editor: 'textarea' });
      await page.keyboard.type(text);
      await eyes.until((now) => now.badge?.state === 'warn', frame);
      if (!choice) return frame;
      await (await frame.waitForSelector('#post')).click();
      await eyes.until((now) => now.dialog, frame);
      await eyes.press(choice, frame);
      await eyes.until((now) => !now.dialog, frame);
      return frame;
    },
  };
}

describe('second gate in Chromium', { skip: CANNOT }, () => {
  let server, pack, policy, browser, own, page, eyes, sends, posts, typed;
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
    ({ sends, posts, typed } = siteOf({ server, page, eyes }));
  });
  after(async () => {
    await browser?.close();
    policy?.remove();
    pack?.close();
    server?.close();
  });

  it('what was held is cancelled in every form of body, and the user is told', async () => {
    const frame = await typed(HELD, 'Go back');
    for (const [body, type] of bodies(HELD)) assert.equal(await sends(body, type), false, type);
    assert.deepEqual(posts(), []);
    await eyes.until((now) => /Primum stopped this post/.test(now.toast), frame);
    const stopped = (one) => one.choice === 'stopped' && one.host === 'x.com' && one.kinds.includes('SSN');
    let records = [];
    // The user is told first.
    for (const end = Date.now() + 5000; Date.now() < end && !records.some(stopped); await rest(50)) records = await askBackground(own, { type: 'records' });
    assert.ok(records.some(stopped), JSON.stringify(records));
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

// Firefox takes the mode at its start, so each has a browser of its own.
for (const mode of ['held', 'checked', 'off']) {
  describe(`second gate in Firefox, ${mode}`, { skip: CANNOT_FIREFOX }, () => {
    const policy = firefoxPolicy();
    let server, browser, page, eyes, sends, posts, typed;
    before(async () => {
      policy.write({ networkGate: mode });
      server = await startServer();
      browser = await startBrowser('firefox', server, { extension: 'dist/firefox-enterprise' });
      page = await browser.newPage();
      page.setDefaultTimeout(8000);
      eyes = await watch('firefox', browser, page);
      ({ sends, posts, typed } = siteOf({ server, page, eyes }));
    });
    after(async () => {
      await browser?.close();
      policy.remove();
      server?.close();
    });

    it('a held text', async () => {
      const frame = await typed(HELD, 'Go back');
      for (const [body, type] of bodies(HELD)) assert.equal(await sends(body, type), mode === 'off', type);
      assert.equal(posts().length, mode === 'off' ? 4 : 0);
      if (mode !== 'off') await eyes.until((now) => /Primum stopped this post/.test(now.toast), frame);
    });

    it('a clean text passes', async () => {
      for (const [body, type] of bodies(CLEAN)) assert.equal(await sends(body, type), true, type);
    });

    it('what the user released passes', async () => {
      await typed(HELD.replace('1234', '4321'), 'Post anyway');
      await rest(200);
      assert.equal(await sends(JSON.stringify({ text: HELD.replace('1234', '4321') })), true);
    });

    it('a draft that was not held yet', async () => {
      const draft = HELD.replace('536', '537');
      await typed(draft);
      await rest(200);
      assert.equal(await sends(JSON.stringify({ text: draft })), mode !== 'checked');
    });
  });
}
