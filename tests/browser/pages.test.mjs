// Pages that send in ways of their own: whatever the way, a patient's name is
// held, nothing is lost, nothing is posted twice; and what is clean goes out.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BROWSERS, startBrowser } from './harness/browser.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const PATIENT = 'Grateful to my patient Mr. Hollins, write him at j.hollins@example.org please.';
const CLEAN = 'Flu vaccines are in.';
const SECOND_POST_MS = 250;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** How each page is sent; a press of its control where nothing is said. */
const WAYS = {
  'Enter, no button': 'Enter', 'Enter on keyup': 'Enter', 'Enter in a line': 'Enter', 'Enter in a line that says nothing': 'Enter', 'Enter in a line of a form': 'Enter', beforeinput: 'Enter',
  'Ctrl+Enter anywhere': 'aside', 'Ctrl+Enter clicks a hidden button': 'Control+Enter', 'Ctrl+Enter submits': 'Control+Enter', 'a key in a closed root': 'Control+Enter',
  'Shift+Enter sends': 'Shift+Enter', 'Space on a DIV': 'Space', 'a direct message': 'Enter',
};
const NAMES = [
  'a DIV with a hand', 'a DIV with a hand, in an editable', 'a span in a button', 'Spanish', 'German', 'Japanese', 'Arabic', 'Russian', 'Vietnamese', 'a count beside the word', 'a paper plane by class',
  'a send icon by test id', 'an arrow', 'nothing known but the place', 'a made-up word', 'input type=submit', 'a button without a type', 'a link', 'pointerdown', 'mousedown', 'mouseup', 'pointerup',
  'a listener on the document', 'a label of a hidden button', 'a button elsewhere in the page', 'a button of a form elsewhere', 'title and text apart', 'an alternative text', 'a thread',
  'Enter, no button', 'Shift+Enter sends', 'Enter on keyup', 'Enter in a line', 'Enter in a line that says nothing', 'a box of glass over its words', 'Enter in a line of a form', 'beforeinput', 'Ctrl+Enter anywhere', 'Ctrl+Enter clicks a hidden button', 'Ctrl+Enter submits',
  'the page submits by itself', 'in a root', 'in a closed root', 'a key in a closed root', 'a form in a closed root', 'a custom element', 'a frame in design mode', 'an editable frame',
  'an editor that is built anew', 'a button that is built anew', 'a modal dialog', 'a popover', 'a direct message', 'Space on a DIV',
];

for (const name of BROWSERS) {
  describe(`other pages in ${name}`, () => {
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

    const open = async (one, host = 'x.com') => {
      await page.goto(`https://${host}/?editor=odd&page=${encodeURIComponent(one)}`);
      await press('box');
    };
    const press = async (id) => {
      const { x, y } = await page.evaluate((what) => window.fixture.at(what), id);
      await page.mouse.click(x, y);
    };
    const send = async (one) => {
      const way = WAYS[one];
      if (!way) return press('send');
      if (way === 'Enter') return page.keyboard.press('Enter');
      if (way === 'Space') {
        await page.keyboard.press('Tab');
        return page.keyboard.press(' ');
      }
      if (way === 'aside') await press('aside');
      const hold = way === 'Shift+Enter' ? 'Shift' : 'Control';
      await page.keyboard.down(hold);
      await page.keyboard.press('Enter');
      await page.keyboard.up(hold);
    };
    const look = () => page.evaluate(() => ({ sent: window.fixture.sent, model: window.fixture.model() }));
    const dialog = () => eyes.until((seen) => seen.dialog);
    const gone = () => eyes.until((seen) => !seen.dialog);

    for (const one of NAMES) {
      it(`${one}: held, kept, posted once on "Post anyway"; clean, posted once`, async () => {
        await open(one);
        await page.keyboard.type(PATIENT);
        const whole = (await look()).model;
        assert.ok(whole.includes(PATIENT), whole);
        await send(one);
        await dialog();
        await pause(SECOND_POST_MS);
        assert.deepEqual(await look(), { sent: [], model: whole });
        await page.keyboard.press('Escape');
        await gone();
        await pause(SECOND_POST_MS);
        assert.deepEqual(await look(), { sent: [], model: whole });
        await send(one);
        await dialog();
        await eyes.press('Post anyway');
        await page.waitForFunction(() => window.fixture.sent.length > 0);
        await pause(SECOND_POST_MS);
        assert.deepEqual((await look()).sent.map((post) => post.text), [whole]);

        await open(one);
        // Without a wait: the answer has not come.
        await page.keyboard.type(CLEAN);
        const clean = (await look()).model;
        await send(one);
        await page.waitForFunction(() => window.fixture.sent.length > 0);
        await pause(SECOND_POST_MS);
        assert.deepEqual((await look()).sent.map((post) => post.text), [clean]);
      });
    }

    it('a site that refuses given-back events gets the next press', async () => {
      await open('no untrusted events');
      await page.keyboard.type(PATIENT);
      await press('send');
      await dialog();
      await eyes.press('Post anyway');
      await eyes.until((seen) => /once more/.test(seen.toast));
      assert.deepEqual((await look()).sent, []);
      await press('send');
      await pause(SECOND_POST_MS);
      assert.deepEqual((await look()).sent.map((post) => post.text), [PATIENT]);
    });

    it('Shift+Enter that was seen to send is held from then on', async () => {
      await open('Shift+Enter sends, and nothing says so');
      await page.keyboard.type(CLEAN);
      await eyes.until((seen) => seen.badge?.state === 'clean' && !seen.badge.busy);
      const shiftEnter = async () => {
        await page.keyboard.down('Shift');
        await page.keyboard.press('Enter');
        await page.keyboard.up('Shift');
      };
      await shiftEnter();
      await page.waitForFunction(() => window.fixture.sent.length === 1);
      // What Enter did is looked at a moment later.
      await pause(SECOND_POST_MS * 2);
      await page.keyboard.type(PATIENT);
      await shiftEnter();
      await dialog();
      assert.deepEqual((await look()).sent.map((post) => post.text), [CLEAN]);
    });

    // Firefox tells an extension of no such navigation (README, limits).
    if (name === 'chrome') {
      it('a keyboard on glass, which tells no key, is held', async () => {
        await open('beforeinput');
        await page.keyboard.type(PATIENT);
        const session = await page.createCDPSession();
        await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Unidentified', windowsVirtualKeyCode: 229, commands: ['insertParagraph'] });
        await dialog();
        assert.deepEqual(await look(), { sent: [], model: PATIENT });
      });

      it('form.submit() by the page, which makes no event, is held', async () => {
        const posted = () => server.requests.filter((one) => one.path.includes('text=')).length;
        const before = posted();
        await open('a form that leads away');
        await page.keyboard.type(PATIENT);
        await page.evaluate(() => document.querySelector('form').submit());
        await dialog();
        await pause(SECOND_POST_MS);
        assert.equal(posted(), before);
        assert.equal((await look()).model, PATIENT);
        await eyes.press('Post anyway');
        await page.waitForFunction(() => document.title === 'nothing');
        assert.equal(posted(), before + 1);
      });
    }

    it('a control that says that it does something else is never held, though it be the only one', async () => {
      await open('a quiet control alone');
      await page.keyboard.type(PATIENT);
      await eyes.until((seen) => seen.badge?.state === 'warn' && !seen.badge.busy);
      await press('send');
      assert.deepEqual(await page.evaluate(() => window.fixture.pressed), [{ trusted: true }]);
      assert.equal((await eyes.look()).dialog, null);
    });

    it('a box in a root that the page itself has filled is held', async () => {
      await page.goto(`https://x.com/?editor=odd&page=${encodeURIComponent('in a root')}`);
      await page.evaluate((words) => (document.querySelector('x-composer').shadowRoot.querySelector('textarea').value = words), PATIENT);
      await press('send');
      await dialog();
      assert.deepEqual((await look()).sent, []);
    });

    it('a frame that was written anew is watched on', async () => {
      await open('a frame in design mode');
      await page.keyboard.type(PATIENT);
      const inner = page.frames().find((one) => one !== page.mainFrame());
      await eyes.until((seen) => seen.badge?.state === 'warn', inner);
    });

    it('controls that do not send are never held', async () => {
      await open('quiet');
      await page.keyboard.type(PATIENT);
      await eyes.until((seen) => seen.badge?.state === 'warn' && !seen.badge.busy);
      const count = await page.evaluate(() => window.fixture.controls);
      for (let at = 0; at < count; at++) await (await page.$(`[data-at="${at}"]`)).click();
      await pause(SECOND_POST_MS);
      const pressed = await page.evaluate(() => window.fixture.pressed);
      assert.deepEqual(pressed, Array.from({ length: count }, (_, at) => ({ name: at, trusted: true })));
      assert.equal((await eyes.look()).dialog, null);
      await press('send');
      await dialog();
    });
  });
}
