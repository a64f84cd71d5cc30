// A figure with a surface: the still drawing first, the live view over it once three has come, and its map one key away.
import { eyeEvent, pickEvent, type EyeDetail, type PickDetail } from '../kit/figure.ts';
import type { FigureEnvironment, FigureHandle } from '../kit/figure.ts';
import { initialView, type View } from './surface-camera.ts';
import { viewpointIn, mapViewpoint, viewOfViewpoint } from './viewpoint.ts';
import { muted } from './surface-frame.ts';
import type { LiveView } from './live-view.ts';
import { openPlan, type Plan } from './surface-plan.ts';
import { surfaceScene, type SurfaceScene } from './surface-scene.ts';
import { drawStill } from './still-drawing.ts';
import type { SurfaceData } from './surface-data.ts';

/** What one state of a figure shows; without a surface, a sentence that says why. */
export type SurfaceContent =
  | { readonly surface: SurfaceData; readonly selected: number | null; readonly label: string }
  | { readonly surface: null; readonly absence: string };

type Shown = Extract<SurfaceContent, { label: string }>;

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

/** Draws the figure and returns the handle of the Figure contract; its state may hold an `eye` (see eye.ts). */
export function openSurfaceFigure<Data, State>(
  options: SurfaceFigureOptions<Data, State>,
): FigureHandle<Data, State> {
  const { container, contentOf, home = initialView } = options;
  let { data, state, environment } = options;
  let live: LiveView | null = null;
  let plan: Plan | null = null;
  let scene: SurfaceScene | null = null;
  /** Why there is no live view, once that is known. */
  let stillBecause: string | null = null;
  let isDestroyed = false;
  let isLoading = false;
  let isResting = false;

  /** The block is built again only where its heights changed; new paths alone are cheap. */
  const sceneOf = (surface: SurfaceData): SurfaceScene => {
    scene =
      scene && sameSurface(scene.data, surface)
        ? { ...scene, data: surface }
        : surfaceScene(surface);
    return scene;
  };
  const eye = (): string | null => viewpointIn(state);
  const liveContent = ({ surface, selected, label }: Shown) => ({
    scene: sceneOf(surface),
    selected,
    label,
    home,
    view: viewOfViewpoint(eye(), home),
  });

  const tell = <Detail>(name: string, detail: Detail): void => {
    container.dispatchEvent(new CustomEvent<Detail>(name, { detail, bubbles: true }));
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

  const clear = (): void => {
    live?.destroy();
    plan?.destroy();
    [live, plan] = [null, null];
    container.replaceChildren();
  };

  const showStill = (content: SurfaceContent): void => {
    clear();
    if (!content.surface) return say(content.absence);
    const { width, height } = environment;
    const { surface, selected, label } = content;
    const view = viewOfViewpoint(eye(), home);
    drawStill(container, surface, { view, selected, width, height, label });
    if (stillBecause) say(stillBecause);
  };

  const standStill = (reason: string): void => {
    stillBecause = reason;
    showStill(contentOf(data, state));
  };

  const comeAlive = async (): Promise<void> => {
    if (isLoading || isResting || live || stillBecause || !environment.interactive) return;
    isLoading = true;
    try {
      const { openLiveView } = await import('./live-view.ts');
      const content = contentOf(data, state);
      if (isDestroyed || isResting || !content.surface || eye() === mapViewpoint) return;
      const still = [...container.children];
      live = openLiveView(container, liveContent(content), environment, {
        lost: () =>
          standStill(
            'The browser took back its graphics context, so the surface stands still; reload the page to turn it again.',
          ),
        turned: (turned) => tell<EyeDetail>(eyeEvent, { eye: turned }),
      });
      for (const element of still) element.remove();
    } catch {
      if (!isDestroyed) {
        standStill('This browser offers no WebGL, so the surface stands still.');
      }
    } finally {
      isLoading = false;
    }
  };

  /** The live view stays open behind the map, so that the way back is short. */
  const showPlan = (content: Shown): void => {
    const { surface, selected, label } = content;
    const next = { scene: sceneOf(surface), selected, label };
    if (plan) return plan.update(next);
    const hadFocus = container.contains(container.ownerDocument.activeElement);
    if (live) live.root.hidden = true;
    else container.replaceChildren();
    plan = openPlan(container, next, environment, (network) =>
      tell<PickDetail>(pickEvent, { network }),
    );
    if (hadFocus) plan.root.focus({ preventScroll: true });
  };

  const show = (): void => {
    const content = contentOf(data, state);
    if (content.surface && eye() === mapViewpoint) return showPlan(content);
    const cameFromPlan = plan !== null;
    const hadFocus = plan?.root.contains(container.ownerDocument.activeElement) ?? false;
    plan?.destroy();
    plan = null;
    if (live && content.surface) {
      live.root.hidden = false;
      live.update(liveContent(content));
    } else {
      showStill(content);
      if (content.surface) void comeAlive();
    }
    if (cameFromPlan && hadFocus) container.querySelector<HTMLElement>('canvas')?.focus();
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
      plan?.resize(next.width, next.height);
      if (live) live.resize(next);
      if (!plan && !live) show();
    },
    rest() {
      isResting = true;
      // The still drawing keeps the room, and stands on paper if the page is printed.
      if (live && !plan) showStill(contentOf(data, state));
      else live?.destroy();
      live = null;
    },
    wake() {
      if (!isResting) return;
      isResting = false;
      if (!plan) void comeAlive();
    },
    destroy() {
      isDestroyed = true;
      clear();
    },
  };
}
