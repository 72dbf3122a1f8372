// The options: try it, the user's own list, what the organization set, what was held.

import { ask, button, main, make, text } from './parts.js';

main.append(make('h1', {}, [text('ui_options_title')]));
tryIt();
checked();
await lists();
await policy();
await records();

function tryIt() {
  const box = make('textarea', { rows: '5', id: 'try', spellcheck: 'true' });
  const setting = make('select', { id: 'setting' }, [
    make('option', { value: 'post' }, [text('ui_setting_post')]),
    make('option', { value: 'review_reply' }, [text('ui_setting_review_reply')]),
  ]);
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
  const points = ['identifiers', 'group', 'reply', 'claims', 'secrets'].map((name) => make('li', {}, [text(`ui_options_checked_${name}`)]));
  main.append(make('h2', {}, [text('ui_options_checked')]), make('ul', {}, points));
}

async function lists() {
  const { options } = await ask({ type: 'state' });
  const box = make('textarea', { rows: '4', id: 'allow' });
  box.value = options.allow.join('\n');
  const said = make('span', { role: 'status', class: 'soft' });
  const save = button('ui_options_save', async () => {
    const list = box.value.split('\n').map((line) => line.trim()).filter(Boolean);
    await ask({ type: 'setOption', name: 'allow', value: list });
    said.textContent = text('ui_options_saved');
  });
  main.append(
    make('h2', {}, [make('label', { for: 'allow' }, [text('ui_options_allow')])]),
    make('p', { class: 'soft' }, [text('ui_options_allow_hint')]), box, make('div', { class: 'row' }, [save, said]),
  );
}

async function policy() {
  main.append(make('h2', {}, [text('ui_options_policy')]));
  try {
    const { managed, report } = await ask({ type: 'state' });
    if (!managed) main.append(make('p', {}, [text('ui_options_no_policy')]));
    else main.append(make('pre', {}, [JSON.stringify(report.inForce, null, 2)]));
    for (const { key, reason } of report.dropped) main.append(make('p', { class: 'trouble' }, [text('ui_options_dropped', [key, reason])]));
  } catch (error) {
    main.append(make('p', { class: 'trouble' }, [text('ui_trouble_core', String(/** @type {Error} */ (error).message))]));
  }
}

async function records() {
  const list = await ask({ type: 'records' });
  const said = make('p', { class: 'soft' }, [text('ui_options_records_hint', String(list.length))]);
  main.append(
    make('h2', {}, [text('ui_options_records')]), said,
    make('div', { class: 'row' }, [
      button('ui_options_export', () => save(list)),
      button('ui_options_records_clear', async () => {
        await ask({ type: 'clearRecords' });
        said.textContent = text('ui_options_records_hint', '0');
      }),
    ]),
  );
}

/** @param {object[]} list */
function save(list) {
  const url = URL.createObjectURL(new Blob([list.map((one) => JSON.stringify(one)).join('\n') + '\n'], { type: 'application/jsonl' }));
  make('a', { href: url, download: 'primum-records.jsonl' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
