// Five short cases.

import { main, make, text } from './parts.js';

main.append(make('h1', {}, [text('ui_learn_title')]));
for (const number of [1, 2, 3, 4, 5]) {
  main.append(make('h2', {}, [text(`ui_learn_${number}_title`)]), make('p', {}, [text(`ui_learn_${number}`)]));
}
