// The part of the Python script that measures everything again and compares it with the export.
import type { ExportedRun } from '../exported-run.ts';
import { lines, type Cell } from './cell.ts';

export function checkCells(run: ExportedRun): readonly Cell[] {
  const cells = [curves(run), statistics(), picked()];
  return run.landscapeInPlane ? [...cells, plane(run), surface(run)] : cells;
}

const hasClasses = ({ data }: ExportedRun): boolean => data.classNames.length > 0;

/** Lines that only some runs need, each with the line break before it. */
const optional = (condition: boolean, text: string, indent: number): string =>
  condition
    ? lines(text)
        .split('\n')
        .map((line) => `\n${' '.repeat(indent)}${line}`)
        .join('')
    : '';

const curves = (run: ExportedRun): Cell => ({
  id: 'curves',
  words: lines(`
    ## Do the networks lose what Loss Atlas says?

    Every network is built as a module at every snapshot for which losses were recorded, and measured anew.
  `),
  code: lines(`
    record_of = {int(step): record for record, step in enumerate(training["steps"])}
    recorded = [(s, record_of[int(step)]) for s, step in enumerate(weights["snapshotSteps"]) if int(step) in record_of]
    records = [record for _, record in recorded]

    for name, (x, targets) in parts.items():
        measured = [
            loss_and_accuracy(torch.stack([build_network(flat)(x) for flat in snapshots[s]]), targets)
            for s, _ in recorded
        ]
        compare(f"{name} loss", torch.stack([loss for loss, _ in measured]), training[f"{name}Loss"][records])${optional(
          hasClasses(run),
          `compare(
    f"{name} accuracy",
    torch.stack([accuracy for _, accuracy in measured]),
    training[f"{name}Accuracy"][records],
    tolerance=(FLIPS + 0.5) / len(x),
)`,
          8,
        )}
  `),
});

const statistics = (): Cell => ({
  id: 'statistics',
  words: lines(`
    ## And the statistics?

    They are those of the last record, over the networks that did not diverge.
  `),
  code: lines(`
    with open(FOLDER / "statistics.csv", newline="") as file:
        statistics = {row["quantity"]: row for row in csv.DictReader(file)}
    with open(FOLDER / "networks.csv", newline="") as file:
        outcomes = np.array([row["outcome"] for row in csv.DictReader(file)])

    sound = outcomes != "diverged"
    if sound.any() and weights["snapshotSteps"][-1] == training["steps"][-1]:
        for name, (x, targets) in parts.items():
            losses, _ = loss_and_accuracy(torch.stack([build_network(flat)(x) for flat in snapshots[-1]]), targets)
            final = losses.numpy()[sound]
            row = statistics[f"{name}_loss"]
            compare(f"mean {name} loss", final.mean(), row["mean"])
            compare(f"median {name} loss", np.median(final), row["median"])
            if len(final) > 1:
                compare(f"standard deviation of {name} loss", final.std(ddof=1), row["standard_deviation"])
            if name == "train":
                # A loss within rounding of the threshold may fall on either side.
                near = np.abs(final - CONVERGED_BELOW) < TOLERANCE
                below = int((final[~near] < CONVERGED_BELOW).sum())
                compare("networks converged", below, int((outcomes[sound][~near] == "converged").sum()), tolerance=0)
    for outcome in ("converged", "stuck", "diverged"):
        print(f"{outcome}: {(outcomes == outcome).sum()}")
  `),
});

const picked = (): Cell => ({
  id: 'picked',
  words: lines(`
    ## One network, ready to use

    \`network-N.safetensors\` is the state dict of one network; \`load_state_dict\` takes it as it is.
  `),
  code: lines(`
    state, _ = read_safetensors(f"network-{PICKED}.safetensors")
    model = build_network(torch.zeros_like(snapshots[-1, PICKED]))
    model.load_state_dict({name: torch.tensor(values, dtype=torch.float64) for name, values in state.items()})

    x, targets = parts["train"]
    compare(f"outputs of network {PICKED}", model(x), build_network(snapshots[-1, PICKED])(x), tolerance=1e-12)
    print(model)
  `),
});

function plane(run: ExportedRun): Cell {
  const isPca = run.landscapeInPlane?.landscape.kind === 'pca';
  return {
    id: 'plane',
    words: lines(`
      ## The plane

      A point (x, y) of the plane is \`origin + x * directions[0] + y * directions[1]\`. ${
        isPca
          ? 'The directions are the two leading principal components of all snapshots of all networks; networks that diverged take part with their first weights alone.'
          : 'This network has two weights, which are the plane themselves.'
      }
    `),
    code: lines(`
      landscape, facts = read_safetensors("landscape.safetensors")
      origin = torch.tensor(landscape["origin"], dtype=torch.float64)
      directions = torch.tensor(landscape["directions"], dtype=torch.float64)  # [2, parameters]

      compare("directions at right angles, of length 1", directions @ directions.T, np.eye(2))

      # The snapshots that the landscape was drawn of: a run may have gone on since.
      drawn_of = [int(np.flatnonzero(weights["snapshotSteps"] == step)[0]) for step in landscape["snapshotSteps"]]
      drawn = snapshots[drawn_of]
      coordinates = (drawn - origin) @ directions.T  # [snapshots, networks, 2]
      compare("coordinates of snapshots", coordinates, landscape["coordinates"])
      off_plane = (drawn - origin - coordinates @ directions).norm(dim=-1)
      compare("distances from the plane", off_plane, landscape["offPlane"])${optional(
        isPca,
        `

# Which snapshots the plane was fitted to, and how much of their variance it holds.
finite = torch.isfinite(drawn).all(-1).numpy()
fitted = finite & (training["divergedAt"] < 0)
fitted[0] |= finite[0]
centred = drawn[torch.tensor(fitted)] - origin
explained = json.loads(facts["explainedVariance"])[:2]
shares = ((centred @ directions.T) ** 2).sum(0) / (centred**2).sum()
compare("variance explained", shares[: len(explained)], explained)
compare("origin is the mean", centred.mean(0), np.zeros(len(origin)))`,
        6,
      )}
    `),
  };
}

const surface = (run: ExportedRun): Cell => ({
  id: 'surface',
  words: lines(`
    ## The surface

    The loss at every point of the grid: as many networks as there are points.
  `),
  code: lines(`
    xs, ys = (torch.tensor(landscape[name], dtype=torch.float64) for name in ("xs", "ys"))
    grid_y, grid_x = torch.meshgrid(ys, xs, indexing="ij")
    points = origin + grid_x.reshape(-1, 1) * directions[0] + grid_y.reshape(-1, 1) * directions[1]


    def surface(name):
        """Loss and accuracy of a part at every grid point, [ys, xs]."""
        x, targets = parts[name]
        # Blocks whose largest layer takes at most 64 MB.
        block = max(1, 8_000_000 // (len(x) * max(SIZES)))
        measured = [loss_and_accuracy(outputs_of_many(some, x), targets) for some in points.split(block)]
        return [
            None if values[0] is None else torch.cat(values).reshape(grid_x.shape).numpy() for values in zip(*measured)
        ]


    loss, accuracy = surface("train")
    compare("loss on the grid", loss, landscape["loss"])${optional(
      run.landscapeInPlane?.landscape.accuracy !== null,
      'samples = len(parts["train"][0])\ncompare("accuracy on the grid", accuracy, landscape["accuracy"], tolerance=(FLIPS + 0.5) / samples)',
      4,
    )}${optional(
      run.landscapeInPlane?.landscape.testLoss !== null,
      'compare("test loss on the grid", surface("test")[0], landscape["testLoss"])',
      4,
    )}
  `),
});
