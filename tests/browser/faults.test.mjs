// What fails under Primum: the worker, the storage, the network, the page
// itself. No post is lost, none goes out unchecked without a word.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { modelOf, openEditor, sentBy, startBrowser } from './harness/browser.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const PATIENT = 'My patient went home, SSN 536-22-1234';
const CLEAN = 'Our clinic has a new door bell. It plays a song.';

describe('faults', () => {
  let server, browser, page, eyes;
  before(async () => {
    server = await startServer();
    browser = await startBrowser('chrome', server, { extension: 'dist/chrome' });
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    eyes = await watch('chrome', browser, page);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  const worker = async () => (await browser.waitForTarget((one) => one.type() === 'service_worker')).worker();
  const stopWorker = async () => (await worker()).close();
  const warned = (frame) => eyes.until((seen) => seen.badge?.state === 'warn' && seen.marks.length > 0, frame, 10_000);
  const press = async (frame) => (await frame.waitForSelector('#post')).click();
  const asked = (frame) => eyes.until((seen) => seen.dialog, frame, 10_000);

  it('the worker is stopped while one types, and before the press', async () => {
    const frame = await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(PATIENT.slice(0, 20));
    await stopWorker();
    await page.keyboard.type(PATIENT.slice(20));
    await warned(frame);
    await stopWorker();
    await press(frame);
    await asked(frame);
    assert.deepEqual(await sentBy(frame), []);
    assert.equal(await modelOf(frame), PATIENT);
  });

  it('a stopped worker holds no clean post back', async () => {
    const frame = await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(CLEAN);
    await stopWorker();
    await press(frame);
    await frame.waitForFunction(() => window.fixture.sent.length > 0);
    assert.deepEqual((await sentBy(frame)).map((one) => one.text), [CLEAN]);
  });

  it('an old answer never marks new text', async () => {
    const frame = await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(PATIENT);
    await frame.evaluate((words) => {
      const box = document.querySelector('textarea');
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box, words);
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }, CLEAN);
    const seen = await eyes.until((now) => now.badge?.state === 'clean', frame, 10_000);
    assert.deepEqual(seen.marks, []);
  });

  it('settings that are no settings do not stop the check', async () => {
    await openEditor(page, { editor: 'textarea' });
    await (await worker()).evaluate(() => chrome.storage.local.set({ options: 42, paused: 'never', lastPolicy: ['x'], records: { no: 'list' } }));
    await stopWorker();
    const frame = await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(PATIENT);
    await warned(frame);
    await press(frame);
    await asked(frame);
    assert.deepEqual(await sentBy(frame), []);
    await (await worker()).evaluate(() => chrome.storage.local.clear());
  });

  it('without a network everything is as it was', async () => {
    const frame = await openEditor(page, { editor: 'textarea' });
    await page.setOfflineMode(true);
    await page.keyboard.type(PATIENT);
    await warned(frame);
    await press(frame);
    await asked(frame);
    assert.deepEqual(await sentBy(frame), []);
    await page.setOfflineMode(false);
  });

  it('a page that comes back from the back/forward cache is checked again', async () => {
    await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(PATIENT);
    await warned(page.mainFrame());
    await page.goto('https://x.com/?editor=plain');
    await page.goBack();
    const box = await page.waitForSelector('textarea');
    await box.click();
    if ((await box.evaluate((one) => one.value)) === '') await page.keyboard.type(PATIENT);
    else await page.keyboard.type(' ');
    await warned(page.mainFrame());
    await press(page.mainFrame());
    await asked(page.mainFrame());
    assert.deepEqual(await sentBy(page.mainFrame()), []);
  });

  it('fifty frames, and the one that is typed in is checked', async () => {
    const frame = await openEditor(page, { editor: 'textarea' });
    await frame.evaluate(() => {
      for (let at = 0; at < 50; at++) document.body.append(Object.assign(document.createElement('iframe'), { src: '/?editor=plain', width: 1, height: 1 }));
    });
    await frame.click('textarea');
    await page.keyboard.type(PATIENT);
    await warned(frame);
    await press(frame);
    await asked(frame);
    assert.deepEqual(await sentBy(frame), []);
  });
});
