// Places and states are read from a chapter's text as its pages have them.
import { describe, expect, it } from 'vitest';
import { desktopWidths, placesIn, type FigurePlace } from '../../../../src/site/gallery/places.ts';

const place = (mdx: string): FigurePlace => {
  const [first] = placesIn(mdx, '99-test');
  if (!first) throw new Error('There is no place.');
  return first;
};
const states = (mdx: string): Record<string, unknown> => Object.fromEntries(place(mdx).states);

describe('a figure in the text', () => {
  const mdx = `Words.\n\n<Figure figure="loss-curves" run="fifty" id="curves" state={{ until: null, only: ['a'] }}>\n\ncaption\n\n</Figure>\n`;

  it('has its name, its data and one state', () => {
    expect(place(mdx)).toMatchObject({
      name: '99-test/curves',
      figure: 'loss-curves',
      run: 'fifty',
      study: null,
      analyses: [],
      width: desktopWidths.wide,
    });
    expect(states(mdx)).toEqual({ first: { until: null, only: ['a'] } });
  });

  it('is named like what it draws where it has no id, and may keep to the column', () => {
    const other = place(
      '<Figure figure="slice-map" study="digits" analyses="a  b" width="text">\n\n</Figure>',
    );
    expect(other).toMatchObject({
      name: '99-test/slice-map',
      study: 'digits',
      analyses: ['a', 'b'],
    });
    expect(other.width).toBe(desktopWidths.text);
  });
});

describe('a scrolly', () => {
  const steps = `<Step id="one" state={{ k: 2 }}>\n\nA\n\n</Step>\n\n<Step id="two">\n\nB\n\n</Step>\n\n<Step id="again" state={{ k: 2 }}>\n\nC\n\n</Step>`;
  const scrolly = `<Scrolly figure="loss-curves" run="fifty" id="s" state={{ k: 1, m: 0 }}>\n\n${steps}\n\n</Scrolly>`;

  it('has each state once, the steps over its own', () => {
    expect(states(scrolly)).toEqual({ first: { k: 2, m: 0 }, two: { k: 1, m: 0 } });
    expect(place(scrolly).width).toBe(desktopWidths.beside);
  });

  it('has the state after a guess: where the slider stands first, or the first option', () => {
    const guess = (attributes: string) =>
      states(`${scrolly}\n\n<Guess id="g" figure="s" ${attributes}>\n\nWhat?\n\n</Guess>`)[
        'guessed'
      ];
    expect(guess('min={2} max={4}')).toEqual({ k: 2, m: 0, guess: 3, revealed: true });
    expect(guess('start={0.3} state="mine"')).toMatchObject({ mine: 0.3 });
    const options = `options={[{ value: 'many', text: 'Many' }, { value: 'one', text: 'One' }]}`;
    expect(guess(`kind="choice" ${options}`)).toMatchObject({ guess: 'many' });
  });

  it('takes no guess about another figure', () => {
    const other = `${scrolly}\n\n<Guess id="g" figure="t" min={2} max={4}>\n\nWhat?\n\n</Guess>`;
    expect(Object.keys(states(other))).not.toContain('guessed');
  });
});

it('says where a state is no literal', () => {
  expect(() =>
    placesIn('<Figure figure="a" run="b" state={{ k: other }}>\n\n</Figure>', '99-test'),
  ).toThrow('The value {{ k: other }} in 99-test.mdx is no literal');
});
