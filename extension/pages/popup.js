// The popup: whether this tab is watched, and why; what the self-test of the
// page found.

import { ask, button, main, make, text } from './parts.js';

const MINUTE_MS = 60_000;
/** Every frame of the tab answers within this. */
const LOOK_MS = 300;

/** @typedef {{ name: string, place: string, readable: boolean, findings: number, trouble: string, setting: string, sends: string[], enter: string }} Box */

const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
// The tests look at another tab than the popup's own.
const id = Number(new URLSearchParams(location.search).get('tab')) || tab?.id;
const { look, boxes } = await lookAt(id);

main.append(make('h1', {}, ['Primum']));
if (!look) main.append(make('p', {}, [text('ui_popup_not_here')]), make('p', { class: 'soft' }, [text('ui_popup_not_here_why')]));
else await state(look.host);
main.append(
  make('p', { class: 'soft' }, [text('ui_popup_local')]),
  make('div', { class: 'row' }, [
    button('ui_popup_options', () => void chrome.runtime.openOptionsPage()),
    button('ui_popup_learn', () => void chrome.tabs.create({ url: chrome.runtime.getURL('pages/learn.html') })),
  ]),
);

/** @param {number | undefined} tabId @returns {Promise<{ look: { host: string } | null, boxes: Box[] }>} */
async function lookAt(tabId) {
  /** @type {Box[]} */
  const found = [];
  if (tabId === undefined) return { look: null, boxes: found };
  chrome.runtime.onMessage.addListener((message, sender) => {
    if (message?.type === 'seen' && sender.tab?.id === tabId) found.push(...message.boxes);
    return false;
  });
  const page = await chrome.tabs.sendMessage(tabId, { type: 'look' }).catch(() => null);
  if (page) await new Promise((done) => setTimeout(done, LOOK_MS));
  return { look: page ?? null, boxes: found };
}

/** @param {string} host */
async function state(host) {
  const ways = await ask({ type: 'ways', site: host });
  const pause = (/** @type {number} */ minutes) => async () => {
    await ask({ type: 'setOption', name: 'paused', value: { [host]: minutes ? Date.now() + minutes * MINUTE_MS : 0 } });
    location.reload();
  };
  if (ways.off) main.append(make('p', { class: 'trouble' }, [text('ui_popup_off', host)]));
  else if (ways.paused) {
    const time = new Date(ways.until ?? 0).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    main.append(make('p', { class: 'trouble' }, [text('ui_popup_paused', [host, time])]), button('ui_popup_resume', pause(0)));
  } else {
    main.append(make('p', { class: 'clean' }, [text('ui_popup_watching', host)]));
    selfTest();
    if (ways.mayPause) main.append(make('div', { class: 'row' }, [button('ui_popup_pause_short', pause(15)), button('ui_popup_pause', pause(60))]));
    else main.append(make('p', { class: 'soft' }, [text('ui_popup_no_pause')]));
  }
}

function selfTest() {
  main.append(make('h2', {}, [text('ui_popup_test')]));
  if (!boxes.length) main.append(make('p', { class: 'soft' }, [text('ui_popup_none')]));
  for (const box of boxes) {
    const good = box.readable && !box.trouble;
    main.append(make('div', { class: good ? 'finding ok' : 'finding' }, [
      make('p', {}, [make('strong', {}, [box.name]), `, ${text(`ui_setting_${box.setting}`)}, ${text(`ui_place_${box.place}`)}`]),
      make('p', { class: good ? '' : 'trouble' }, [good ? text('ui_popup_box_ok', String(box.findings)) : text('ui_popup_box_bad', box.trouble || '-')]),
      make('p', { class: 'soft' }, [box.sends.length ? text('ui_popup_box_sends', [...new Set(box.sends)].map((one) => `“${one || '▸'}”`).join(', ')) : text('ui_popup_box_no_sends')]),
      ...(box.enter === 'sends' ? [make('p', { class: 'soft' }, [text('ui_popup_enter_sends')])] : []),
    ]));
  }
}
