// The part of the Python script that draws the landscape, and its last word.
import type { ExportedRun } from '../exported-run.ts';
import { lines, type Cell } from './cell.ts';

export const pictureCells = (run: ExportedRun): readonly Cell[] =>
  run.landscapeInPlane ? [picture(run), verdict()] : [verdict()];

function picture(run: ExportedRun): Cell {
  const isPca = run.landscapeInPlane?.landscape.kind === 'pca';
  const axes = isPca
    ? 'ax.set_xlabel(f"component 1 ({explained[0]:.1%} of variance)")\n      ax.set_ylabel(f"component 2 ({explained[1]:.1%} of variance)")'
    : 'ax.set(xlabel="weight 1", ylabel="weight 2")';
  return {
    id: 'picture',
    words: lines(`
      ## The picture

      Contours of the training loss, the way of every network from its start (small dot), and where it ended: a disc
      if it converged, a cross if it is stuck. Networks lie off the plane, so their own loss is not the contour's.
    `),
    code: lines(`
      fig, ax = plt.subplots(figsize=(8, 7), constrained_layout=True)
      heights = np.ma.masked_invalid(loss)
      lowest, highest = heights.min(), heights.max()
      logarithmic = lowest > 0 and highest / lowest > 10
      levels = np.geomspace(lowest, highest, 25) if logarithmic else np.linspace(lowest, highest, 25)
      levels = np.unique(levels) if highest > lowest else None
      filled = ax.contourf(xs, ys, heights, levels=levels, norm=LogNorm() if logarithmic else None, cmap="cividis")
      ax.contour(xs, ys, heights, levels=levels, colors="black", linewidths=0.3, alpha=0.5)
      fig.colorbar(filled, ax=ax, label="training loss", format="%.3g")

      ways = landscape["coordinates"]
      for network in range(ways.shape[1]):
          ax.plot(ways[:, network, 0], ways[:, network, 1], color="white", linewidth=0.8, alpha=0.7)
      ax.scatter(*ways[0].T, s=6, color="white", label="start")
      for outcome, marker, colour in (("converged", "o", "#e76f51"), ("stuck", "X", "#f4d35e")):
          ends = ways[-1][outcomes == outcome]
          style = dict(marker=marker, color=colour, edgecolor="black", linewidth=0.7)
          ax.scatter(*ends.T, s=45, **style, label=f"{outcome} ({len(ends)})")
      ${axes}
      ax.set_title(TITLE)
      ax.legend(loc="upper right")
      fig.savefig(FOLDER / "landscape.png", dpi=160)
      print("drawn: landscape.png (networks that diverged are left out)")
    `),
  };
}

const verdict = (): Cell => ({
  id: 'verdict',
  words: lines(`
    ## The verdict
  `),
  code: lines(`
    failed = [what for what, largest, tolerance in results if largest > tolerance]
    if failed:
        raise SystemExit(f"PyTorch disagrees with Loss Atlas about: {', '.join(failed)}")
    print(f"PyTorch agrees with Loss Atlas in {len(results)} comparisons.")
  `),
});
