// Learn: five short cases and a quiz. The answers stay on this page.

import { button, main, make, text } from './parts.js';

/** The cases, by what a finding's card is about. */
const CASES = ['reidentification', 'relationship', 'identifier', 'media', 'misinformation'];
/** Cases with a source on public record. */
const SOURCED = [1, 2, 4, 5];
/** What is right for each question of the quiz. */
const ANSWERS = ['change', 'post', 'change', 'post', 'change', 'post'];

main.append(make('h1', {}, [text('ui_learn_title')]), make('p', {}, [text('ui_learn_intro')]));
CASES.forEach((topic, at) => main.append(caseOf(topic, at + 1)));
main.append(quiz());
// The card's "Learn more" names a case.
document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();

/** @param {string} topic @param {number} number */
function caseOf(topic, number) {
  const part = (/** @type {string} */ name) => [make('h3', {}, [text(`ui_learn_${name}`)]), make(name === 'posted' ? 'blockquote' : 'p', {}, [text(`ui_learn_${number}_${name}`)])];
  const source = SOURCED.includes(number) ? [make('p', { class: 'soft' }, [text('ui_learn_source', text(`ui_learn_${number}_source`))])] : [];
  return make('section', { id: topic, 'aria-labelledby': `${topic}-title` }, [make('h2', { id: `${topic}-title` }, [text(`ui_learn_${number}_title`)]), ...part('posted'), ...part('happened'), ...source, ...part('fine')]);
}

function quiz() {
  const section = make('section', { id: 'quiz', 'aria-labelledby': 'quiz-title' }, [make('h2', { id: 'quiz-title' }, [text('ui_quiz_title')])]);
  /** @type {(boolean | undefined)[]} */
  const right = ANSWERS.map(() => undefined);
  const result = make('div', { role: 'status', id: 'result' });
  ANSWERS.forEach((answer, at) => {
    const why = make('p', { role: 'status', class: 'why' });
    const choices = ['post', 'change'].map((choice) => {
      const one = button(`ui_quiz_${choice}`, () => {
        right[at] ??= choice === answer;
        why.textContent = `${text(choice === answer ? 'ui_quiz_right' : 'ui_quiz_wrong')} ${text(`ui_quiz_${at + 1}_why`)}`;
        why.className = choice === answer ? 'why clean' : 'why trouble';
        choices.forEach((other) => other.setAttribute('aria-pressed', String(other === one)));
        if (!right.includes(undefined)) show(result, right.filter(Boolean).length);
      });
      one.setAttribute('aria-pressed', 'false');
      return one;
    });
    section.append(make('fieldset', {}, [make('legend', {}, [text('ui_quiz_legend', String(at + 1))]), make('blockquote', {}, [text(`ui_quiz_${at + 1}`)]), make('div', { class: 'row' }, choices), why]));
  });
  section.append(result);
  return section;
}

/** @param {HTMLElement} place @param {number} right */
function show(place, right) {
  const date = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: 'long' });
  place.replaceChildren(
    make('p', { class: 'score' }, [text('ui_quiz_result', [String(right), String(ANSWERS.length)])]),
    make('p', {}, [text('ui_quiz_done', date)]),
    make('div', { class: 'row' }, [button('ui_quiz_print', () => print()), button('ui_quiz_again', () => location.reload())]),
  );
}
