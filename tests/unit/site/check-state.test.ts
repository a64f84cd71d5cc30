// A state that a figure does not have fails the build with its place, whatever tag it is written in.
import { describe, expect, it } from 'vitest';
import { checkChapterStates, checkState } from '../../../src/site/check-state.ts';
import { lossCurves } from '../../../src/figures/outcomes/loss-curves.ts';

const place = 'in /chapters/02/';
const figure =
  '<figure id="curves"><atlas-figure data-figure="loss-curves"></atlas-figure></figure>';
const check = (html: string) => checkChapterStates(html, place);

it('names figure, place, key, value and what was expected of a figure’s own state', () => {
  expect(() =>
    checkState(lossCurves, { scale: 'lgo' }, `<Figure figure="loss-curves"> ${place}`),
  ).toThrow(
    `The state of 'loss-curves' does not fit (<Figure figure="loss-curves"> in /chapters/02/): "scale" is "lgo": expected one of 'linear', 'log'.`,
  );
  expect(() => checkState(lossCurves, { scale: 'log', until: 4 }, place)).not.toThrow();
});

describe('a chapter', () => {
  it('is told of a wrong state in words that drive a picture', async () => {
    const show = (state: string) =>
      `${figure}<atlas-show data-in="curves" data-state='${state}'>the shelf</atlas-show>`;
    await expect(check(show('{"until":20}'))).resolves.toBeUndefined();
    await expect(check(show('{"untill":20}'))).rejects.toThrow(
      /^The state of 'loss-curves' does not fit \(<Show>the shelf<\/Show> in \/chapters\/02\/\): there is no "untill": expected one of until, quantity, scale, selected, guess\.$/,
    );
  });

  it('is told of a wrong state of a step that is drawn in the page alone', async () => {
    const scrolly = (state: string) =>
      `<atlas-scrolly id="curves"><atlas-figure data-figure="loss-curves"></atlas-figure>
       <section class="step" id="fall" data-state='${state}'></section></atlas-scrolly>`;
    await expect(check(scrolly('{"selected":17}'))).resolves.toBeUndefined();
    await expect(check(scrolly('{"selected":"17"}'))).rejects.toThrow(
      '(<Step id="fall"> in /chapters/02/): "selected" is "17": expected a whole number of at least 0, or null.',
    );
  });

  it('is told of a guess that its figure cannot draw', async () => {
    const guess = (key: string, attributes: string, inside = '') =>
      `${figure}<atlas-guess id="ask" data-figure="curves" data-key="${key}" ${attributes}>${inside}</atlas-guess>`;
    const scale = `data-scale='{"min":0.01,"max":0.7}'`;
    await expect(check(guess('guess', scale))).resolves.toBeUndefined();
    await expect(check(guess('gess', scale))).rejects.toThrow('there is no "gess"');
    const option = `<input type="radio" value='"high"'>`;
    await expect(check(guess('guess', '', option))).rejects.toThrow(
      '(<Guess id="ask"> in /chapters/02/): "guess" is "high": expected a number, or null.',
    );
  });

  it('leaves alone what drives no figure of the registry', async () => {
    const widget = `<atlas-two-weights id="walk"></atlas-two-weights>`;
    const words = `<atlas-show data-in="walk" data-state='{"start":[1,1]}'>here</atlas-show>`;
    await expect(check(widget + words)).resolves.toBeUndefined();
  });
});
