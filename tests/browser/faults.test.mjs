// What fails under Primum: the worker, the messages, the storage, the core, the
// policy that changes meanwhile. No post is lost, none goes out unchecked
// without a word, no key waits. Tabs, windows and frames are in tabs.test.mjs.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { modelOf, openEditor, sentBy, startBrowser, stopWorker, workerOf } from './harness/browser.mjs';
import { recordLines, watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const NUMBER = '536-22-1234';
const PATIENT = `My patient went home, SSN ${NUMBER}`;
const CLEAN = 'Our clinic has a new door bell. It plays a song.';
const TRAP = 'This text breaks the core.';

/** Opens a browser with the extension as it stands in a folder, and the hands for it. */
function stage(folderOf) {
  const on = {};
  before(async () => {
    on.server = await startServer();
    on.folder = folderOf();
    on.browser = await startBrowser('chrome', on.server, { extension: on.folder });
    on.page = await on.browser.newPage();
    on.page.setDefaultTimeout(15_000);
    on.eyes = await watch('chrome', on.browser, on.page);
  });
  after(async () => {
    await on.browser?.close();
    on.server?.close();
    if (on.folder !== 'dist/chrome') rmSync(on.folder, { recursive: true, force: true });
  });
  on.until = (what, frame) => on.eyes.until(what, frame, 15_000);
  on.warned = (frame) => on.until((seen) => seen.badge?.state === 'warn' && !seen.badge.busy && seen.marks.length > 0, frame);
  on.clean = (frame) => on.until((seen) => seen.badge?.state === 'clean' && !seen.badge.busy, frame);
  on.asked = (frame) => on.until((seen) => seen.dialog, frame);
  on.gone = (frame) => on.until((seen) => !seen.dialog, frame);
  on.press = async (frame) => (await frame.waitForSelector('#post')).click();
  on.sent = (frame) => frame.waitForFunction(() => window.fixture.sent.length > 0);
  on.worker = () => workerOf(on.browser);
  on.stopWorker = () => stopWorker(on.browser);
  on.put = (frame, words) => frame.evaluate((text) => {
    const box = document.querySelector('textarea');
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box, text);
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }, words);
  return on;
}

describe('faults of the worker and of messages', () => {
  const on = stage(() => 'dist/chrome');
  const open = () => openEditor(on.page, { editor: 'textarea' });
  const spoil = (how, ms = 0) => on.eyes.run(SPOIL, how, ms);

  it('the worker is stopped while one types, and before the press', async () => {
    const frame = await open();
    await on.page.keyboard.type(PATIENT.slice(0, 20));
    await on.stopWorker();
    await on.page.keyboard.type(PATIENT.slice(20));
    await on.warned(frame);
    await on.stopWorker();
    await on.press(frame);
    await on.asked(frame);
    assert.deepEqual(await sentBy(frame), []);
    assert.equal(await modelOf(frame), PATIENT);
  });

  it('a stopped worker holds no clean post back', async () => {
    const frame = await open();
    await on.page.keyboard.type(CLEAN);
    await on.stopWorker();
    await on.press(frame);
    await on.sent(frame);
    assert.deepEqual((await sentBy(frame)).map((one) => one.text), [CLEAN]);
  });

  it('a question that is lost is asked again', async () => {
    const frame = await open();
    await spoil('first lost');
    await on.page.keyboard.type(PATIENT);
    await on.warned(frame);
  });

  for (const how of ['all lost', 'all fail']) {
    it(`messages ${how}: keys go on, the post waits, and the writer is told`, async () => {
      const frame = await open();
      await spoil(how);
      await on.page.keyboard.type(CLEAN);
      await on.press(frame);
      await on.page.keyboard.type('!');
      assert.equal(await modelOf(frame), `${CLEAN}!`);
      const { dialog } = await on.asked(frame);
      assert.match(dialog.text, /could not|cannot|not check/i);
      assert.deepEqual(await sentBy(frame), []);
      const seen = await on.eyes.look(frame);
      assert.equal(seen.badge.state, 'trouble');
      // Told, the writer may decide.
      await on.eyes.press('Post anyway', frame);
      await on.sent(frame);
      assert.deepEqual((await sentBy(frame)).map((one) => one.text), [`${CLEAN}!`]);
    });
  }

  it('after messages have failed the next text is checked as ever', async () => {
    const frame = await open();
    await spoil('all fail');
    await on.page.keyboard.type(PATIENT.slice(0, -1));
    await on.until((seen) => seen.badge?.state === 'trouble', frame);
    await spoil('none');
    await on.page.keyboard.type(PATIENT.slice(-1));
    await on.warned(frame);
  });

  it('a slow answer delays no key, and a clean post goes out by itself, once', async () => {
    const frame = await open();
    await spoil('slow', 1500);
    await on.page.keyboard.type(CLEAN);
    assert.equal(await modelOf(frame), CLEAN);
    await on.press(frame);
    assert.deepEqual(await sentBy(frame), []);
    await on.sent(frame);
    assert.deepEqual((await sentBy(frame)).map((one) => one.text), [CLEAN]);
    assert.equal((await on.eyes.look(frame)).dialog, null);
  });

  it('what is written on while a post waits is what is assessed', async () => {
    const frame = await open();
    await on.page.keyboard.type(CLEAN);
    await on.clean(frame);
    await spoil('slow', 1000);
    // Changed and pressed at once: the press itself asks.
    await frame.evaluate((words) => {
      const box = document.querySelector('textarea');
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box, words);
      box.dispatchEvent(new Event('input', { bubbles: true }));
      document.querySelector('#post').click();
    }, `${CLEAN}!`);
    await on.page.keyboard.type(` ${PATIENT}`);
    const { dialog } = await on.asked(frame);
    assert.ok(dialog.text.includes(NUMBER), dialog.text);
    assert.deepEqual(await sentBy(frame), []);
    assert.equal(await modelOf(frame), `${CLEAN}! ${PATIENT}`);
  });

  it('an answer that comes late marks no new text', async () => {
    const frame = await open();
    await on.page.keyboard.type('M');
    await on.clean(frame);
    await spoil('first late', 2500);
    await on.put(frame, PATIENT);
    // The question is asked once more: this answer overtakes the first.
    await on.warned(frame);
    await on.put(frame, CLEAN);
    await on.clean(frame);
    await frame.waitForFunction(() => document.documentElement.dataset.late === 'come');
    const seen = await on.clean(frame);
    assert.deepEqual(seen.marks, []);
  });

  it('a clean text that the page changes without a word is not clean any more', async () => {
    const frame = await open();
    await on.page.keyboard.type(CLEAN);
    await on.clean(frame);
    await frame.evaluate((words) => {
      const box = document.querySelector('textarea');
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box, words);
      document.querySelector('#post').click();
    }, PATIENT);
    await on.asked(frame);
    assert.deepEqual(await sentBy(frame), []);
  });

  it('a clean answer that comes late lets no new text pass', async () => {
    const frame = await open();
    await spoil('slow', 1000);
    await on.page.keyboard.type(CLEAN);
    await on.put(frame, PATIENT);
    await on.press(frame);
    await on.asked(frame);
    assert.deepEqual(await sentBy(frame), []);
  });
});

describe('faults of storage, and a policy that changes', () => {
  const on = stage(() => 'dist/chrome');
  const open = () => openEditor(on.page, { editor: 'textarea' });
  /** A worker as the browser starts it, in place of the one that a test has spoilt. */
  const renew = async () => {
    await on.stopWorker();
    const frame = await open();
    await on.page.keyboard.type('M');
    await on.clean(frame);
    await (await on.worker()).evaluate(() => chrome.storage.local.clear());
  };
  const heldAndPosted = async (frame) => {
    await on.warned(frame);
    await on.press(frame);
    await on.asked(frame);
    assert.deepEqual(await sentBy(frame), []);
    await on.eyes.press('Post anyway', frame);
    await on.sent(frame);
    assert.deepEqual((await sentBy(frame)).map((one) => one.text), [PATIENT]);
  };

  it('settings that are no settings do not stop the check', async () => {
    await open();
    await (await on.worker()).evaluate(() => chrome.storage.local.set({ options: 42, paused: 'never', lastPolicy: ['x'], records: { no: 'list' } }));
    await on.stopWorker();
    const frame = await open();
    await on.page.keyboard.type(PATIENT);
    await heldAndPosted(frame);
    await renew();
  });

  it('storage that is full loses no post', async () => {
    const frame = await open();
    await (await on.worker()).evaluate(() => {
      const full = () => Promise.reject(new Error('QUOTA_BYTES quota exceeded'));
      chrome.storage.local.set = chrome.storage.session.set = full;
      IDBObjectStore.prototype.put = () => { throw new DOMException('The disk is full.', 'QuotaExceededError'); };
    });
    await on.page.keyboard.type(PATIENT);
    await heldAndPosted(frame);
    await renew();
  });

  it('storage that is locked stops no check', async () => {
    const frame = await open();
    await (await on.worker()).evaluate(async () => {
      const locked = () => Promise.reject(new Error('The storage is locked.'));
      const set = chrome.storage.local.set.bind(chrome.storage.local);
      for (const area of ['local', 'session', 'managed']) chrome.storage[area].get = locked;
      indexedDB.open = () => { throw new DOMException('It is locked.', 'InvalidStateError'); };
      // Settings are read anew.
      await set({ options: { watch: ['nothing of the kind'] } });
    });
    await on.page.keyboard.type(PATIENT);
    await heldAndPosted(frame);
    await renew();
  });

  it('a spoilt record keeps no later one from being written', async () => {
    let frame = await open();
    await on.page.keyboard.type(PATIENT);
    await heldAndPosted(frame);
    const before = await countLines(on);
    await (await on.worker()).evaluate((at) => new Promise((done) => {
      const request = indexedDB.open('primum', 1);
      request.onsuccess = () => {
        const change = request.result.transaction('lines', 'readwrite');
        change.objectStore('lines').put('{"number": torn', at);
        change.oncomplete = () => (request.result.close(), done(undefined));
      };
    }), before + 1);
    frame = await open();
    await on.page.keyboard.type(PATIENT);
    await heldAndPosted(frame);
    for (const end = Date.now() + 10_000; (await lastLine(on)).includes('torn'); ) assert.ok(Date.now() < end, 'the record was not written');
  });

  it('a policy that comes while one writes holds for what stands there', async () => {
    const frame = await open();
    await on.page.keyboard.type(CLEAN);
    await on.clean(frame);
    await (await on.worker()).evaluate(() => chrome.storage.local.set({ options: { watch: ['door bell'] } }));
    // No key is pressed.
    await on.until((seen) => seen.badge && seen.badge.state !== 'clean' && seen.marks.some((one) => one.text === 'door bell'), frame);
    await on.press(frame);
    await on.asked(frame);
    await on.page.keyboard.press('Escape');
    await on.gone(frame);
    await (await on.worker()).evaluate(() => chrome.storage.local.set({ options: {} }));
    await on.clean(frame);
    await on.press(frame);
    await on.sent(frame);
    assert.deepEqual((await sentBy(frame)).map((one) => one.text), [CLEAN]);
  });

  it('an answer of before the change counts no more', async () => {
    const frame = await open();
    await on.page.keyboard.type('M');
    await on.clean(frame);
    await on.eyes.run(SPOIL, 'late', 1500);
    await on.put(frame, CLEAN);
    await frame.waitForFunction(() => document.documentElement.dataset.answered === 'yes');
    await (await on.worker()).evaluate(() => chrome.storage.local.set({ options: { watch: ['door bell'] } }));
    await on.press(frame);
    await on.asked(frame);
    assert.deepEqual(await sentBy(frame), []);
    await (await on.worker()).evaluate(() => chrome.storage.local.clear());
  });
});

describe('a core that does not start', () => {
  const on = stage(() => variant({ 'core/bytes.js': () => "export default 'AGFzbQEAAAA';\n" }));

  it('nothing is called checked, the post waits, the writer is told', async () => {
    const frame = await openEditor(on.page, { editor: 'textarea' });
    await on.page.keyboard.type(CLEAN);
    assert.equal(await modelOf(frame), CLEAN);
    await on.until((seen) => seen.badge?.state === 'trouble', frame);
    await on.press(frame);
    await on.asked(frame);
    assert.deepEqual(await sentBy(frame), []);
    await on.page.keyboard.press('Escape');
    await on.gone(frame);
    assert.equal(await modelOf(frame), CLEAN);
    await on.press(frame);
    await on.asked(frame);
    await on.eyes.press('Post anyway', frame);
    await on.sent(frame);
    assert.deepEqual((await sentBy(frame)).map((one) => one.text), [CLEAN]);
  });
});

describe('a core that breaks', () => {
  const on = stage(() => variant({
    'core/primum.js': (glue) => `${glue.replace('wasmInstance = instance;', 'globalThis.primumInstances = (globalThis.primumInstances ?? 0) + 1;\n    wasmInstance = instance;')}
const own = Core.prototype.assess;
Core.prototype.assess = function (draft) {
  if (draft.text === ${JSON.stringify(TRAP)}) throw new WebAssembly.RuntimeError('unreachable');
  return own.call(this, draft);
};
`,
  }));

  it('the text that broke it is held with a word, the next is checked by a fresh one', async () => {
    const frame = await openEditor(on.page, { editor: 'textarea' });
    await on.put(frame, TRAP);
    await (await frame.$('textarea')).click();
    await on.until((seen) => seen.badge?.state === 'trouble', frame);
    await on.press(frame);
    await on.asked(frame);
    assert.deepEqual(await sentBy(frame), []);
    await on.page.keyboard.press('Escape');
    await on.gone(frame);
    await on.put(frame, PATIENT);
    await on.warned(frame);
    const instances = await (await on.worker()).evaluate(() => globalThis.primumInstances);
    assert.ok(instances > 1, `${instances}`);
  });
});

/** A copy of the extension in which some files are others. */
function variant(changes) {
  const folder = mkdtempSync(join(tmpdir(), 'primum-faulty-'));
  cpSync('dist/chrome', folder, { recursive: true });
  for (const [path, change] of Object.entries(changes)) writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')));
  return folder;
}

const linesOf = async (on) => recordLines(await on.worker());
const countLines = async (on) => {
  for (const end = Date.now() + 10_000; ; ) {
    const lines = await linesOf(on);
    if (lines.length) return JSON.parse(lines.at(-1)).number;
    assert.ok(Date.now() < end, 'no record was written');
  }
};
const lastLine = async (on) => (await linesOf(on)).at(-1);

/** Run in the content script's world: what becomes of its questions about drafts. */
function SPOIL(root, how, ms) {
  const own = (globalThis.primumSend ??= chrome.runtime.sendMessage.bind(chrome.runtime));
  const later = (value) => new Promise((done) => setTimeout(() => done(value), ms));
  let count = 0;
  chrome.runtime.sendMessage = (message) => {
    if (!/^assess/.test(message.type) || how === 'none') return own(message);
    const first = count++ === 0;
    if (how === 'all lost' || (how === 'first lost' && first)) return new Promise(() => {});
    if (how === 'all fail') return Promise.reject(new Error('The message port closed before a response was received.'));
    if (how === 'slow') return later().then(() => own(message));
    if (how === 'late') {
      return own(message).then((value) => {
        document.documentElement.dataset.answered = 'yes';
        return later(value);
      });
    }
    if (how !== 'first late' || !first) return own(message);
    return own(message).then(later).then((value) => {
      setTimeout(() => (document.documentElement.dataset.late = 'come'), 50);
      return value;
    });
  };
}
