// The fixture pages themselves, without the extension: what is typed is in the
// editor's model, and each send control sends it once. Were this to fail, no
// other browser test could be believed.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BROWSERS, elementIn, modelOf, openEditor, sentBy, startBrowser } from './harness/browser.mjs';
import { EDITORS, IN_ROOTS, startServer } from './harness/server.mjs';

const TEXT = 'A quiet night on the ward.';

for (const name of BROWSERS) {
  describe(`fixtures in ${name}`, () => {
    let server, browser, page;
    const complaints = [];
    before(async () => {
      server = await startServer();
      browser = await startBrowser(name, server);
      page = await browser.newPage();
      // Firefox also reports here what the strict policy kept out: that is as it should be.
      page.on('pageerror', (error) => {
        if (!String(error).includes('Content-Security-Policy')) complaints.push(String(error));
      });
      page.setDefaultTimeout(8000);
    });
    after(async () => {
      await browser?.close();
      server?.close();
    });

    for (const editor of EDITORS) {
      for (const place of ['page', 'iframe', 'open', 'closed']) {
        // These read document.getSelection(), which does not see into shadow roots.
        if (['open', 'closed'].includes(place) && !IN_ROOTS.includes(editor)) continue;
        it(`${editor} (${place}) sends what was typed`, async () => {
          const frame = await openEditor(page, { editor, place });
          await page.keyboard.type(TEXT);
          assert.equal(await modelOf(frame), TEXT);
          for (const control of ['#post', '#post-div', '#post-down']) await (await elementIn(frame, control)).click();
          const sent = await sentBy(frame);
          assert.deepEqual(sent, ['click', 'div', 'pointerdown'].map((how) => ({ how, text: TEXT })));
          assert.deepEqual(complaints.splice(0), []);
        });
      }
      it(`${editor} sends on Ctrl+Enter and, where a site has it so, on Enter`, async () => {
        const frame = await openEditor(page, { editor, enter: true });
        await page.keyboard.type(TEXT);
        await page.keyboard.down('Control');
        await page.keyboard.press('Enter');
        await page.keyboard.up('Control');
        await page.keyboard.press('Enter');
        assert.deepEqual(await sentBy(frame), ['ctrl-enter', 'enter'].map((how) => ({ how, text: TEXT })));
      });
    }

    it('the review reply is submitted', async () => {
      const frame = await openEditor(page, { host: 'business.google.com', editor: 'review' });
      await page.keyboard.type(TEXT);
      await (await frame.waitForSelector('#post')).click();
      assert.deepEqual(await sentBy(frame), [{ how: 'submit', text: TEXT }]);
    });
  });
}
