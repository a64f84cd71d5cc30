"""Times one Adam step of all networks in PyTorch: one after the other, and hand-batched with baddbmm."""
import json
import sys
import time

import torch

job = json.loads(sys.argv[1])
torch.set_num_threads(job["threads"])
torch.manual_seed(1)
count, points = job["networks"], job["points"]
x = torch.randn(points, 2)
y = (torch.arange(points) % 2).long()
functions = {"tanh": torch.tanh, "relu": torch.relu}


def median_time(step, steps):
    times = []
    for k in range(steps + 2):
        start = time.perf_counter()
        step()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times[2:])[steps // 2]


def one_by_one(sizes, activation):
    runs = []
    for _ in range(count):
        layers = []
        for a, b in zip(sizes, sizes[1:]):
            layers += [torch.nn.Linear(a, b), {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[activation]()]
        model = torch.nn.Sequential(*layers[:-1])
        runs.append((model, torch.optim.Adam(model.parameters(), lr=0.01)))

    def step():
        for model, optimiser in runs:
            optimiser.zero_grad(set_to_none=True)
            torch.nn.functional.cross_entropy(model(x), y).backward()
            optimiser.step()

    return step


def batched(sizes, activation):
    parameters = []
    for a, b in zip(sizes, sizes[1:]):
        parameters.append((torch.randn(count, a, b) * 0.2).requires_grad_())
        parameters.append(torch.zeros(count, 1, b).requires_grad_())
    optimiser = torch.optim.Adam(parameters, lr=0.01)
    inputs = x.expand(count, points, 2)
    labels = y.repeat(count)
    f = functions[activation]

    def step():
        optimiser.zero_grad(set_to_none=True)
        hidden = inputs
        for k in range(0, len(parameters), 2):
            hidden = torch.baddbmm(parameters[k + 1], hidden, parameters[k])
            if k + 2 < len(parameters):
                hidden = f(hidden)
        loss = torch.nn.functional.cross_entropy(hidden.reshape(count * points, -1), labels) * count
        loss.backward()
        optimiser.step()

    return step


results = {}
for case in job["cases"]:
    arguments = (case["sizes"], case["activation"])
    results[case["name"]] = {
        "oneByOne": median_time(one_by_one(*arguments), 10),
        "batched": median_time(batched(*arguments), 20),
    }
print(json.dumps({"version": torch.__version__, "results": results}))
