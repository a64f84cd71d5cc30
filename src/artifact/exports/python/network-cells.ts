// The part of the Python script that reads the files and builds the networks.
import type { Activation } from '../../../learning/experiment.ts';
import { shapeOf, type ExportedRun } from '../exported-run.ts';
import { lines, pythonBool, pythonList, pythonString, type Cell } from './cell.ts';

/** As PyTorch names them; gelu is the exact one. */
const modules: Readonly<Record<Activation, string>> = {
  tanh: 'nn.Tanh',
  relu: 'nn.ReLU',
  gelu: 'nn.GELU',
  sigmoid: 'nn.Sigmoid',
  linear: 'nn.Identity',
};

export function networkCells(run: ExportedRun, network: number): readonly Cell[] {
  return [settings(run, network), files(), build(run), measure(run), compare()];
}

function settings(run: ExportedRun, network: number): Cell {
  const { experiment, statistics } = run;
  const shape = shapeOf(run);
  return {
    id: 'settings',
    words: lines(`
      ## Settings

      What was trained. Everything else is read from the files.
    `),
    code: lines(`
      import csv
      import json
      from pathlib import Path

      import matplotlib.pyplot as plt
      import numpy as np
      import torch
      from matplotlib.colors import LogNorm
      from torch import nn
      from torch.nn import functional as F

      # The folder of this file; a notebook does not know its own and runs in it.
      FOLDER = Path(globals().get("__file__", "notebook")).resolve().parent

      TITLE = ${pythonString(experiment.title || experiment.name)}
      SIZES = ${pythonList(shape.sizes)}  # units of every layer, inputs first
      ACTIVATION = ${modules[shape.activation]}
      BIAS = ${pythonBool(shape.bias)}
      CONVERGED_BELOW = ${statistics.threshold}  # training loss
      PICKED = ${network}  # the network in network-${network}.safetensors

      # Loss Atlas computes in 32 bits and this script in 64, so that the differences below are Loss Atlas's rounding.
      torch.set_default_dtype(torch.float64)
      torch.set_grad_enabled(False)
    `),
  };
}

const files = (): Cell => ({
  id: 'files',
  words: lines(`
    ## Files

    A safetensors file is the length of its header (8 bytes), the header (JSON) and the numbers.
  `),
  code: lines(`
    DTYPES = {"F64": "<f8", "F32": "<f4", "I64": "<i8", "I32": "<i4", "U16": "<u2", "U8": "u1"}


    def read_safetensors(name):
        """The arrays of a file by name, and its metadata."""
        raw = (FOLDER / name).read_bytes()
        start = 8 + int.from_bytes(raw[:8], "little")
        header = json.loads(raw[8:start])
        metadata = header.pop("__metadata__", {})
        arrays = {}
        for key, entry in header.items():
            begin, end = entry["data_offsets"]
            values = np.frombuffer(raw[start + begin : start + end], dtype=DTYPES[entry["dtype"]])
            arrays[key] = values.reshape(entry["shape"])
        return arrays, metadata


    weights, _ = read_safetensors("weights.safetensors")
    training, _ = read_safetensors("training.safetensors")
    data, _ = read_safetensors("data.safetensors")

    snapshots = torch.tensor(weights["snapshots"], dtype=torch.float64)  # [snapshots, networks, parameters]
    print(f"{snapshots.shape[1]} networks of {snapshots.shape[2]} parameters, {snapshots.shape[0]} snapshots each")
  `),
});

function build(run: ExportedRun): Cell {
  const { residual } = shapeOf(run);
  const forward = lines(`
    class ResidualNetwork(nn.Sequential):
        """Linear, activation, Linear, activation, ..., Linear; a hidden layer as wide as its input adds that input."""

        def forward(self, x):
            *hidden, last = self
            for linear, activation in zip(hidden[0::2], hidden[1::2]):
                y = activation(linear(x))
                x = x + y if x.shape == y.shape else y
            return last(x)
  `);
  const kind = residual ? 'ResidualNetwork' : 'nn.Sequential';
  return {
    id: 'network',
    words: lines(`
      ## The network

      One network is a flat vector: for each layer W (inputs by outputs, row by row), then b. A layer computes
      x @ W + b; PyTorch's \`nn.Linear\` keeps the transpose of W. \`build_network\` makes an ordinary module of it,
      \`outputs_of_many\` computes many networks at once, for the landscape.
    `),
    code: `${residual ? `${forward}\n\n\n` : ''}${lines(`
      def layers_of(flat):
          """W [..., inputs, outputs] and b [..., outputs] (or None) of each layer, from weights [..., parameters]."""
          position = 0
          for inputs, outputs in zip(SIZES, SIZES[1:]):
              W = flat[..., position : position + inputs * outputs].unflatten(-1, (inputs, outputs))
              position += inputs * outputs
              b = flat[..., position : position + outputs] if BIAS else None
              position += outputs if BIAS else 0
              yield W, b
          assert position == flat.shape[-1], "these weights are of another network"


      def build_network(flat):
          """The module with these weights [parameters]."""
          modules = []
          for W, b in layers_of(flat):
              linear = nn.Linear(*W.shape, bias=BIAS)
              linear.weight.copy_(W.T)
              if BIAS:
                  linear.bias.copy_(b)
              modules += [linear, ACTIVATION()]
          return ${kind}(*modules[:-1])


      def outputs_of_many(flat, x):
          """Outputs [networks, samples, outputs] of networks [networks, parameters] for x [samples, features]."""
          activation = ACTIVATION()
          hidden = x.expand(len(flat), *x.shape)
          layers = list(layers_of(flat))
          for layer, (W, b) in enumerate(layers):
              y = hidden @ W if b is None else torch.baddbmm(b[:, None, :], hidden, W)
              if layer == len(layers) - 1:
                  return y
              ${
                residual
                  ? 'y = activation(y)\n              hidden = hidden + y if hidden.shape == y.shape else y'
                  : 'hidden = activation(y)'
              }
    `)}`,
  };
}

function measure(run: ExportedRun): Cell {
  const { experiment, data } = run;
  const classes = data.classNames.length > 0;
  const targets = classes
    ? 'torch.tensor(data[f"{name}Labels"].astype(np.int64))'
    : 'torch.tensor(data[f"{name}Targets"].astype(np.float64))';
  const loss =
    experiment.loss === 'cross-entropy'
      ? `loss = F.cross_entropy(outputs.movedim(-1, 1), wanted, reduction="none").mean(-1)`
      : classes
        ? `loss = ((outputs - F.one_hot(wanted, SIZES[-1])) ** 2).mean((-2, -1))`
        : `loss = ((outputs - wanted) ** 2).mean((-2, -1))`;
  const accuracy = classes
    ? '(outputs.argmax(-1) == wanted).double().mean(-1)'
    : 'None  # a regression has no right and wrong';
  const said =
    experiment.loss === 'cross-entropy'
      ? 'The mean cross-entropy of the softmax'
      : classes
        ? 'The mean squared distance between outputs and one-hot classes'
        : 'The mean squared error';
  return {
    id: 'loss',
    words: lines(`
      ## Loss and accuracy

      ${said}, over all samples of a part.
    `),
    code: lines(`
      def part(name):
          """Inputs [samples, features] and targets of 'train' or 'test'; None where there is no such part."""
          if f"{name}Inputs" not in data:
              return None
          inputs = torch.tensor(data[f"{name}Inputs"].astype(np.float64))
          return inputs, ${targets}


      def loss_and_accuracy(outputs, targets):
          """Of each network, for outputs [networks, samples, outputs]."""
          wanted = targets.expand(len(outputs), *targets.shape)
          ${loss}
          accuracy = ${accuracy}
          return loss, accuracy


      parts = {name: part(name) for name in ("train", "test") if part(name)}
    `),
  };
}

const compare = (): Cell => ({
  id: 'compare',
  words: lines(`
    ## A ruler for differences

    The difference of two numbers is taken relative to the exported one where that is larger than 1. Where the
    export has no number (a network that diverged), there is nothing to compare.
  `),
  code: lines(`
    TOLERANCE = 1e-4  # of losses, outputs and coordinates: 32-bit rounding, added up over samples and layers
    FLIPS = 2  # samples whose class may change: two outputs that are equal in 32 bits need not be in 64

    results = []


    def compare(what, ours, exported, tolerance=TOLERANCE):
        """Notes the largest difference between PyTorch's numbers and the exported ones."""
        ours, exported = np.asarray(ours, dtype=float), np.asarray(exported, dtype=float)
        known = np.isfinite(exported)
        gaps = np.abs(ours[known] - exported[known]) / np.maximum(1, np.abs(exported[known]))
        # A gap that is no number (PyTorch has none where the export has one) counts as infinite.
        largest = float(np.max(np.nan_to_num(gaps, nan=np.inf), initial=0))
        results.append((what, largest, tolerance))
        print(f"{what}: {known.sum()} numbers, largest difference {largest:.1e} (tolerance {tolerance:.1e})")
  `),
});
