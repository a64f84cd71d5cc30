// The landscape in three dimensions: loss as height over a plane through weight space, with the networks' paths on it.
import { figureOf } from '../kit/define-figure.ts';
import type { FigureControl } from '../kit/figure.ts';
import { withGuessCaption } from '../kit/guess-caption.ts';
import { landscapeControls } from '../slices/landscape-numbers.ts';
import { isStudy, type LandscapeData } from '../slices/landscape-view.ts';
import {
  planeControl,
  playControl,
  quantitiesOf,
  quantityControl,
} from '../slices/slice-controls.ts';
import { slicesOfStudy } from '../slices/slice-planes.ts';
import { initialView } from './surface-camera.ts';
import { surfaceOfRun } from './run-surface.ts';
import { suitableHeight } from './surface-layout.ts';
import { studyHome, surfaceOfStudy } from './study-surface.ts';
import { openSurfaceFigure, type SurfaceContent } from './surface-figure.ts';
import {
  heightControl,
  landscapeSurfaceState,
  type LandscapeSurfaceState,
  type SurfaceView,
} from './surface-view.ts';

const viewOf = (data: LandscapeData, state: LandscapeSurfaceState): SurfaceView | string =>
  isStudy(data) ? surfaceOfStudy(data, state) : surfaceOfRun(data, state);

function contentOf(data: LandscapeData, state: LandscapeSurfaceState): SurfaceContent {
  const view = viewOf(data, state);
  return typeof view === 'string'
    ? { surface: null, absence: view }
    : { surface: view.surface, selected: state.selected, label: view.describe() };
}

function controls(data: LandscapeData): FigureControl[] {
  if (!isStudy(data)) return [...landscapeControls(data), heightControl];
  const planes = slicesOfStudy(data)?.planes ?? [];
  return [
    ...(planes.length > 1 ? [planeControl(planes)] : []),
    ...quantityControl(quantitiesOf(planes)),
    heightControl,
    ...playControl(planes),
  ];
}

export const landscapeSurface = figureOf<LandscapeData, LandscapeSurfaceState, SurfaceView>(
  {
    name: 'landscape-surface',
    state: landscapeSurfaceState,
    height: suitableHeight,
    view: viewOf,
    describe: (view) => view.describe(),
    table: (view) => view.table(),
    controls,
    fidelity: (view) => view.fidelity(),
  },
  (container, data, state, environment) => {
    const { picture, caption } = withGuessCaption(container);
    const home = isStudy(data) ? studyHome : initialView;
    const options = { container: picture, data, state, environment, contentOf, home };
    const handle = openSurfaceFigure(options);
    caption.set(state.guess);
    return {
      ...handle,
      update(next, nextData) {
        handle.update(next, nextData);
        caption.set(next.guess);
      },
      destroy() {
        handle.destroy();
        container.replaceChildren();
      },
    };
  },
);
