// The frame of a panel: its head with what arranges it, the place of its picture, and what stands below.
import { catalogue } from './panel-catalogue.ts';
import type { PanelState } from '../lab-state.ts';
import { themes, type PanelKind, type Theme } from './panel-kind.ts';

const icon = (path: string): string =>
  `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;

const arrange = [
  ['earlier', 'Move earlier', 'M10 3 5 8l5 5'],
  ['later', 'Move later', 'm6 3 5 5-5 5'],
  ['wide', 'Whole width', 'M1.5 8h13M4.5 5l-3 3 3 3M11.5 5l3 3-3 3'],
  ['close', 'Close', 'm3.5 3.5 9 9m0-9-9 9'],
] as const;

const html = `
<header class="panel-head">
  <h3 class="visually-hidden" data-title></h3>
  <label class="panel-choice"><span class="visually-hidden">Picture of this panel</span><select data-kind autocomplete="off"></select></label>
  <div class="panel-arrange" role="group" aria-label="Arrange this panel">${arrange
    .map(
      ([act, name, path]) =>
        `<button type="button" data-act="${act}" aria-label="${name}" title="${name}">${icon(path)}</button>`,
    )
    .join('')}</div>
</header>
<p class="panel-help" data-help></p>
<div class="panel-run" data-run hidden></div>
<details class="panel-settings" data-settings hidden><summary>Settings of this picture</summary><div data-form></div></details>
<div class="panel-ask" data-ask hidden>
  <button type="button" class="panel-compute" data-act="compute">Compute</button>
  <progress max="1" hidden></progress>
  <span class="panel-doing" data-doing></span>
  <button type="button" data-act="cancel" hidden>Cancel</button>
</div>
<p class="panel-note" data-note role="status"></p>
<figure class="figure panel-figure">
  <div class="panel-picture" data-picture><p class="panel-waits" data-waits></p><div class="panel-drawing" data-drawing></div></div>
  <div data-controls></div>
  <figcaption data-foot hidden>
    <p class="figure-honesty" data-honesty hidden></p>
    <details class="about-picture" data-about>
      <summary>About this picture</summary>
      <div class="about-body">
        <div class="about-part" data-trust hidden><p class="about-name">How far to trust it</p><p data-fidelity></p></div>
        <div class="about-part"><p class="about-name">In words</p><p data-description></p></div>
        <div class="about-part about-numbers" data-table><p class="about-name">The numbers</p><div data-table-body></div></div>
        <div class="about-part about-take"><p class="about-name">Take it with you</p><div class="figure-tools" role="group" aria-label="Save this picture">
          <button type="button" data-save="png" aria-label="Save as PNG image">PNG</button>
          <button type="button" data-save="svg" aria-label="Save as SVG drawing">SVG</button>
          <button type="button" data-save="csv" aria-label="Save the numbers as CSV">CSV</button>
        </div></div>
      </div>
    </details>
  </figcaption>
</figure>`;

/** An empty panel; its parts are found by their data attributes. */
export function cardFrame(): HTMLElement {
  const card = document.createElement('section');
  card.className = 'panel';
  card.innerHTML = html;
  card.querySelector<HTMLSelectElement>('[data-kind]')!.append(...kindOptions());
  return card;
}

/** All kinds, by theme, for a list to choose from. */
export function kindOptions(): HTMLOptGroupElement[] {
  return (Object.keys(themes) as Theme[]).map((theme) => {
    const group = document.createElement('optgroup');
    group.label = themes[theme];
    for (const kind of catalogue)
      if (kind.theme === theme) group.append(new Option(kind.title, kind.kind));
    return group;
  });
}

/** Head and width as the panel says; of a kind that nobody knows, its name alone. */
export function dress(
  card: HTMLElement,
  name: string,
  panel: PanelState,
  kind: PanelKind | null,
): void {
  const part = (of: string) => card.querySelector<HTMLElement>(`[data-${of}]`)!;
  card.dataset['panel'] = panel.kind;
  card.toggleAttribute('data-wide', panel.wide);
  card.querySelector('[data-act="wide"]')!.setAttribute('aria-pressed', String(panel.wide));
  (part('kind') as HTMLSelectElement).value = kind?.kind ?? '';
  part('title').textContent = kind?.title ?? panel.kind;
  part('title').id = `${name}-title`;
  card.setAttribute('aria-labelledby', `${name}-title`);
  part('help').textContent = kind?.help ?? '';
}
