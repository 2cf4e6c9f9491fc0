"""The trainings of the lecture in PyTorch on the CPU.

    python3 chapter_torch.py DIR [NAME ...] [--threads N] [--again]

The arguments and the output are those of chapter_numpy.py.
"""
import argparse
import gzip
import json
import os
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
args.add_argument("dir")
args.add_argument("names", nargs="*")
args.add_argument("--threads", type=int, default=1)
args.add_argument("--again", action="store_true")
args = args.parse_args()
torch.set_num_threads(args.threads)


def read(stem, skip):
    path = os.path.join(args.dir, stem)
    opened = gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb")
    with opened as f:
        return np.frombuffer(f.read(), np.uint8, offset=skip)


def images(stem):
    return torch.from_numpy(read(stem, 16).reshape(-1, 784).astype(np.float32) / 255)


def labels(stem):
    return torch.from_numpy(read(stem, 8).astype(np.int64))


x_train, t_train = images("train-images-idx3-ubyte"), labels("train-labels-idx1-ubyte")
x_test, t_test = images("t10k-images-idx3-ubyte"), labels("t10k-labels-idx1-ubyte")


def make(hidden, init="he", norm=False, dropout=0.0):
    layers, sizes = [], [784] + hidden + [10]
    for i, (m, n) in enumerate(zip(sizes, sizes[1:])):
        affine = nn.Linear(m, n)
        nn.init.normal_(affine.weight, 0, {"he": (2 / m) ** 0.5, "xavier": (1 / m) ** 0.5}.get(init, init))
        nn.init.zeros_(affine.bias)
        layers.append(affine)
        if i < len(sizes) - 2:
            layers += [nn.BatchNorm1d(n)] * norm + [nn.ReLU(inplace=True)]
            layers += [nn.Dropout(dropout)] if dropout else []
    return nn.Sequential(*layers)


def sgd(net, lr=0.01, decay=0.0):
    weights = [p for p in net.parameters() if p.dim() == 2]
    others = [p for p in net.parameters() if p.dim() != 2]
    return torch.optim.SGD([{"params": weights, "weight_decay": decay}, {"params": others}], lr=lr)


def step(net, optimizer, x, t, again=None):
    optimizer.zero_grad(set_to_none=True)
    loss = F.cross_entropy(net(x), t)
    loss.backward()
    optimizer.step()
    if args.again if again is None else again:
        with torch.no_grad():
            return F.cross_entropy(net(x), t).item()
    return loss.item()


def accuracy(net, x, t):
    net.eval()
    with torch.no_grad():
        right = (net(x).argmax(1) == t).float().mean().item()
    net.train()
    return right


def train_side_by_side(nets, optimizers):
    for _ in range(2000):
        i = torch.randint(0, len(x_train), (128,))
        x, t = x_train[i], t_train[i]
        for net, optimizer in zip(nets, optimizers):
            step(net, optimizer, x, t)


def optimizers_training():
    nets = [make([100] * 4) for _ in range(4)]
    sgd_, momentum, adagrad, adam = (net.parameters() for net in nets)
    train_side_by_side(nets, [torch.optim.SGD(sgd_, lr=0.01), torch.optim.SGD(momentum, lr=0.01, momentum=0.9),
                              torch.optim.Adagrad(adagrad, lr=0.01), torch.optim.Adam(adam, lr=0.001)])


def activations_training():
    nets = [make([100] * 4, init) for init in (0.01, "xavier", "he")]
    train_side_by_side(nets, [sgd(net) for net in nets])


def activations_distributions():
    inputs = torch.randn(1000, 100)
    for f in (torch.sigmoid, torch.relu, torch.tanh):
        for std in (1, 0.01, (1 / 100) ** 0.5, (2 / 100) ** 0.5):
            x = inputs
            for _ in range(5):
                x = f(x @ (torch.randn(100, 100) * std))
                torch.histc(x, 30, 0, 1)


def batchnorm_training():
    x, t = x_train[:1000], t_train[:1000]
    for std in np.logspace(0, -4, 16):
        for norm in (True, False):
            net = make([100] * 5, float(std), norm)
            optimizer = sgd(net)
            for n in range(200):
                i = torch.randint(0, 1000, (100,))
                step(net, optimizer, x[i], t[i], again=False)
                if n % 10 == 9:
                    accuracy(net, x, t)


def overfitting(epochs, decay=0.0, dropout=0.0, again=False):
    x, t = x_train[:300], t_train[:300]
    net = make([100] * 6, dropout=dropout)
    optimizer = sgd(net, decay=decay)
    for n in range(3 * epochs):
        i = torch.randint(0, 300, (100,))
        step(net, optimizer, x[i], t[i], again)
        if n % 3 == 2:
            accuracy(net, x, t)
            accuracy(net, x_test, t_test)


def overfitting_weight_decay():
    overfitting(201)
    overfitting(201, decay=0.1)


def overfitting_dropout():
    overfitting(301, again=args.again)
    overfitting(301, dropout=0.2, again=args.again)


def hyperparameters_search():
    for _ in range(100):
        order = torch.randperm(500)
        x, t = x_train[order], t_train[order]
        decay, lr = 10 ** np.random.uniform(-8, -4), 10 ** np.random.uniform(-6, -2)
        net = make([100] * 6)
        optimizer = sgd(net, lr, decay)
        for n in range(200):
            i = 100 + torch.randint(0, 400, (100,))
            step(net, optimizer, x[i], t[i])
            if n % 4 == 3:
                accuracy(net, x[100:], t[100:])
                accuracy(net, x[:100], t[:100])


experiments = {
    "optimizers/training": optimizers_training,
    "activations/distributions": activations_distributions,
    "activations/training": activations_training,
    "batchnorm/training": batchnorm_training,
    "overfitting/weight-decay": overfitting_weight_decay,
    "overfitting/dropout": overfitting_dropout,
    "hyperparameters/search": hyperparameters_search,
}

for name in args.names or experiments:
    torch.manual_seed(1)
    np.random.seed(1)
    start = time.perf_counter()
    experiments[name]()
    print(json.dumps({"name": name, "seconds": time.perf_counter() - start}), flush=True)
