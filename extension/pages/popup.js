// The popup: whether this tab is watched, and why.

import { ask, button, main, make, text } from './parts.js';

const HOUR_MS = 3_600_000;

const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
/** @type {any} */
const look = tab?.id ? await chrome.tabs.sendMessage(tab.id, { type: 'look' }).catch(() => null) : null;

main.append(make('h1', {}, ['Primum']));
if (!look) {
  main.append(make('p', {}, [text('ui_popup_not_here')]));
} else {
  const ways = await ask({ type: 'ways', site: look.host });
  if (ways.paused) {
    const { paused } = await ask({ type: 'state' });
    const time = new Date(paused[look.host]).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    main.append(make('p', { class: 'trouble' }, [text('ui_popup_paused', [look.host, time])]), button('ui_popup_resume', () => pause(0)));
  } else {
    main.append(make('p', { class: 'clean' }, [text('ui_popup_watching', look.host)]), make('p', {}, [text('ui_popup_boxes', String(look.composers.length))]));
    for (const box of look.composers) {
      const good = box.readable && !box.trouble;
      main.append(make('p', { class: good ? 'soft' : 'trouble' }, [good ? text('ui_popup_box_ok', String(box.findings)) : text('ui_popup_box_bad', box.trouble || '-')]));
    }
    main.append(ways.mayPause ? button('ui_popup_pause', () => pause(Date.now() + HOUR_MS)) : make('p', { class: 'soft' }, [text('ui_popup_no_pause')]));
  }
}
main.append(
  make('p', { class: 'soft' }, [text('ui_popup_local')]),
  make('div', { class: 'row' }, [
    button('ui_popup_options', () => void chrome.runtime.openOptionsPage()),
    button('ui_popup_learn', () => void chrome.tabs.create({ url: chrome.runtime.getURL('pages/learn.html') })),
  ]),
);

/** @param {number} until */
async function pause(until) {
  await ask({ type: 'setOption', name: 'paused', value: { [look.host]: until } });
  window.close();
}
