// What docs/privacy.md promises: nothing of a draft leaves the device, and
// nothing of it is kept. Every host name leads to the fixture server, so a
// request to anywhere would be seen there.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BROWSERS, openEditor, sentBy, startBrowser } from './harness/browser.mjs';
import { MAKERS } from './harness/observer.mjs';
import { startServer } from './harness/server.mjs';

const DRAFT = 'My patient Mrs. Alvarez, SSN 536-22-1234, went home last night.';
const WORDS = ['alvarez', '536-22', '536221234', 'last night', 'went home'];
const EDITOR = 'textarea';

for (const name of BROWSERS) {
  describe(`privacy in ${name}`, () => {
    let server, browser, page, frame, loading;
    before(async () => {
      server = await startServer();
      browser = await startBrowser(name, server, { extension: `dist/${name}` });
      page = await browser.newPage();
      page.setDefaultTimeout(8000);
      // The page's own requests.
      await openEditor(page, { editor: EDITOR });
      loading = server.requests.length;
      frame = page.mainFrame();
      await page.keyboard.type(DRAFT);
      await rest(500);
      await (await frame.waitForSelector('#post')).click();
      await rest(1500);
    });
    after(async () => {
      await browser?.close();
      server?.close();
    });

    it('the post is held, so the draft was read', async () => {
      assert.deepEqual(await sentBy(frame), []);
    });

    it('typing, checking and holding ask nothing of the network', () => {
      const asked = server.requests.slice(loading).filter((one) => !MAKERS.test(one.host));
      assert.deepEqual(asked, []);
    });

    it('no request, whoever made it, holds words of the draft', () => {
      assert.ok(server.requests.length > 0, 'the server notes requests');
      for (const { host, path, body } of server.requests) {
        const said = `${path} ${decodeURIComponent(path.replace(/%(?![0-9a-f]{2})/gi, '%25'))} ${body}`.replaceAll('+', ' ').toLowerCase();
        for (const words of WORDS) assert.ok(!said.includes(words), `"${words}" went to ${host}`);
      }
    });

    // Firefox lets no driver look into an event page; both browsers run the same script there.
    if (name === 'chrome') it('what is kept after "Go back" holds kinds and no words', async () => {
      await page.keyboard.press('Enter');
      await rest(500);
      const kept = await storage(browser);
      assert.equal(kept.records.length, 1);
      const [record] = kept.records;
      assert.equal(record.host, 'x.com');
      assert.equal(record.choice, 'back');
      assert.ok(record.kinds.includes('NAME') && record.kinds.includes('SSN'), `kinds: ${record.kinds}`);
      const all = JSON.stringify(kept).toLowerCase();
      for (const words of WORDS) assert.ok(!all.includes(words), `"${words}" is kept`);
    });
  });
}

async function storage(browser) {
  const target = await browser.waitForTarget((one) => one.type() === 'service_worker' && one.url().startsWith('chrome-extension:'));
  const worker = await target.worker();
  return worker.evaluate(async () => ({
    records: await new Promise((done, fail) => {
      const request = indexedDB.open('primum');
      request.onerror = () => fail(request.error);
      request.onsuccess = () => {
        const all = request.result.transaction('lines').objectStore('lines').getAll();
        all.onsuccess = () => done(all.result.map((line) => JSON.parse(line)));
      };
    }),
    local: await chrome.storage.local.get(null),
    session: (await chrome.storage.session?.get(null)) ?? {},
    sync: await chrome.storage.sync.get(null),
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
  }));
}

/** @param {number} ms */
function rest(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
