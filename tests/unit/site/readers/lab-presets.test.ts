import { expect, test } from 'vitest';
import { labPresets, presetOfFigure } from '../../../../src/site/readers/lab-presets.ts';
import { figuresIn } from '../../../../src/site/readers/figure-tags.ts';
import { loadExperiment } from '../../../../precompute/experiment-files.ts';
import { panelKindOf } from '../../../../src/laboratory/panels/panel-catalogue.ts';
import { completed, withPreset } from '../../../../src/laboratory/presets/experiment-presets.ts';
import { standardState } from '../../../../src/laboratory/storage/standard-state.ts';

const presets = await labPresets();
const preset = (id: string) => presets.find((one) => one.id === id)!;

test('every preset completes to the very experiment that is published, its name left out', async () => {
  const { study } = await loadExperiment('optimisers');
  for (const { key, experiment } of study.conditions) {
    const { name: _n, title: _t, ...settings } = completed(preset(`optimisers.${key}`)).experiment;
    const { name: _m, title: _u, ...published } = experiment;
    expect(settings).toEqual(published);
  }
  const { study: fifty } = await loadExperiment('fifty');
  const { name: _n, title: _t, ...settings } = completed(preset('fifty')).experiment;
  const { name: _m, title: _u, ...published } = fifty.base;
  expect(settings).toEqual(published);
});

test('each figure of the article is one, with its finding as title, and every one makes sense', () => {
  expect(presets.length).toBeGreaterThan(60);
  const title = 'Counted by right answers, the fifty can hardly be told apart';
  expect(preset('where-they-end.fifty-test-accuracy')).toMatchObject({
    title,
    group: 'Chapter 3: Where they end',
  });
  for (const one of presets) {
    const { experiment, panel } = completed(one);
    expect(experiment.title).toBe('');
    if (panel) expect(panelKindOf(panel.kind)).not.toBeNull();
  }
});

test('the figure comes first on the board, in the state of the article', () => {
  const state = withPreset(
    standardState(),
    completed(preset('where-they-end.fifty-test-accuracy')),
  );
  expect(state.panels[0]).toMatchObject({
    kind: 'outcome-distribution',
    figure: { quantity: 'testAccuracy' },
    wide: true,
  });
  expect(state.panels.filter(({ kind }) => kind === 'outcome-distribution').length).toBe(1);
  expect(state.experiment.data).toMatchObject({ kind: 'moons', noise: 0.2 });
});

test('a figure of slices brings the plane that it shows', () => {
  expect(preset('drawing-the-surface.slice-3d').panel).toMatchObject({
    kind: 'slice-surface',
    analysis: { directions: 'three-solutions', plane: [0, 1, 2] },
  });
});

test('the list is small enough to be fetched at a touch', () => {
  expect(JSON.stringify(presets).length).toBeLessThan(60_000);
});

test('a figure without a preset of its own leads to the experiment that it draws', async () => {
  expect(await presetOfFigure('03-where-they-end', 'fifty-test-accuracy', 'fifty')).toBe(
    'where-they-end.fifty-test-accuracy',
  );
  expect(await presetOfFigure('03-where-they-end', undefined, 'fifty')).toBe('fifty');
  expect(await presetOfFigure('03-where-they-end', undefined, 'optimisers')).toMatch(
    /^optimisers\./,
  );
  expect(await presetOfFigure('03-where-they-end', 'x', 'nowhere')).toBeNull();
});

test('a tag is read with its state, its title and its place', () => {
  const mdx = `<Figure figure="a" study="s" analyses="x y" id="i" state={{ only: ['p', 'q'], at: 0.5, on: true }}>

  <Fragment slot="title">One *thing* <Term id="t">more</Term></Fragment>
</Figure>`;
  expect(figuresIn(mdx, 'a.mdx')).toEqual([
    {
      figure: 'a',
      id: 'i',
      source: 's',
      analyses: ['x', 'y'],
      state: { only: ['p', 'q'], at: 0.5, on: true },
      title: 'One thing more',
    },
  ]);
  expect(() =>
    figuresIn('<Figure figure="a" run="r" state={{ x: f() }}></Figure>', 'a.mdx'),
  ).toThrow(/a\.mdx is no plain literal/);
});
