// Every editor, in every place it can live, with everything a person does in
// it: editor x place x action x browser, each checked against the editor's own
// model, printed as a table at the end.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BROWSERS, elementIn, modelOf, openEditor, sentBy, startBrowser } from './harness/browser.mjs';
import { strange } from './harness/observer.mjs';
import { watch } from './harness/primum.mjs';
import { EDITORS, IN_ROOTS, startServer } from './harness/server.mjs';

const ADDRESS = 'j.hollins@example.org';
const PATIENT = `Grateful to my patient Mr. Hollins, write him at ${ADDRESS} please.`;
const CLEAN = 'It rains and the trees are green. Have a good day.';
const EMOJI = '\u{1f469}\u{1f3fd}\u200d\u2695\ufe0f\u{1f64f} @ana_doc said hi.';
/** A site that takes a post does so within this; a second one would have come by then. */
const SECOND_POST_MS = 200;
const QUILL_STEP_MS = 1100;
const SELECTION_MS = 150;
const PIXELS = 3;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const ACTIONS = ['type', 'position', 'card', 'undo', 'held', 'all', 'post', 'clean', 'emoji', 'cut', 'paste', 'dictate', 'keys', 'anyway', 'lines', 'fast'];
/** @type {Map<string, Map<string, string>>} */
const table = new Map();

for (const name of BROWSERS) {
  describe(`matrix in ${name}`, () => {
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

    const press = async (frame, control = '#post') => (await elementIn(frame, control)).click();
    const withControl = async (...keys) => {
      await page.keyboard.down('Control');
      for (const key of keys) await page.keyboard.press(key);
      await page.keyboard.up('Control');
    };
    const settled = (seen) => seen.badge && !seen.badge.busy;
    const marked = (frame) => eyes.until((seen) => settled(seen) && seen.badge.state === 'warn' && seen.marks.some((one) => one.text === ADDRESS) && seen.marks.some((one) => one.text.includes('Hollins')), frame);
    const checked = (frame) => eyes.until((seen) => settled(seen) && seen.badge.state === 'clean', frame);
    const dialog = (frame) => eyes.until((seen) => seen.dialog, frame);
    const gone = (frame) => eyes.until((seen) => !seen.dialog, frame);
    const sent = async (frame, expected) => {
      await frame.waitForFunction((count) => window.fixture.sent.length >= count, {}, expected.length);
      await pause(SECOND_POST_MS);
      assert.deepEqual(await sentBy(frame), expected);
    };
    const isClean = (words) => assert.ok(!words.includes(ADDRESS) && !words.includes('Hollins') && words.includes('Grateful to my patient') && words.includes('please.'), words);

    for (const editor of EDITORS) {
      for (const place of ['page', 'iframe', ...(IN_ROOTS.includes(editor) ? ['open', 'closed'] : [])]) {
        it(`${editor} (${place})`, async (context) => {
          const row = new Map();
          table.set(`${name} ${editor} ${place}`, row);
          const open = () => openEditor(page, { editor, place });
          const step = (action, run) => context.test(action, async () => {
            row.set(action, 'FAILED');
            await run();
            row.set(action, 'ok');
          });
          let frame = await open();

          await step('type', async () => {
            await page.keyboard.type(PATIENT);
            await marked(frame);
            assert.equal(await modelOf(frame), PATIENT);
          });
          await step('position', async () => {
            const { marks } = await marked(frame);
            const own = await rectanglesOf(frame, ADDRESS);
            const [mark] = marks.filter((one) => one.text === ADDRESS);
            assert.equal(mark.level, 'warn');
            assert.equal(mark.boxes.length, own.length);
            own.forEach((box, at) => ['x', 'y', 'width'].forEach((side) => assert.ok(Math.abs(box[side] - mark.boxes[at][side]) <= PIXELS, `${side}: ${box[side]} and ${mark.boxes[at][side]}`)));
          });
          await step('card', async () => {
            // Quill undoes in one step what came within a second.
            if (editor.startsWith('quill')) await pause(QUILL_STEP_MS);
            const { marks } = await marked(frame);
            const [box] = marks.find((one) => one.text === ADDRESS).boxes;
            await eyes.clickAt(box.x + box.width / 2, box.y + box.height / 2, frame);
            const { card } = await eyes.until((seen) => seen.card, frame);
            assert.ok(card.text.includes(ADDRESS), card.text);
            await eyes.press('Replace', frame);
            await eyes.until((seen) => settled(seen) && !seen.card && seen.marks.every((one) => one.text !== ADDRESS), frame);
            const model = await modelOf(frame);
            assert.ok(!model.includes(ADDRESS) && model.startsWith('Grateful to my patient Mr. Hollins') && model.endsWith('please.'), model);
          });
          await step('undo', async () => {
            await withControl('z');
            await marked(frame);
            assert.ok((await modelOf(frame)).includes(ADDRESS), await modelOf(frame));
          });
          await step('held', async () => {
            await press(frame);
            const { dialog: shown } = await dialog(frame);
            assert.equal(shown.role, 'alertdialog');
            assert.equal(shown.buttons.find((one) => one.focused)?.name, 'Go back');
            assert.deepEqual(await sentBy(frame), []);
            // By keyboard: "Go back" has the focus.
            await page.keyboard.press('Enter');
            await gone(frame);
            assert.deepEqual(await sentBy(frame), []);
            const kept = await modelOf(frame);
            assert.ok(kept.includes(ADDRESS) && kept.includes('Hollins'), kept);
            // The focus is back where it was.
            await page.keyboard.type('!');
            await frame.waitForFunction((before) => window.fixture.model().length === before + 1, {}, kept.length);
            await page.keyboard.press('Backspace');
            await marked(frame);
          });
          await step('all', async () => {
            await press(frame);
            await dialog(frame);
            await eyes.press('Replace all', frame);
            await gone(frame);
            await checked(frame);
            isClean(await modelOf(frame));
            assert.deepEqual(await sentBy(frame), [], 'a replacement never posts by itself');
          });
          await step('post', async () => {
            await press(frame);
            await sent(frame, [{ how: 'click', text: await modelOf(frame) }]);
          });

          frame = await open();
          await step('clean', async () => {
            await page.keyboard.type(CLEAN);
            await checked(frame);
            await frame.evaluate(() => addEventListener('click', (event) => (window.trusted = event.isTrusted)));
            for (const control of ['#post', '#post-div', '#post-down']) await press(frame, control);
            assert.equal(await frame.evaluate(() => window.trusted), true, 'the user\'s own click reached the page');
            await sent(frame, ['click', 'div', 'pointerdown'].map((how) => ({ how, text: CLEAN })));
            assert.equal((await eyes.look(frame)).toast, '');
          });

          frame = await open();
          await step('emoji', async () => {
            await page.keyboard.type(`${EMOJI} ${PATIENT}`);
            const { marks } = await marked(frame);
            assert.equal(await modelOf(frame), `${EMOJI} ${PATIENT}`);
            const own = await rectanglesOf(frame, ADDRESS);
            const [mark] = marks.filter((one) => one.text === ADDRESS);
            own.forEach((box, at) => assert.ok(Math.abs(box.x - mark.boxes[at].x) <= PIXELS, `${box.x} and ${mark.boxes[at].x}`));
          });
          await step('cut', async () => {
            await withControl('a');
            // Slate takes up a selection a little later.
            await pause(SELECTION_MS);
            await withControl('x');
            await eyes.until((seen) => settled(seen) && seen.badge.state === 'clean' && !seen.marks.length, frame);
            assert.equal((await modelOf(frame)).trim(), '');
          });
          await step('paste', async () => {
            await withControl('v');
            await marked(frame);
            assert.equal((await modelOf(frame)).trim(), `${EMOJI} ${PATIENT}`);
          });

          frame = await open();
          await step('dictate', async () => {
            await dictate(name, page, PATIENT);
            await marked(frame);
            assert.equal(await modelOf(frame), PATIENT);
          });
          await step('keys', async () => {
            await withControl('Enter');
            await dialog(frame);
            await page.keyboard.press('Escape');
            await gone(frame);
            assert.deepEqual(await sentBy(frame), []);
            assert.equal(await modelOf(frame), PATIENT);
          });
          await step('anyway', async () => {
            await withControl('Enter');
            await dialog(frame);
            await eyes.press('Post anyway', frame);
            await sent(frame, [{ how: 'ctrl-enter', text: PATIENT }]);
          });

          frame = await open();
          await step('lines', async () => {
            await page.keyboard.type('First line.');
            await page.keyboard.press('Enter');
            await page.keyboard.type(PATIENT);
            await marked(frame);
            await page.keyboard.press('Enter');
            await page.keyboard.type('Last line.');
            await marked(frame);
            const lines = (await modelOf(frame)).replace(/\n+/g, '\n').split('\n').filter((line) => line !== '');
            assert.deepEqual(lines, ['First line.', PATIENT, 'Last line.']);
            assert.deepEqual(await sentBy(frame), []);
          });

          frame = await open();
          await step('fast', async () => {
            await page.keyboard.type(`${CLEAN} Ask us.`);
            await press(frame);
            await sent(frame, [{ how: 'click', text: `${CLEAN} Ask us.` }]);
          });
        });
      }
    }

    it('asks nothing of the network', () => {
      assert.ok(server.requests.length > 100);
      assert.deepEqual(strange(server.requests), []);
    });
  });
}

after(() => {
  const count = (mark) => [...table.values()].flatMap((row) => [...row.values()]).filter((one) => one === mark).length;
  console.log(`${'editor, place, browser'.padEnd(26)}${ACTIONS.map((one) => one.padStart(9)).join('')}`);
  for (const [name, row] of table) console.log(`${name.padEnd(26)}${ACTIONS.map((one) => (row.get(one) ?? '-').padStart(9)).join('')}`);
  console.log(`${count('ok')} cases passed, ${count('FAILED')} failed`);
});

/** Dictation and emoji panels write whole words at once. */
async function dictate(name, page, words) {
  if (name === 'chrome') return page.keyboard.sendCharacter(words);
  // Firefox's driver has no such call: a word of many letters is one key there.
  for (const word of words.split(/(?<= )/)) await page.keyboard.type(word);
}

/** Where words stand, as the page itself sees it. In a field, by the width of what stands before them. */
function rectanglesOf(frame, words) {
  return frame.evaluate((wanted) => {
    const plain = ({ x, y, width }) => ({ x, y, width });
    const place = window.fixture.root ?? document;
    const field = place.querySelector('textarea');
    if (!field) {
      const walker = document.createTreeWalker(place.querySelector('[contenteditable="true"]'), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(wanted);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        return [...range.getClientRects()].map(plain);
      }
      return [];
    }
    // A box like the field's, laid out by the browser itself.
    const style = getComputedStyle(field);
    const twin = document.createElement('div');
    for (const name of style) twin.style.setProperty(name, style.getPropertyValue(name));
    const box = field.getBoundingClientRect();
    Object.assign(twin.style, { position: 'fixed', left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px`, whiteSpace: 'pre-wrap', visibility: 'hidden' });
    const at = field.value.indexOf(wanted);
    const span = document.createElement('span');
    span.textContent = wanted;
    twin.append(field.value.slice(0, at), span, field.value.slice(at + wanted.length));
    document.body.append(twin);
    const found = [...span.getClientRects()].map(plain);
    twin.remove();
    return found;
  }, words);
}
