// A figure with a surface: the still drawing first, the live view over it once three has come.
import type { FigureEnvironment, FigureHandle } from '../figure.ts';
import { initialView, type View } from './camera.ts';
import { muted } from './frame.ts';
import type { LiveView } from './live-view.ts';
import { surfaceScene, type SurfaceScene } from './scene.ts';
import { drawStill } from './still-drawing.ts';
import type { SurfaceData } from './surface-data.ts';

/** What one state of a figure shows; without a surface, a sentence that says why. */
export type SurfaceContent =
  | { readonly surface: SurfaceData; readonly selected: number | null; readonly label: string }
  | { readonly surface: null; readonly absence: string };

export interface SurfaceFigureOptions<Data, State> {
  readonly container: HTMLElement;
  readonly data: Data;
  readonly state: State;
  readonly environment: FigureEnvironment;
  /** Where the reader stands first; the usual place where absent. */
  readonly home?: View;
  contentOf(data: Data, state: State): SurfaceContent;
}

const sameSurface = (a: SurfaceData, b: SurfaceData): boolean =>
  a.heights === b.heights &&
  a.xs === b.xs &&
  a.ys === b.ys &&
  a.good === b.good &&
  JSON.stringify(a.heightScale) === JSON.stringify(b.heightScale);

/** Draws the figure and returns the handle of the Figure contract. */
export function openSurfaceFigure<Data, State>(
  options: SurfaceFigureOptions<Data, State>,
): FigureHandle<Data, State> {
  const { container, contentOf, home = initialView } = options;
  let { data, state, environment } = options;
  let live: LiveView | null = null;
  let scene: SurfaceScene | null = null;
  /** Why there is no live view, once that is known. */
  let stillBecause: string | null = null;
  let isDestroyed = false;
  let isLoading = false;

  /** The block is built again only where its heights changed; new paths alone are cheap. */
  const sceneOf = (surface: SurfaceData): SurfaceScene => {
    scene =
      scene && sameSurface(scene.data, surface)
        ? { ...scene, data: surface }
        : surfaceScene(surface);
    return scene;
  };

  const say = (sentence: string): void => {
    const note = container.ownerDocument.createElement('p');
    note.className = 'surface-note';
    note.textContent = sentence;
    note.setAttribute('role', 'status');
    note.style.color = muted;
    note.style.font = '13px var(--font-ui, system-ui, sans-serif)';
    container.append(note);
  };

  const showStill = (content: SurfaceContent): void => {
    container.replaceChildren();
    if (!content.surface) return say(content.absence);
    const { width, height } = environment;
    const { surface, selected, label } = content;
    drawStill(container, surface, { view: home, selected, width, height, label });
    if (stillBecause) say(stillBecause);
  };

  const standStill = (reason: string): void => {
    live?.destroy();
    live = null;
    stillBecause = reason;
    showStill(contentOf(data, state));
  };

  const comeAlive = async (): Promise<void> => {
    if (isLoading || live || stillBecause || !environment.interactive) return;
    isLoading = true;
    try {
      const { openLiveView } = await import('./live-view.ts');
      const content = contentOf(data, state);
      if (isDestroyed || !content.surface) return;
      const { selected, label } = content;
      const still = [...container.children];
      live = openLiveView(
        container,
        { scene: sceneOf(content.surface), selected, label, home },
        environment,
        () =>
          standStill(
            'The browser took back its graphics context, so the surface stands still; reload the page to turn it again.',
          ),
      );
      for (const element of still) element.remove();
    } catch {
      if (!isDestroyed) {
        standStill('This browser offers no WebGL, so the surface stands still.');
      }
    } finally {
      isLoading = false;
    }
  };

  const show = (): void => {
    const content = contentOf(data, state);
    if (live && content.surface) {
      const { selected, label } = content;
      live.update({ scene: sceneOf(content.surface), selected, label, home });
      return;
    }
    live?.destroy();
    live = null;
    showStill(content);
    if (content.surface) void comeAlive();
  };

  show();
  return {
    update(nextState, nextData) {
      state = nextState;
      data = nextData ?? data;
      show();
    },
    resize(next) {
      environment = next;
      if (live) live.resize(next);
      else show();
    },
    destroy() {
      isDestroyed = true;
      live?.destroy();
      live = null;
      container.replaceChildren();
    },
  };
}
