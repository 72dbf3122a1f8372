// Many places at once, and places that come back: windows, tabs, frames, the
// back/forward cache, a frozen tab, no network. Each is checked as if it were
// the only one.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openEditor, sentBy, startBrowser, workerOf } from './harness/browser.mjs';
import { recordLines, watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const PATIENT = 'My patient went home, SSN 536-22-1234';
const CLEAN = 'Our clinic has a new door bell. It plays a song.';
const TABS = 20;
const FRAMES = 50;

describe('tabs, windows, frames', () => {
  let server, browser, page, eyes;
  before(async () => {
    server = await startServer();
    browser = await startBrowser('chrome', server, { extension: 'dist/chrome' });
    page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    eyes = await watch('chrome', browser, page);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  const warned = (frame = page.mainFrame(), own = eyes) => own.until((seen) => seen.badge?.state === 'warn' && seen.marks.length > 0, frame, 15_000);
  const asked = (frame = page.mainFrame(), own = eyes) => own.until((seen) => seen.dialog, frame, 15_000);
  const press = async (frame) => (await frame.waitForSelector('#post')).click();
  const open = (more = '') => openEditor(page, { editor: 'textarea', more });

  it('without a network everything is as it was', async () => {
    const frame = await open();
    await page.setOfflineMode(true);
    await page.keyboard.type(PATIENT);
    await warned(frame);
    await press(frame);
    await asked(frame);
    assert.deepEqual(await sentBy(frame), []);
    await page.setOfflineMode(false);
  });

  it('a page that comes back from the back/forward cache is held as before', async () => {
    await open('&kept');
    await page.keyboard.type(PATIENT);
    await warned();
    await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => (window.persisted = persisted)));
    await page.goto('https://x.com/?editor=plain&kept');
    await page.goBack();
    assert.equal(await page.evaluate(() => window.persisted), true, 'the page was in the cache');
    // No key is pressed.
    await press(page.mainFrame());
    await asked();
    assert.deepEqual(await sentBy(page), []);
    assert.equal(await page.$eval('textarea', (box) => box.value), PATIENT);
  });

  it('a page that is loaded anew, whose words the browser puts back, is held', async () => {
    await page.goto('https://x.com/?editor=odd&page=a%20span%20in%20a%20button');
    await (await page.waitForSelector('#box')).click();
    await page.keyboard.type(PATIENT);
    await warned();
    await page.reload();
    // What a browser restores makes no event of a key.
    await page.$eval('#box', (box, words) => (box.value = words), PATIENT);
    await (await page.waitForSelector('#send')).click();
    await asked();
    assert.deepEqual(await sentBy(page), []);
  });

  it('a tab that is frozen while one writes goes on where it was', async () => {
    // A tab of its own: to the browser one that was frozen stays in the background.
    const tab = await browser.newPage();
    const own = await watch('chrome', browser, tab);
    const session = await tab.createCDPSession();
    const frame = await openEditor(tab, { editor: 'textarea' });
    const { x, y, width, height } = await (await frame.waitForSelector('#post')).boundingBox();
    await tab.keyboard.type(PATIENT);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await tab.bringToFront();
    await tab.mouse.click(x + width / 2, y + height / 2);
    await asked(frame, own);
    assert.deepEqual(await sentBy(frame), []);
    await tab.keyboard.press('Escape');
    await own.until((seen) => !seen.dialog, frame);
    await warned(frame, own);
    await tab.close();
    await page.bringToFront();
  });

  it('two windows hold each its own post, and both are recorded', async () => {
    const other = await browser.newPage({ type: 'window' });
    other.setDefaultTimeout(15_000);
    const others = await watch('chrome', browser, other);
    const mine = await open();
    await page.keyboard.type(PATIENT);
    await warned(mine);
    let theirs = await openEditor(other, { editor: 'textarea', host: 'www.reddit.com' });
    await other.keyboard.type(CLEAN);
    await press(theirs);
    await theirs.waitForFunction(() => window.fixture.sent.length === 1);
    theirs = await openEditor(other, { editor: 'textarea', host: 'www.reddit.com' });
    await other.keyboard.type(PATIENT);
    await warned(theirs, others);
    for (const [own, frame, tab] of [[eyes, mine, page], [others, theirs, other]]) {
      await tab.bringToFront();
      await press(frame);
      await asked(frame, own);
      assert.deepEqual(await sentBy(frame), []);
      await own.press('Post anyway', frame);
      await frame.waitForFunction(() => window.fixture.sent.length === 1);
    }
    const worker = await workerOf(browser);
    const hosts = async () => (await recordLines(worker)).map((line) => JSON.parse(line)).filter((one) => one.choice === 'anyway').map((one) => one.host).sort();
    for (const end = Date.now() + 10_000; (await hosts()).length < 2; ) assert.ok(Date.now() < end, 'two posts were not recorded');
    assert.deepEqual(await hosts(), ['www.reddit.com', 'x.com']);
    await other.close();
    await page.bringToFront();
  });

  it(`${TABS} tabs, each held`, async () => {
    const tabs = [];
    for (let at = 0; at < TABS; at++) {
      const tab = await browser.newPage();
      const frame = await openEditor(tab, { editor: 'textarea' });
      await tab.keyboard.type(`${PATIENT} ${at}`);
      tabs.push({ tab, frame, own: await watch('chrome', browser, tab) });
    }
    for (const { tab, frame, own } of tabs) {
      await tab.bringToFront();
      await press(frame);
      await asked(frame, own);
    }
    for (const { tab, frame } of tabs) {
      assert.deepEqual(await sentBy(frame), []);
      await tab.close();
    }
    await page.bringToFront();
  });

  it(`${FRAMES} frames, and each that is typed in is checked`, async () => {
    const frame = await open();
    await frame.evaluate((count) => {
      for (let at = 0; at < count; at++) document.body.append(Object.assign(document.createElement('iframe'), { src: '/?editor=textarea', width: 400, height: 300 }));
    }, FRAMES);
    await frame.click('textarea');
    await page.keyboard.type(PATIENT);
    await warned(frame);
    const frames = await page.$$('iframe');
    for (const at of [0, FRAMES - 1]) {
      const inner = await frames[at].contentFrame();
      await (await inner.waitForSelector('textarea')).click();
      await page.keyboard.type(PATIENT);
      await warned(inner);
      await press(inner);
      await asked(inner);
      assert.deepEqual(await sentBy(inner), []);
      await page.keyboard.press('Escape');
      await eyes.until((seen) => !seen.dialog, inner);
    }
    await press(frame);
    await asked(frame);
    assert.deepEqual(await sentBy(frame), []);
  });
});
