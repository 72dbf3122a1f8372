// What a person sees and does of Primum on a page: underlines, badge, card,
// review dialog. They live in a closed root, so each browser's own way in is
// taken; every press is a real press of the mouse at the place of the control.

/** @typedef {'chrome' | 'firefox'} BrowserName */

/** What Primum shows in one frame: read there, as plain values. */
const LOOK = (root) => {
  const rectOf = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  };
  const nameOf = (element) => (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent).trim();
  const within = (selector) => {
    const element = root?.querySelector(selector);
    if (!element) return null;
    const buttons = [...element.querySelectorAll('button, input, textarea, a')].map((one) => ({ name: nameOf(one), disabled: Boolean(one.disabled), focused: root.activeElement === one, ...rectOf(one) }));
    return { text: element.innerText, role: element.getAttribute('role'), buttons, ...rectOf(element) };
  };
  const badge = root?.querySelector('.badge');
  const levels = { warn: 'primum-1', notice: 'primum-2' };
  const marks = Object.entries(levels).flatMap(([level, name]) =>
    [...(CSS.highlights.get(name) ?? [])].map((range) => ({ level, text: range.toString(), boxes: [...range.getClientRects()].map(({ x, y, width, height }) => ({ x, y, width, height })) })),
  );
  for (const span of root?.querySelectorAll('.marks span') ?? [])
    marks.push({ level: span.className, text: span.textContent, boxes: [...span.getClientRects()].map(({ x, y, width, height }) => ({ x, y, width, height })) });
  return {
    badge: badge && badge.style.visibility !== 'hidden' ? { name: nameOf(badge), state: badge.dataset.state, busy: badge.getAttribute('aria-busy') === 'true', ...rectOf(badge) } : null,
    card: within('.card'),
    dialog: within('dialog'),
    toast: root?.querySelector('.toast')?.textContent ?? '',
    marks,
  };
};

/**
 * Eyes and hands for Primum's own elements on a page.
 * @param {BrowserName} name
 */
export async function watch(name, browser, page) {
  const look = name === 'chrome' ? await chromeEyes(page) : firefoxEyes(browser);
  const eyes = {
    /** @param {any} [frame] */
    look: (frame = page.mainFrame()) => look(frame),

    /** Runs a function on our own root, in the content script's world (Chromium only). */
    run: (work, ...values) => look.run(page.mainFrame(), work, values),

    /** Waits until what is seen pleases. Says what was seen when it never does. */
    async until(what, frame = page.mainFrame(), ms = 5000) {
      let seen;
      for (const end = Date.now() + ms; Date.now() < end; await new Promise((next) => setTimeout(next, 20))) {
        seen = await look(frame).catch((error) => ({ error: String(error) }));
        if (!seen.error && what(seen)) return seen;
      }
      throw new Error(`Primum never showed ${what}. It shows ${JSON.stringify(seen)}`);
    },

    /** Presses a button of the card, the dialog or the badge with the mouse. */
    async press(label, frame = page.mainFrame()) {
      const { button } = await eyes.find(label, frame);
      const corner = await cornerOf(frame);
      await page.mouse.click(corner.x + button.x + button.width / 2, corner.y + button.y + button.height / 2);
    },

    /** Presses a point of a frame. */
    async clickAt(x, y, frame = page.mainFrame()) {
      const corner = await cornerOf(frame);
      await page.mouse.click(corner.x + x, corner.y + y);
    },

    async find(label, frame = page.mainFrame()) {
      const seen = await eyes.until((now) => buttonsOf(now).some((one) => one.name === label || one.name.startsWith(`${label}:`)), frame);
      return { seen, button: buttonsOf(seen).find((one) => one.name === label || one.name.startsWith(`${label}:`)) };
    },
  };
  return eyes;
}

const buttonsOf = (seen) => [...(seen.dialog?.buttons ?? []), ...(seen.card?.buttons ?? []), ...(seen.badge ? [seen.badge] : [])];

/** Where a frame begins on the page. */
async function cornerOf(frame) {
  const corner = { x: 0, y: 0 };
  for (let at = frame; at.parentFrame(); at = at.parentFrame()) {
    const element = await at.frameElement();
    const box = await element.boundingBox();
    corner.x += box.x;
    corner.y += box.y;
  }
  return corner;
}

/** Chromium: the content script's own world may look into closed roots. */
async function chromeEyes(page) {
  const session = await page.createCDPSession();
  /** @type {Map<string, number>} */
  const worlds = new Map();
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin.startsWith('chrome-extension://')) worlds.set(context.auxData.frameId, context.id);
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    for (const [frame, id] of worlds) if (id === executionContextId) worlds.delete(frame);
  });
  await session.send('Runtime.enable');
  // Kept: after the extension was updated, closed roots cannot be opened any more.
  const root = `(globalThis.primumRoot = [...document.querySelectorAll('div')].filter((one) => one.style.zIndex === '2147483647').map((one) => {
    try { return chrome.dom.openOrClosedShadowRoot(one); } catch { return globalThis.primumRoot; }
  })[0])`;
  const run = async (frame, work, values) => {
    const contextId = worlds.get(frame._id);
    if (!contextId) throw new Error('no content script in this frame');
    const expression = `(${work})(${[root, ...values.map((one) => JSON.stringify(one))].join(', ')})`;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', { contextId, expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  return Object.assign((frame) => run(frame, LOOK, []), { run });
}

/** Firefox: WebDriver BiDi serialises closed roots too, and takes them back as arguments. */
function firefoxEyes(browser) {
  const send = async (method, params) => (await browser.connection.send(method, params)).result;
  return async (frame) => {
    const target = { context: frame._id };
    const options = { awaitPromise: false, serializationOptions: { maxDomDepth: 1, includeShadowTree: 'all' } };
    const hosts = await send('script.evaluate', {
      ...options, target, expression: "[...document.querySelectorAll('div')].filter((one) => one.style.zIndex === '2147483647')[0]",
    });
    const root = hosts.result?.value?.shadowRoot;
    const answer = await send('script.callFunction', {
      target, awaitPromise: false, functionDeclaration: `(root) => JSON.stringify((${LOOK})(root))`, arguments: [root ? { sharedId: root.sharedId } : { type: 'null' }],
    });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
    return JSON.parse(answer.result.value);
  };
}

/** The records that are not in a block yet, as lines of JSON, read in the worker. */
export const recordLines = (worker) => worker.evaluate(() => new Promise((done) => {
  const request = indexedDB.open('primum', 1);
  request.onsuccess = () => {
    const all = request.result.transaction('lines').objectStore('lines').getAll();
    all.onsuccess = () => (request.result.close(), done(all.result));
  };
}));
