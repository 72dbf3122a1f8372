// The options: try it, what is checked, the user's own lists, sites and keys,
// what the organization set, what was held.

import sites from '../sites/sites.json';
import { inForce } from './in_force.js';
import { ask, button, main, make, text } from './parts.js';

/** What is checked, each with an example to try. */
const CHECKED = ['identifiers', 'group', 'reply', 'claims', 'secrets'];
/** Options that may be taken along in a file, with what they must be. */
const MOVED = /** @type {const} */ ({ allow: 'list', watch: 'list', sitesOff: 'list', messages: 'flag', shortcut: 'text' });
const SHORTCUT = /^((Alt|Shift|Ctrl|Meta)\+){1,4}[A-Z0-9]$/;

main.append(make('h1', {}, [text('ui_options_title')]));
const tryBox = tryIt();
checked();
/** @type {any} */
let state = await ask({ type: 'state' }).catch((error) => {
  main.append(make('p', { class: 'trouble' }, [text('ui_trouble_core', String(/** @type {Error} */ (error).message))]));
  return null;
});
if (state) {
  const fixed = state.policy.userMayChangeOptions === false;
  if (fixed) main.append(make('p', { class: 'soft' }, [text('ui_options_no_change')]));
  list('watch', fixed);
  list('allow', fixed || state.policy.userMayAllow === false);
  siteSwitches(fixed || state.policy.userMayPause === false, state.policy.userMayPause === false);
  behaviour(fixed);
  move(fixed);
  policy();
  records();
}

function tryIt() {
  const box = make('textarea', { rows: '5', id: 'try', spellcheck: 'true' });
  const setting = make('select', { id: 'setting' }, ['post', 'comment', 'review_reply', 'message'].map((one) => make('option', { value: one }, [text(`ui_setting_${one}`)])));
  const out = make('div', { 'aria-live': 'polite', id: 'found' });
  const check = async () => {
    const draft = { text: box.value, setting: setting.value };
    try {
      const { assessment } = await ask({ type: 'assess', draft });
      if (box.value === draft.text) show(out, assessment, draft.text);
    } catch (error) {
      out.replaceChildren(make('p', { class: 'trouble' }, [text('ui_trouble_core', String(/** @type {Error} */ (error).message))]));
    }
  };
  box.addEventListener('input', check);
  setting.addEventListener('change', check);
  main.append(
    make('h2', {}, [text('ui_options_try')]),
    make('label', { for: 'try' }, [text('ui_options_try_hint')]), box,
    make('label', { for: 'setting' }, [text('ui_options_setting')]), setting, out,
  );
  return { box, setting, check };
}

/** @param {HTMLElement} out @param {Assessment} assessment @param {string} words */
function show(out, assessment, words) {
  out.replaceChildren();
  if (!words.trim()) return;
  if (!assessment.findings.length) out.append(make('p', { class: 'clean' }, [text('ui_options_clean')]));
  for (const one of assessment.findings) {
    const change = one.replacement === undefined ? [] : [make('p', {}, [`→ ${one.replacement || text('ui_card_take_out')}`])];
    out.append(make('div', { class: one.action === 'notice' ? 'finding notice' : 'finding' }, [
      make('p', {}, [make('strong', {}, [`“${one.quote}”`])]), make('p', {}, [one.message]), make('p', {}, [one.advice]), ...change,
    ]));
  }
}

function checked() {
  const points = CHECKED.map((name) => {
    const example = make('button', { type: 'button', class: 'example' }, [text(`ui_example_${name}`)]);
    example.addEventListener('click', () => {
      tryBox.box.value = example.textContent ?? '';
      tryBox.setting.value = name === 'reply' ? 'review_reply' : 'post';
      void tryBox.check();
      tryBox.box.focus();
    });
    return make('li', {}, [text(`ui_options_checked_${name}`), example]);
  });
  main.append(make('h2', {}, [text('ui_options_checked')]), make('p', { class: 'soft' }, [text('ui_options_examples')]), make('ul', {}, points));
}

/** Words of the user's own, one a line. @param {'watch' | 'allow'} name @param {boolean} fixed */
function list(name, fixed) {
  const box = make('textarea', { rows: '4', id: name, 'aria-describedby': `${name}-hint`, ...(fixed ? { readonly: '' } : {}) });
  box.value = state.options[name].join('\n');
  const save = async () => {
    await ask({ type: 'setOption', name, value: box.value.split('\n').map((line) => line.trim()).filter(Boolean) });
    return text('ui_options_saved');
  };
  main.append(
    make('h2', {}, [make('label', { for: name }, [text(`ui_options_${name}`)])]),
    make('p', { class: 'soft', id: `${name}-hint` }, [text(`ui_options_${name}_hint`)]), box, ...(fixed ? [] : [saving('ui_options_save', save)]),
  );
}

/** @param {boolean} fixed @param {boolean} kept whether the organization keeps Primum on */
function siteSwitches(fixed, kept) {
  const hosts = [...new Set(sites.sites.flatMap((site) => site.hosts))].sort();
  const box = (/** @type {string} */ host) => {
    const input = make('input', { type: 'checkbox', ...(fixed ? { disabled: '' } : {}) });
    input.checked = !state.options.sitesOff.includes(host);
    input.addEventListener('change', async () => {
      const off = new Set(state.options.sitesOff);
      if (input.checked) off.delete(host);
      else off.add(host);
      state.options.sitesOff = [...off];
      await ask({ type: 'setOption', name: 'sitesOff', value: state.options.sitesOff });
    });
    return make('label', { class: 'check' }, [input, host]);
  };
  main.append(make('fieldset', { class: 'sites' }, [make('legend', {}, [make('h2', {}, [text('ui_options_sites')])]), make('p', { class: 'soft' }, [kept ? text('ui_popup_no_pause') : text('ui_options_sites_hint')]), make('div', { class: 'columns' }, hosts.map(box))]));
}

/** @param {boolean} fixed */
function behaviour(fixed) {
  const messages = make('input', { type: 'checkbox', id: 'messages', ...(fixed ? { disabled: '' } : {}) });
  messages.checked = state.options.messages;
  messages.addEventListener('change', () => void ask({ type: 'setOption', name: 'messages', value: messages.checked }));
  const key = make('input', { id: 'shortcut', value: state.options.shortcut, spellcheck: 'false', autocomplete: 'off', readonly: '' });
  const said = make('span', { role: 'status', class: 'soft' });
  key.addEventListener('keydown', async (event) => {
    if (fixed || event.key === 'Tab') return;
    event.preventDefault();
    const holds = /** @type {const} */ ([['Alt', event.altKey], ['Shift', event.shiftKey], ['Ctrl', event.ctrlKey], ['Meta', event.metaKey]]);
    const value = [...holds.filter(([, down]) => down).map(([name]) => name), event.code.replace(/^(Key|Digit)/, '')].join('+');
    if (!SHORTCUT.test(value)) return;
    key.value = value;
    await ask({ type: 'setOption', name: 'shortcut', value });
    said.textContent = text('ui_options_saved');
  });
  main.append(
    make('h2', {}, [text('ui_options_behaviour')]),
    make('label', { class: 'check', for: 'messages' }, [messages, text('ui_options_messages')]),
    make('label', { for: 'shortcut' }, [text('ui_options_shortcut')]), key, said,
  );
}

/** The user's options to a file and from one. @param {boolean} fixed */
function move(fixed) {
  const file = make('input', { type: 'file', accept: '.json,application/json', id: 'file', class: 'hidden', tabindex: '-1', 'aria-hidden': 'true' });
  const said = make('span', { role: 'status', class: 'soft' });
  file.addEventListener('change', async () => {
    const words = await file.files?.[0]?.text();
    if (words === undefined) return;
    const good = await load(words);
    said.textContent = text(good ? 'ui_options_loaded' : 'ui_options_not_loaded');
    if (good) location.reload();
  });
  const out = button('ui_options_save_file', () => download('primum-options.json', 'application/json', JSON.stringify({ primum: 1, ...Object.fromEntries(Object.keys(MOVED).map((name) => [name, state.options[name]])) }, null, 2)));
  main.append(make('h2', {}, [text('ui_options_move')]), make('div', { class: 'row' }, [out, ...(fixed ? [] : [button('ui_options_load_file', () => file.click()), file]), said]));
}

/** Takes over what is well formed and nothing else. @param {string} words */
async function load(words) {
  try {
    const values = JSON.parse(words);
    if (values.primum !== 1) return false;
    const fits = { list: (/** @type {any} */ one) => Array.isArray(one) && one.every((line) => typeof line === 'string'), flag: (/** @type {any} */ one) => typeof one === 'boolean', text: (/** @type {any} */ one) => SHORTCUT.test(String(one)) };
    for (const [name, kind] of Object.entries(MOVED)) if (name in values && fits[kind](values[name])) await ask({ type: 'setOption', name, value: values[name] });
    return true;
  } catch {
    return false;
  }
}

function policy() {
  const { organizationName, organizationContact, socialMediaPolicyLink } = state.administrator;
  const who = [organizationName, organizationContact].filter(Boolean).join(', ');
  main.append(
    make('h2', {}, [text('ui_options_policy')]), ...(who ? [make('p', {}, [who])] : []),
    ...(socialMediaPolicyLink ? [make('p', {}, [make('a', { href: socialMediaPolicyLink, target: '_blank', rel: 'noopener noreferrer' }, [socialMediaPolicyLink])])] : []),
    ...inForce(state),
  );
}

/** What is kept, and for the help desk: pages of their own. */
function records() {
  main.append(make('h2', {}, [text('ui_options_records')]), make('div', { class: 'row' }, [
    make('a', { href: 'records.html' }, [text('ui_options_records_open')]), make('a', { href: 'status.html' }, [text('ui_status_title')]),
  ]));
}

/** A button that says what came of it. @param {string} key @param {() => Promise<string>} act */
function saving(key, act) {
  const said = make('span', { role: 'status', class: 'soft' });
  const save = button(key, async () => {
    said.textContent = await act().catch((error) => String(error.message));
  });
  return make('div', { class: 'row' }, [save, said]);
}

/** @param {string} name @param {string} type @param {string} words */
function download(name, type, words) {
  const url = URL.createObjectURL(new Blob([words], { type }));
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
