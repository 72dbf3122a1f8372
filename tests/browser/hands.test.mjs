// What hands, pages and policies do to Primum: fingers and double clicks, input
// methods, drops; the card's choices; pages that cover, remove or scroll away
// what Primum shows.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BROWSERS, openEditor, sentBy, startBrowser } from './harness/browser.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const ADDRESS = 'j.hollins@example.org';
const PATIENT = `Grateful to my patient Mr. Hollins, write him at ${ADDRESS} please.`;
const NUMBER = '536-22-1234';
const NUMBERED = `My patient went home, SSN ${NUMBER}.`;
const CLEAN = 'It rains and the trees are green.';
const SECOND_POST_MS = 300;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

for (const name of BROWSERS) {
  describe(`hands in ${name}`, () => {
    let server, browser, page, eyes;
    before(async () => {
      server = await startServer();
      browser = await startBrowser(name, server, { extension: `dist/${name}` });
      page = await browser.newPage();
      page.setDefaultTimeout(8000);
      eyes = await watch(name, browser, page);
    });
    after(async () => {
      await browser?.close();
      server?.close();
    });

    const write = async (words, where = {}) => {
      const frame = await openEditor(page, { editor: 'textarea', ...where });
      await page.keyboard.type(words);
      await eyes.until((seen) => seen.badge && !seen.badge.busy && seen.badge.state !== 'busy');
      return frame;
    };
    const post = async () => (await page.$('#post')).click();
    const dialog = () => eyes.until((seen) => seen.dialog);
    const gone = () => eyes.until((seen) => !seen.dialog);
    const card = async (words) => {
      const { marks } = await eyes.until((seen) => seen.marks.some((one) => one.text.includes(words)));
      const [box] = marks.find((one) => one.text.includes(words)).boxes;
      await eyes.clickAt(box.x + box.width / 2, box.y + box.height / 2);
      return eyes.until((seen) => seen.card);
    };

    it('a double click on a clean post posts it once', async () => {
      await openEditor(page, { editor: 'textarea' });
      await page.keyboard.type(CLEAN);
      // At once: the answer has not come, and both presses are held.
      await (await page.$('#post')).click({ clickCount: 2 });
      await page.waitForFunction(() => window.fixture.sent.length > 0);
      await pause(SECOND_POST_MS * 2);
      assert.equal((await sentBy(page)).length, 1);
    });

    it('a double click on a held post opens one dialog', async () => {
      await write(PATIENT);
      await (await page.$('#post')).click({ clickCount: 2 });
      await dialog();
      await pause(SECOND_POST_MS);
      await page.keyboard.press('Escape');
      await gone();
      await pause(SECOND_POST_MS);
      assert.equal((await eyes.look()).dialog, null);
      assert.deepEqual(await sentBy(page), []);
    });

    it('"Ignore once" lets this one pass, and only this', async () => {
      await write(NUMBERED);
      await card(NUMBER);
      await eyes.press('Ignore once');
      await eyes.until((seen) => !seen.card && seen.marks.length === 0);
      await post();
      await page.waitForFunction(() => window.fixture.sent.length === 1);
      await write(NUMBERED);
      await post();
      await dialog();
    });

    it('"Not about a patient" lets it pass', async () => {
      await write(NUMBERED);
      await card(NUMBER);
      await eyes.press('Not about a patient');
      await eyes.until((seen) => !seen.card && seen.marks.length === 0);
      await post();
      await page.waitForFunction(() => window.fixture.sent.length === 1);
    });

    it('hovering opens the card, leaving the words alone', async () => {
      await write(PATIENT);
      const { marks } = await eyes.until((seen) => seen.marks.some((one) => one.text === ADDRESS));
      const [box] = marks.find((one) => one.text === ADDRESS).boxes;
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await eyes.until((seen) => seen.card?.text.includes(ADDRESS));
      await page.keyboard.type('!');
      await eyes.until((seen) => !seen.card);
      assert.equal(await page.$eval('textarea', (field) => field.value), `${PATIENT}!`);
    });

    it('a page that lays something over the question gets no "Post anyway"', async () => {
      await write(PATIENT);
      await post();
      await dialog();
      await page.evaluate(() => {
        const cover = document.createElement('div');
        cover.popover = 'manual';
        cover.textContent = 'You have won!';
        for (const [key, value] of Object.entries({ width: '100vw', height: '100vh', pointerEvents: 'none' })) cover.style[key] = value;
        document.body.append(cover);
        cover.showPopover();
      });
      await eyes.press('Post anyway');
      await eyes.until((seen) => /covers this question/.test(seen.dialog?.text ?? ''));
      assert.deepEqual(await sentBy(page), []);
      await page.evaluate(() => document.querySelector('[popover]:not([style*="2147483647"])').remove());
      await pause(200);
      await eyes.press('Post anyway');
      await page.waitForFunction(() => window.fixture.sent.length === 1);
    });

    it('a page that takes our elements away posts nothing and loses nothing', async () => {
      await write(PATIENT);
      await post();
      await dialog();
      await page.evaluate(() => [...document.querySelectorAll('div')].find((one) => one.style.zIndex === '2147483647').remove());
      await pause(SECOND_POST_MS);
      assert.deepEqual(await sentBy(page), []);
      assert.equal(await page.$eval('textarea', (field) => field.value), PATIENT);
      await post();
      await dialog();
      assert.deepEqual(await sentBy(page), []);
    });

    it('a page cannot dim, move or shrink our host', async () => {
      await write(PATIENT);
      await page.evaluate(() => {
        const host = [...document.querySelectorAll('div')].find((one) => one.style.zIndex === '2147483647');
        host.style.setProperty('opacity', '0', 'important');
        host.setAttribute('hidden', '');
        host.className = 'gone';
      });
      await pause(100);
      const style = await page.evaluate(() => {
        const host = [...document.querySelectorAll('div')].find((one) => one.style.zIndex === '2147483647');
        return { opacity: getComputedStyle(host).opacity, display: getComputedStyle(host).display, hidden: host.hidden, name: host.className };
      });
      assert.deepEqual(style, { opacity: '1', display: 'block', hidden: false, name: '' });
    });

    for (const [what, css] of Object.entries({
      scrolled: 'height: 60px !important; overflow: auto',
      larger: 'zoom: 1.5',
      scaled: 'transform: scale(1.3); transform-origin: 0 0',
      'from right to left': 'direction: rtl',
      padded: 'padding: 17px 31px !important; border: 5px solid; letter-spacing: 1px; font: italic 19px serif',
    })) {
      it(`underlines in a field stand under their words: ${what}`, async () => {
        await openEditor(page, { editor: 'textarea' });
        await page.evaluate((text) => { document.querySelector('textarea').style.cssText += text; }, css);
        await page.keyboard.type(`${'It rains a lot in autumn. '.repeat(6)}${PATIENT}`);
        const seen = await eyes.until((now) => now.badge && !now.badge.busy && now.marks.some((one) => one.text === ADDRESS && one.boxes.length));
        const [mark] = seen.marks.filter((one) => one.text === ADDRESS);
        const own = await page.evaluate(twinBoxes, ADDRESS);
        assert.equal(mark.boxes.length, own.length);
        own.forEach((box, at) => ['x', 'y', 'width'].forEach((side) => assert.ok(Math.abs(box[side] - mark.boxes[at][side]) <= 4, `${side}: ${JSON.stringify([own, mark.boxes])}`)));
      });
    }

    if (name === 'chrome') {
      it('a finger', async () => {
        await write(PATIENT);
        const { x, y, width, height } = await (await page.$('#post')).boundingBox();
        await page.touchscreen.tap(x + width / 2, y + height / 2);
        await dialog();
        assert.deepEqual(await sentBy(page), []);
        await eyes.press('Post anyway');
        await page.waitForFunction(() => window.fixture.sent.length > 0);
        await pause(SECOND_POST_MS);
        assert.equal((await sentBy(page)).length, 1);
      });

      it('an Enter of an input method is no send', async () => {
        await openEditor(page, { host: 'www.facebook.com', editor: 'textarea', enter: true });
        const session = await page.createCDPSession();
        await session.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
        await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
        await session.send('Input.insertText', { text: '日本' });
        await pause(SECOND_POST_MS);
        assert.equal((await eyes.look()).dialog, null);
        assert.deepEqual(await sentBy(page), []);
      });

      it('Enter that sends on this site is held', async () => {
        await openEditor(page, { host: 'www.facebook.com', editor: 'lexical', enter: true });
        await page.keyboard.type(PATIENT);
        await page.keyboard.press('Enter');
        await dialog();
        assert.deepEqual(await sentBy(page), []);
        await eyes.press('Post anyway');
        await page.waitForFunction(() => window.fixture.sent.length > 0);
        await pause(SECOND_POST_MS);
        assert.deepEqual(await sentBy(page), [{ how: 'enter', text: PATIENT }]);
      });

      it('words dropped into the box are seen', async () => {
        await write(CLEAN);
        await page.evaluate((words) => {
          const field = document.querySelector('textarea');
          Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, words);
          field.dispatchEvent(new DragEvent('drop', { bubbles: true, composed: true }));
        }, PATIENT);
        await eyes.until((seen) => seen.marks.some((one) => one.text === ADDRESS));
      });

      it('in full screen Primum is there', async () => {
        await write(PATIENT);
        await page.evaluate(() => document.querySelector('.compose').requestFullscreen());
        await page.keyboard.type(' ');
        await eyes.until((seen) => seen.badge && !seen.badge.busy);
        const seen = await page.evaluate(() => {
          const host = [...document.querySelectorAll('div')].find((one) => one.style.zIndex === '2147483647');
          return Boolean(host.closest(':fullscreen')) && host.matches(':popover-open');
        });
        assert.equal(seen, true);
        await page.evaluate(() => document.exitFullscreen());
      });

      it('"Always allow this" is remembered', async () => {
        const own = 'office@example.org';
        await write(`My patient may write to ${own} please.`);
        const { marks } = await eyes.until((seen) => seen.marks.some((one) => one.text === own));
        const [box] = marks.find((one) => one.text === own).boxes;
        await eyes.clickAt(box.x + 5, box.y + 5);
        await eyes.until((seen) => seen.card);
        await eyes.press('Always allow this');
        await eyes.until((seen) => !seen.card);
        await write(`My patient may write to ${own} please.`);
        await eyes.until((seen) => seen.badge?.state === 'clean');
      });
    }
  });
}

/** Where words stand in the field, by a box that the browser lays out like it. */
function twinBoxes(wanted) {
  const field = document.querySelector('textarea');
  const style = getComputedStyle(field);
  const twin = document.createElement('div');
  for (const name of style) twin.style.setProperty(name, style.getPropertyValue(name));
  Object.assign(twin.style, { position: 'absolute', left: '0', top: '0', margin: '0', width: `${field.offsetWidth}px`, height: `${field.offsetHeight}px`, boxSizing: 'border-box', overflow: 'scroll', scrollbarGutter: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'break-word', visibility: 'hidden', transform: 'none', zoom: '1' });
  if (field.clientHeight >= field.scrollHeight) twin.style.overflow = 'hidden';
  const inner = document.createElement('div');
  inner.style.cssText = 'display: inline';
  const at = field.value.indexOf(wanted);
  const span = document.createElement('span');
  span.textContent = wanted;
  inner.append(field.value.slice(0, at), span, field.value.slice(at + wanted.length));
  twin.append(inner);
  document.body.append(twin);
  twin.scrollTop = field.scrollTop;
  const box = field.getBoundingClientRect();
  const corner = twin.getBoundingClientRect();
  const scale = box.width / field.offsetWidth;
  const found = [...span.getClientRects()].map((one) => ({ x: box.x + (one.x - corner.x) * scale, y: box.y + (one.y - corner.y) * scale, width: one.width * scale }));
  twin.remove();
  return found;
}
