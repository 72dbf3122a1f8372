// The whole extension in real browsers, when things go wrong around it: pages
// that fail, drafts that are huge, a background that stops, an update. What it
// does on each editor is in matrix.test.mjs, on other pages in pages.test.mjs.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BROWSERS, modelOf, openEditor, sentBy, startBrowser, stopWorker, workerOf } from './harness/browser.mjs';
import { strange } from './harness/observer.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const ADDRESS = 'j.hollins@example.org';
const NAME = 'Mr. Hollins';
const PATIENT = `Grateful to my patient ${NAME}, write him at ${ADDRESS} please.`;
const CLEAN = 'Our clinic has a new door bell. It plays a song.';
/** A site that takes a post does so within this; a second one would have come by then. */
const SECOND_POST_MS = 300;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

for (const name of BROWSERS) {
  describe(`extension in ${name}`, () => {
    let server, browser, page, eyes;
    before(async () => {
      server = await startServer();
      browser = await startBrowser(name, server, { extension: `dist/${name}` });
      page = await browser.newPage();
      page.setDefaultTimeout(8000);
      eyes = await watch(name, browser, page);
      await openEditor(page, { editor: 'plain' });
    });
    after(async () => {
      await browser?.close();
      server?.close();
    });

    const press = async (frame, control = '#post') => (await frame.waitForSelector(control)).click();
    const marked = (frame) => eyes.until((seen) => seen.badge?.state === 'warn' && !seen.badge.busy && seen.marks.some((one) => one.text === ADDRESS) && seen.marks.some((one) => one.text.includes('Hollins')), frame);
    const checked = (frame) => eyes.until((seen) => seen.badge?.state === 'clean' && !seen.badge.busy, frame);
    const dialog = (frame) => eyes.until((seen) => seen.dialog, frame);
    const gone = (frame) => eyes.until((seen) => !seen.dialog, frame);
    const sent = async (frame, expected) => {
      await frame.waitForFunction((count) => window.fixture.sent.length >= count, {}, expected.length);
      await pause(SECOND_POST_MS);
      assert.deepEqual(await sentBy(frame), expected);
    };
    const clean = (words) => {
      assert.ok(!words.includes(ADDRESS) && !words.includes('Hollins'), words);
      assert.ok(words.startsWith('Grateful to my patient') && words.endsWith('please.'), words);
    };

    it('a review reply that confirms care is held', async () => {
      const reply = 'Thank you for coming in, we are glad your knee is better!';
      const frame = await openEditor(page, { host: 'biz.yelp.com', editor: 'review' });
      await page.keyboard.type(reply);
      await eyes.until((seen) => seen.badge?.state === 'warn', frame);
      await press(frame);
      await dialog(frame);
      assert.deepEqual(await sentBy(frame), []);
      await eyes.press('Post anyway', frame);
      await sent(frame, [{ how: 'submit', text: reply }]);
    });

    it('a page that fails in its own listeners changes nothing', async () => {
      const frame = await openEditor(page, { editor: 'plain', more: '&throws' });
      await page.keyboard.type(PATIENT);
      await marked(frame);
      await press(frame);
      await dialog(frame);
      await eyes.press('Replace all', frame);
      await gone(frame);
      await checked(frame);
      clean(await frame.evaluate(() => document.querySelector('[contenteditable]').textContent));
    });

    it('a page without a composer stays as it is', async () => {
      await page.goto('https://x.com/?editor=nothing');
      await (await page.waitForSelector('#post')).click();
      await (await page.waitForSelector('input')).click();
      await page.keyboard.type(PATIENT);
      await pause(100);
      const left = await page.evaluate(() => ({
        children: [...document.documentElement.children].map((one) => one.tagName), highlights: CSS.highlights.size, sheets: document.adoptedStyleSheets.length,
      }));
      assert.deepEqual(left, { children: ['HEAD', 'BODY'], highlights: 0, sheets: 0 });
      assert.equal((await sentBy(page)).length, 1);
    });

    it('a draft of a megabyte is checked, held and given back whole', async () => {
      const frame = await openEditor(page, { editor: 'textarea' });
      const long = `${'It rains and the trees are green. '.repeat(30_000)}${PATIENT}`;
      await page.evaluate((words) => {
        const field = document.querySelector('textarea');
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, words);
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
      }, long);
      await eyes.until((seen) => seen.badge?.state === 'warn', frame, 20_000);
      await press(frame);
      await dialog(frame);
      await eyes.press('Replace all', frame);
      await eyes.until((seen) => !seen.dialog && seen.badge?.state === 'clean', frame, 10_000);
      const model = await modelOf(frame);
      assert.ok(model.length > 1_000_000 && !model.includes(ADDRESS));
    });

    it('halves of surrogate pairs do no harm', async () => {
      const frame = await openEditor(page, { editor: 'textarea' });
      await page.evaluate((words) => {
        const field = document.querySelector('textarea');
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, `\ud83d ${words} \ude00`);
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
      }, PATIENT);
      await marked(frame);
      await press(frame);
      await dialog(frame);
      await eyes.press('Replace all', frame);
      await gone(frame);
      await checked(frame);
      clean((await modelOf(frame)).slice(2, -2));
    });

    if (name === 'chrome') chromeOnly(() => ({ browser, page, eyes, press, marked, dialog, gone, sent, clean, checked }));

    it('asks nothing of the network', () => {
      assert.ok(server.requests.length > 10);
      assert.deepEqual(strange(server.requests), []);
    });
  });
}

function chromeOnly(tools) {
  it('a background stopped between typing and posting is started again', async () => {
    const { browser, page, press, marked, dialog, eyes, gone, sent, checked } = tools();
    const frame = await openEditor(page, { editor: 'lexical' });
    await page.keyboard.type(PATIENT);
    await marked(frame);
    await stopWorker(browser);
    await press(frame);
    await dialog(frame);
    assert.deepEqual(await sentBy(frame), []);
    await stopWorker(browser);
    await eyes.press('Replace all', frame);
    await gone(frame);
    await checked(frame);
    await press(frame);
    await sent(frame, [{ how: 'click', text: await modelOf(frame) }]);
  });

  it('keeps no word of a draft in any storage', async () => {
    const { browser } = tools();
    const kept = await (await workerOf(browser)).evaluate(async () => {
      const areas = await Promise.all(['local', 'session', 'sync', 'managed'].map((area) => chrome.storage[area].get(null)));
      return JSON.stringify(areas);
    });
    assert.ok(kept.includes('"records"'), kept.slice(0, 200));
    for (const word of ['Hollins', 'example.org', 'Grateful', 'knee', 'trees', 'vaccines']) assert.ok(!kept.includes(word), `${word} is kept`);
  });

  it('updated under an open page, it says so and holds the one post that it did not check', async () => {
    const { browser, page, eyes, press, marked, sent } = tools();
    const frame = await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(PATIENT);
    await marked(frame);
    await (await workerOf(browser)).evaluate(() => void setTimeout(() => chrome.runtime.reload(), 50));
    await pause(1000);
    await press(frame);
    await eyes.until((seen) => /Primum was updated/.test(seen.toast), frame);
    assert.deepEqual(await sentBy(frame), []);
    assert.equal(await modelOf(frame), PATIENT);
    const seen = await eyes.look(frame);
    assert.deepEqual([seen.badge, seen.marks, seen.dialog], [null, [], null]);
    await press(frame);
    await sent(frame, [{ how: 'click', text: PATIENT }]);
  });
}
