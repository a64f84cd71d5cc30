"""Times one Adam step, and one Hessian-vector product, of all networks in PyTorch: one after the other, and hand-batched with baddbmm."""
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


def network(sizes, activation):
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(a, b), {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[activation]()]
    return torch.nn.Sequential(*layers[:-1])


def one_by_one(sizes, activation):
    models = [network(sizes, activation) for _ in range(count)]
    runs = [(model, torch.optim.Adam(model.parameters(), lr=0.01)) for model in models]

    def step():
        for model, optimiser in runs:
            optimiser.zero_grad(set_to_none=True)
            torch.nn.functional.cross_entropy(model(x), y).backward()
            optimiser.step()

    return step


def batched_parameters(sizes):
    parameters = []
    for a, b in zip(sizes, sizes[1:]):
        parameters.append((torch.randn(count, a, b) * 0.2).requires_grad_())
        parameters.append(torch.zeros(count, 1, b).requires_grad_())
    return parameters


def batched_loss(parameters, activation):
    hidden = x.expand(count, points, 2)
    for k in range(0, len(parameters), 2):
        hidden = torch.baddbmm(parameters[k + 1], hidden, parameters[k])
        if k + 2 < len(parameters):
            hidden = functions[activation](hidden)
    return torch.nn.functional.cross_entropy(hidden.reshape(count * points, -1), y.repeat(count)) * count


def batched(sizes, activation):
    parameters = batched_parameters(sizes)
    optimiser = torch.optim.Adam(parameters, lr=0.01)

    def step():
        optimiser.zero_grad(set_to_none=True)
        batched_loss(parameters, activation).backward()
        optimiser.step()

    return step


def product(loss, parameters, vectors):
    """H v by double differentiation."""
    gradients = torch.autograd.grad(loss, parameters, create_graph=True)
    along = sum((g * v).sum() for g, v in zip(gradients, vectors))
    return torch.autograd.grad(along, parameters)


def products_one_by_one(sizes, activation):
    models = [network(sizes, activation) for _ in range(count)]
    runs = [(m, list(m.parameters()), [torch.randn_like(p) for p in m.parameters()]) for m in models]

    def step():
        for model, parameters, vectors in runs:
            product(torch.nn.functional.cross_entropy(model(x), y), parameters, vectors)

    return step


def products_batched(sizes, activation):
    parameters = batched_parameters(sizes)
    vectors = [torch.randn_like(p) for p in parameters]
    return lambda: product(batched_loss(parameters, activation), parameters, vectors)


results = {}
for case in job["cases"]:
    arguments = (case["sizes"], case["activation"])
    results[case["name"]] = {
        "oneByOne": median_time(one_by_one(*arguments), 10),
        "batched": median_time(batched(*arguments), 20),
        "productsOneByOne": median_time(products_one_by_one(*arguments), 10),
        "productsBatched": median_time(products_batched(*arguments), 20),
    }
print(json.dumps({"version": torch.__version__, "results": results}))
