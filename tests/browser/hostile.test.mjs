// Pages that work against the writer: they may annoy, but they post nothing
// past the gate, press nothing for the user and stop no check.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openEditor, sentBy, startBrowser } from './harness/browser.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const PATIENT = 'My patient went home, SSN 536-22-1234';
const FILLED = 10_000;
/** Measured: 0.3 to 0.8 s; before each step was made once, a minute for a tenth of the boxes. */
const PRESS_MS = 10_000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Boxes as a page may have them by the thousand. */
const MANY = {
  'text fields': (count) => {
    const many = document.createElement('div');
    for (let at = 0; at < count; at++) many.append(Object.assign(document.createElement('textarea'), { value: `Nothing to see here ${at}.`, rows: 1, cols: 2 }));
    document.body.append(many);
  },
  'lines with labels': (count) => {
    const many = document.createElement('div');
    for (let at = 0; at < count; at++) many.append(Object.assign(document.createElement('label'), { htmlFor: `line${at}`, textContent: 'Words' }), Object.assign(document.createElement('input'), { id: `line${at}`, value: `Nothing ${at}.` }));
    document.body.append(many);
  },
  'editables around the press': (count) => {
    const many = document.querySelector('.compose');
    for (let at = 0; at < count; at++) many.append(Object.assign(document.createElement('div'), { contentEditable: 'true', textContent: `Nothing to see here ${at}.` }));
  },
  'boxes deep in the page, each with a button': (count) => {
    let deep = document.body;
    for (let at = 0; at < 200; at++) deep = deep.appendChild(document.createElement('div'));
    for (let at = 0; at < count; at++) deep.append(Object.assign(document.createElement('textarea'), { value: `Nothing to see here ${at}.`, rows: 1, cols: 2 }), Object.assign(document.createElement('button'), { textContent: 'Like', type: 'button' }));
  },
};

describe('hostile pages', () => {
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

  const written = async () => {
    const frame = await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(PATIENT);
    await eyes.until((seen) => seen.badge?.state === 'warn', frame, 10_000);
    return frame;
  };
  const held = async (frame) => {
    await (await frame.waitForSelector('#post')).click();
    await eyes.until((seen) => seen.dialog, frame, 10_000);
  };

  it('a press that the page makes itself is held too', async () => {
    const frame = await written();
    await frame.evaluate(() => document.querySelector('#post').click());
    await eyes.until((seen) => seen.dialog, frame);
    assert.deepEqual(await sentBy(frame), []);
  });

  it('the page cannot press "Post anyway", nor see the dialog', async () => {
    const frame = await written();
    await held(frame);
    const { button } = await eyes.find('Post anyway', frame);
    const saw = await frame.evaluate(({ x, y }) => {
      const target = document.elementFromPoint(x, y);
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
        target?.dispatchEvent(new MouseEvent(type, { clientX: x, clientY: y, bubbles: true, composed: true, cancelable: true }));
      const hosts = [...document.querySelectorAll('div')].filter((one) => one.style.zIndex === '2147483647');
      return { roots: hosts.filter((one) => one.shadowRoot).length, text: hosts.map((one) => one.textContent).join('') };
    }, { x: button.x + button.width / 2, y: button.y + button.height / 2 });
    assert.deepEqual(saw, { roots: 0, text: '' });
    await pause(300);
    assert.deepEqual(await sentBy(frame), []);
  });

  it('an overlay over "Post anyway" that lets presses through does not get them', async () => {
    const frame = await written();
    await held(frame);
    const { button } = await eyes.find('Post anyway', frame);
    await frame.evaluate(() => {
      const cover = document.createElement('div');
      cover.popover = 'manual';
      cover.style.cssText = 'position:fixed;inset:0;width:100vw;height:100vh;border:0;margin:0;background:white;pointer-events:none';
      cover.textContent = 'You have won. Press here.';
      document.body.append(cover);
      cover.showPopover();
    });
    await page.mouse.click(button.x + button.width / 2, button.y + button.height / 2);
    await pause(300);
    assert.deepEqual(await sentBy(frame), []);
  });

  it('taking the dialog away posts nothing, and the next press asks again', async () => {
    const frame = await written();
    await held(frame);
    await frame.evaluate(() => [...document.querySelectorAll('div')].filter((one) => one.style.zIndex === '2147483647').forEach((one) => one.remove()));
    await pause(300);
    assert.deepEqual(await sentBy(frame), []);
    await held(frame);
    assert.deepEqual(await sentBy(frame), []);
  });

  it('redefined prototypes change nothing', async () => {
    const frame = await openEditor(page, { editor: 'textarea' });
    await frame.evaluate(() => {
      const nothing = () => undefined;
      Element.prototype.closest = nothing;
      Element.prototype.attachShadow = nothing;
      Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 0, 0);
      Event.prototype.composedPath = () => [];
      Event.prototype.stopImmediatePropagation = nothing;
      HTMLDialogElement.prototype.showModal = nothing;
      Object.defineProperty(Event.prototype, 'isTrusted', { get: () => true, configurable: true });
    });
    await page.keyboard.type(PATIENT);
    await eyes.until((seen) => seen.badge?.state === 'warn', frame, 10_000);
    await held(frame);
    assert.deepEqual(await sentBy(frame), []);
  });

  it('ten thousand empty editors and a flood of mutations stop no check', async () => {
    const frame = await openEditor(page, { editor: 'textarea' });
    await frame.evaluate(() => {
      const many = document.createElement('div');
      for (let at = 0; at < 10_000; at++) many.append(document.createElement('textarea'));
      many.style.cssText = 'height:0;overflow:hidden';
      document.body.append(many);
      const flood = document.createElement('p');
      document.body.append(flood);
      setInterval(() => {
        for (let at = 0; at < 100; at++) flood.append(document.createElement('i'));
        flood.replaceChildren();
      }, 20);
    });
    await page.keyboard.type(PATIENT);
    await eyes.until((seen) => seen.badge?.state === 'warn', frame, 20_000);
    await held(frame);
    assert.deepEqual(await sentBy(frame), []);
  });

  for (const [what, build] of Object.entries(MANY)) {
    it(`ten thousand filled ${what} and twenty thousand plain nodes: a press answers`, async () => {
      const frame = await written();
      await frame.evaluate(build, FILLED);
      await frame.evaluate((count) => {
        const plain = document.createElement('p');
        for (let at = 0; at < count; at++) plain.append(Object.assign(document.createElement(at % 2 ? 'div' : 'span'), { textContent: '.' }));
        document.body.append(plain);
        plain.getBoundingClientRect();
      }, 2 * FILLED);
      const took = await frame.evaluate(() => {
        const start = performance.now();
        document.querySelector('#post').click();
        return performance.now() - start;
      });
      assert.ok(took < PRESS_MS, `${took} ms`);
      await eyes.until((seen) => seen.dialog, frame, 30_000);
      assert.deepEqual(await sentBy(frame), []);
    });
  }

  it('a decoy of the composer hides nothing', async () => {
    const frame = await openEditor(page, { editor: 'textarea' });
    // The box that one sees and types in, beside one that looks more like the composer and holds nothing of it.
    await frame.evaluate(() => {
      const decoy = Object.assign(document.createElement('div'), { contentEditable: 'true', textContent: 'It rains.' });
      decoy.dataset.testid = 'tweetTextarea_0';
      decoy.setAttribute('role', 'textbox');
      document.querySelector('.compose').prepend(decoy);
    });
    await page.keyboard.type(PATIENT.slice(0, 12));
    // The page puts another box in its place while one types.
    await frame.evaluate(() => document.querySelector('textarea').blur());
    await (await frame.$('textarea')).click();
    await page.keyboard.press('End');
    await page.keyboard.type(PATIENT.slice(12));
    await held(frame);
    assert.deepEqual(await sentBy(frame), []);
    // What the decoy itself holds is a part of what the press may send.
    await page.keyboard.press('Escape');
    await eyes.until((seen) => !seen.dialog, frame);
    await frame.evaluate((words) => {
      const box = document.querySelector('textarea');
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box, 'It rains.');
      box.dispatchEvent(new Event('input', { bubbles: true }));
      document.querySelector('[data-testid="tweetTextarea_0"]').textContent = words;
    }, PATIENT);
    await held(frame);
    assert.deepEqual(await sentBy(frame), []);
  });

  it('five megabytes of text are held until they are read, and keys go on', async () => {
    const frame = await openEditor(page, { editor: 'textarea' });
    await page.keyboard.type(PATIENT);
    await frame.evaluate((words) => {
      const box = document.querySelector('textarea');
      const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
      set.call(box, `${'Nothing to see here. '.repeat(250_000)}${words}`);
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }, PATIENT);
    await eyes.until((seen) => seen.badge?.state === 'warn' && !seen.badge.busy, frame, 60_000);
    await page.keyboard.type('!');
    await frame.waitForFunction(() => document.querySelector('textarea').value.endsWith('!'), { timeout: 30_000 });
    await frame.evaluate(() => document.querySelector('#post').click());
    await eyes.until((seen) => seen.dialog, frame, 60_000);
    assert.deepEqual(await sentBy(frame), []);
  });
});
