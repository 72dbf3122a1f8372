// Editors that the watched sites do not use today: a site may change its editor
// overnight, and then the generic way is all there is.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BROWSERS, modelOf, openEditor, sentBy, startBrowser } from './harness/browser.mjs';
import { watch } from './harness/primum.mjs';
import { OTHERS, startServer } from './harness/server.mjs';

const ADDRESS = 'j.hollins@example.org';
const PATIENT = `Grateful to my patient Mr. Hollins, write him at ${ADDRESS} please.`;
const CLEAN = 'Flu vaccines are in.';
const SECOND_POST_MS = 250;
/** Draws its text itself: only the writer can change it. */
const DRAWN = ['codemirror5'];
/** Between two keys of a fast writer: some editors draw a new line a frame later. */
const KEY_MS = 60;
/** Editors that tell a paragraph by a blank line. */
const BLANKS = ['medium'];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

for (const name of BROWSERS) {
  describe(`other editors in ${name}`, () => {
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
    const press = async (frame) => (await frame.waitForSelector('#post')).click();

    for (const editor of OTHERS) {
      it(`${editor}: held, replaced, posted once`, async () => {
        const frame = await openEditor(page, { editor });
        await page.keyboard.type(PATIENT);
        assert.equal(await modelOf(frame), PATIENT);
        await press(frame);
        const { dialog } = await eyes.until((seen) => seen.dialog, frame);
        assert.deepEqual(await sentBy(frame), []);
        if (DRAWN.includes(editor)) {
          assert.deepEqual(dialog.buttons.filter((one) => one.name === 'Replace all'), []);
          await eyes.press('Go back', frame);
          await eyes.until((seen) => !seen.dialog, frame);
          assert.equal(await modelOf(frame), PATIENT);
          return;
        }
        await eyes.press('Replace all', frame);
        await eyes.until((seen) => !seen.dialog && seen.toast, frame);
        const model = await modelOf(frame);
        assert.ok(!model.includes(ADDRESS) && !model.includes('Hollins') && model.startsWith('Grateful') && model.endsWith('please.'), model);
        assert.deepEqual(await sentBy(frame), []);
      });

      it(`${editor}: lines, "Post anyway" and clean posts`, async () => {
        const frame = await openEditor(page, { editor });
        await page.keyboard.type('One.');
        await page.keyboard.press('Enter');
        await pause(KEY_MS);
        await page.keyboard.type(PATIENT);
        await page.keyboard.press('Enter');
        await pause(KEY_MS);
        await page.keyboard.type('Three.');
        const whole = await modelOf(frame);
        assert.deepEqual(whole.split('\n').filter((line, at) => line || !BLANKS.includes(editor) || at === 0), ['One.', PATIENT, 'Three.']);
        await press(frame);
        await eyes.until((seen) => seen.dialog, frame);
        await eyes.press('Post anyway', frame);
        await frame.waitForFunction(() => window.fixture.sent.length > 0);
        await pause(SECOND_POST_MS);
        assert.deepEqual(await sentBy(frame), [{ how: 'click', text: whole }]);
        await openEditor(page, { editor });
        await page.keyboard.type(CLEAN);
        await press(frame);
        await frame.waitForFunction(() => window.fixture.sent.length > 0);
        await pause(SECOND_POST_MS);
        assert.deepEqual(await sentBy(frame), [{ how: 'click', text: CLEAN }]);
      });
    }
  });
}
