// The extension's own pages: popup with the self-test, options, learn.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { BROWSERS, openEditor, sentBy, startBrowser } from './harness/browser.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const PATIENT = 'Grateful to my patient Mr. Hollins.';
const MINUTE_MS = 60_000;

if (BROWSERS.includes('chrome')) {
  describe('own pages', () => {
    let server, browser, page, own, eyes, id, worker, folder;
    before(async () => {
      server = await startServer();
      browser = await startBrowser('chrome', server, { extension: 'dist/chrome' });
      page = await browser.newPage();
      page.setDefaultTimeout(8000);
      eyes = await watch('chrome', browser, page);
      const target = await browser.waitForTarget((one) => one.type() === 'service_worker');
      worker = await target.worker();
      id = new URL(target.url()).host;
      own = await browser.newPage();
      own.setDefaultTimeout(8000);
      folder = mkdtempSync(join(tmpdir(), 'primum-options-'));
    });
    after(async () => {
      await browser?.close();
      server?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const open = async (name) => {
      // A tab behind another draws no frames.
      await own.bringToFront();
      await own.goto(`chrome-extension://${id}/pages/${name}`);
    };
    const words = () => own.evaluate(() => document.body.innerText);
    const press = async (name, from = own) => {
      const handle = await from.waitForFunction((wanted) => [...document.querySelectorAll('button')].find((one) => one.textContent === wanted), {}, name);
      await handle.asElement().click();
    };
    const options = () => worker.evaluate(async () => (await chrome.storage.local.get('options')).options ?? {});
    const popup = async () => {
      await page.bringToFront();
      const tab = await worker.evaluate(async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0]?.id ?? (await chrome.tabs.query({ active: true }))[0].id);
      await open(`popup.html?tab=${tab}`);
      await own.waitForFunction(() => document.querySelectorAll('main button').length > 1);
      return words();
    };
    const write = async () => {
      await page.bringToFront();
      await openEditor(page, { editor: 'textarea' });
      await page.keyboard.type(PATIENT);
    };

    it('the popup says what the self-test of the page found', async () => {
      await write();
      await eyes.until((seen) => seen.badge?.state === 'warn');
      const said = await popup();
      assert.match(said, /Primum is on for x\.com/);
      assert.match(said, /Post text, a post, in the page/);
      assert.match(said, /Checked: 1 to look at/);
      assert.match(said, /Held when you press: “Post”/);
    });

    it('a pause shows its end, in the popup and on the page, and can be ended', async () => {
      await write();
      await popup();
      await press('Pause for 15 minutes');
      await own.waitForFunction(() => /Paused on x\.com until \d/.test(document.body.innerText));
      const { paused } = await worker.evaluate(() => chrome.storage.local.get('paused'));
      assert.ok(paused['x.com'] > Date.now() + 14 * MINUTE_MS && paused['x.com'] <= Date.now() + 15 * MINUTE_MS);
      await write();
      await eyes.until((seen) => /paused here until \d/.test(seen.toast) && !seen.badge);
      await (await page.$('#post')).click();
      await page.waitForFunction(() => window.fixture.sent.length === 1);
      await popup();
      await press('Switch on again');
      await own.waitForFunction(() => /Primum is on for/.test(document.body.innerText));
      await write();
      await eyes.until((seen) => seen.badge?.state === 'warn');
    });

    it('an example is tried by the same core', async () => {
      await open('options.html');
      await (await own.waitForSelector('.example')).click();
      await own.waitForFunction(() => document.querySelectorAll('#found .finding').length > 1);
      assert.match(await own.$eval('#found', (one) => one.textContent), /Mrs\. Alvarez/);
    });

    it('own words to watch are found, own words to allow are not', async () => {
      await open('options.html');
      await own.waitForSelector('#watch');
      await own.type('#watch', 'the blue ward');
      await press('Save');
      await own.waitForFunction(() => document.body.innerText.includes('Saved.'));
      assert.deepEqual((await options()).watch, ['the blue ward']);
      await own.$eval('#try', (one) => (one.value = ''));
      await own.type('#try', 'A quiet night on the blue ward.');
      await own.waitForFunction(() => /blue ward/.test(document.querySelector('#found .finding')?.textContent ?? ''));
    });

    it('a site is switched off and on', async () => {
      await open('options.html');
      const box = await own.waitForFunction(() => [...document.querySelectorAll('.sites label')].find((one) => one.textContent === 'x.com')?.querySelector('input'));
      await box.asElement().click();
      await own.waitForFunction(async () => (await chrome.storage.local.get('options')).options.sitesOff.includes('x.com'));
      await write();
      await eyes.until((seen) => /off for this site/.test(seen.toast) && !seen.badge);
      await open('options.html');
      const again = await own.waitForFunction(() => [...document.querySelectorAll('.sites label')].find((one) => one.textContent === 'x.com')?.querySelector('input'));
      assert.equal(await again.evaluate((one) => one.checked), false);
      await again.asElement().click();
      await own.waitForFunction(async () => !(await chrome.storage.local.get('options')).options.sitesOff.includes('x.com'));
      await write();
      await eyes.until((seen) => seen.badge?.state === 'warn');
    });

    it('another key opens the card', async () => {
      await open('options.html');
      await (await own.waitForSelector('#shortcut')).focus();
      await own.keyboard.down('Alt');
      await own.keyboard.down('Shift');
      await own.keyboard.press('K');
      await own.keyboard.up('Shift');
      await own.keyboard.up('Alt');
      await own.waitForFunction(async () => (await chrome.storage.local.get('options')).options.shortcut === 'Alt+Shift+K');
      await write();
      await eyes.until((seen) => seen.badge?.state === 'warn' && !seen.badge.busy);
      await page.keyboard.down('Alt');
      await page.keyboard.down('Shift');
      await page.keyboard.press('K');
      await page.keyboard.up('Shift');
      await page.keyboard.up('Alt');
      await eyes.until((seen) => seen.card?.text.includes('Hollins'));
    });

    it('options are taken along in a file; what is not well formed is left', async () => {
      await open('options.html');
      const load = async (values) => {
        const path = join(folder, 'options.json');
        writeFileSync(path, typeof values === 'string' ? values : JSON.stringify(values));
        await (await own.waitForSelector('#file')).uploadFile(path);
      };
      await load({ primum: 1, allow: ['the Main Street clinic'], watch: [1, 2], shortcut: 'nonsense', messages: false, unknown: true });
      await own.waitForFunction(async () => (await chrome.storage.local.get('options')).options.allow.includes('the Main Street clinic'));
      await own.waitForFunction(() => document.querySelector('#allow')?.value.includes('Main Street'));
      const now = await options();
      assert.deepEqual([now.watch, now.shortcut, now.messages, now.unknown], [['the blue ward'], 'Alt+Shift+K', false, undefined]);
      await load('{"not": "ours"}');
      await own.waitForFunction(() => document.body.innerText.includes('holds no options of Primum'));
    });

    it('direct messages are left alone when the user wishes so', async () => {
      await page.bringToFront();
      await page.goto('https://x.com/?editor=odd&page=a%20direct%20message');
      await page.click('#box');
      await page.keyboard.type(PATIENT);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => window.fixture.sent.length === 1);
      assert.deepEqual((await sentBy(page)).map((one) => one.text), [PATIENT]);
    });

    it('the quiz tells right from wrong, and its result can be printed', async () => {
      await open('learn.html#relationship');
      assert.equal(await own.evaluate(() => document.querySelectorAll('section[aria-labelledby]').length), 6);
      const fields = await own.$$('fieldset');
      const right = ['Change it first', 'Post it', 'Change it first', 'Post it', 'Change it first', 'Change it first'];
      for (const [at, field] of fields.entries()) for (const button of await field.$$('button')) if ((await button.evaluate((one) => one.textContent)) === right[at]) await button.click();
      assert.match(await own.$eval('#result', (one) => one.textContent), /5 of 6 right/);
      assert.match(await own.$eval('fieldset:last-of-type .why', (one) => one.textContent), /^Not quite\./);
      await own.evaluate(() => (window.print = () => (window.printed = true)));
      await press('Print the result');
      assert.equal(await own.evaluate(() => window.printed), true);
    });
  });
}
