// Picking by keys, updating and resizing, as the page does it.
import type { RunDisplay } from '../../../../src/artifact/display.ts';
import type { Figure } from '../../../../src/figures/kit/figure.ts';
import { describe, expect, it } from 'vitest';
import { pickEvent, type PickDetail } from '../../../../src/figures/kit/figure.ts';
import { figures } from '../../../../src/figures/index.ts';
import { lossCurves } from '../../../../src/figures/outcomes/loss-curves.ts';
import { emptyContainer, smallRun } from '../drawing.ts';

function drawLive() {
  const container = emptyContainer();
  const environment = { width: 560, height: 336, interactive: true, reducedMotion: true };
  const handle = lossCurves.draw(container, smallRun(), lossCurves.initial, environment);
  const svg = container.querySelector('svg')!;
  const picks: (number | null)[] = [];
  container.addEventListener(pickEvent, (event) =>
    picks.push((event as CustomEvent<PickDetail>).detail.network),
  );
  const press = (key: string): void => {
    const view = container.ownerDocument.defaultView!;
    svg.dispatchEvent(Object.assign(new view.Event('keydown', { cancelable: true }), { key }));
  };
  return { container, handle, svg, picks, press, environment };
}

describe('a figure come alive', () => {
  it('is a slider over network numbers that arrow keys move', () => {
    const { svg, picks, press } = drawLive();
    expect(svg.getAttribute('role')).toBe('slider');
    expect(svg.getAttribute('aria-valuetext')).toBe('no network picked');
    for (const key of ['ArrowRight', 'ArrowRight', 'End', 'ArrowRight', 'Home', 'Escape'])
      press(key);
    expect(picks).toEqual([0, 1, 3, 0, null]);
  });

  it('shows the picked network and says its value', () => {
    const { svg, press } = drawLive();
    press('End');
    expect(svg.getAttribute('aria-valuenow')).toBe('3');
    expect(svg.getAttribute('aria-valuetext')).toBe('network 3: training loss 0.0625');
    expect(svg.textContent).toContain('network 3');
  });

  it('follows the state and the data it is given', () => {
    const { svg, handle } = drawLive();
    handle.update({ ...lossCurves.initial, selected: 1 });
    expect(svg.textContent).toContain('network 1');
    handle.update({ ...lossCurves.initial, quantity: 'gradientNorm' });
    expect(svg.textContent).toContain('Gradient norm');
    expect(svg.textContent).not.toContain('network 1');
    handle.update(lossCurves.initial, smallRun({ diverges: true }));
    expect(svg.getAttribute('aria-label')).toContain('1 diverged');
  });

  it('draws again at another size', () => {
    const { svg, handle, environment } = drawLive();
    handle.resize({ ...environment, width: 320, height: 280 });
    expect(svg.getAttribute('viewBox')).toBe('0 0 320 280');
    expect(svg.querySelectorAll('.layer-curves path')).toHaveLength(4);
  });

  it('leaves nothing behind', () => {
    const { container, handle } = drawLive();
    handle.destroy();
    expect(container.innerHTML).toBe('');
  });
});

/** Those that draw a study have tests of their own, with results to draw. */
const ofRuns = Object.entries(figures).filter(([, { parts }]) => parts !== undefined);

describe('every figure of a run in the registry', () => {
  const widths = [320, 560, 760];
  it.each(ofRuns)('%s draws still, complete and without styles', async (name, { load }) => {
    const figure = (await load()) as Figure<RunDisplay, object>;
    expect(figure.name).toBe(name);
    for (const width of widths) {
      const container = emptyContainer();
      figure.draw(container, smallRun(), figure.initial, {
        width,
        height: figure.height(width),
        interactive: false,
        reducedMotion: true,
      });
      expect(container.querySelector('svg')).not.toBeNull();
      expect(container.innerHTML).not.toMatch(/NaN|undefined|Infinity/);
      expect(figure.describe(smallRun(), figure.initial).length).toBeGreaterThan(20);
    }
  });
});
