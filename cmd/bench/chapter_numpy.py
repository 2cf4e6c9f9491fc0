"""The trainings of the lecture in NumPy, written as a course would write them.

    OPENBLAS_NUM_THREADS=1 python3 chapter_numpy.py DIR [NAME ...]

DIR holds the four IDX files. Each NAME is an experiment; none means all. Prints a line of JSON for each: its name and
seconds, without loading data or drawing. --again computes the loss of a batch in a second pass after the update, as
many a textbook does; otherwise it comes out of the pass that the gradients need anyway. --float64 keeps the numbers that
NumPy draws as they are instead of casting them to float32.
"""
import argparse
import gzip
import json
import os
import time

import numpy as np

args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
args.add_argument("dir")
args.add_argument("names", nargs="*")
args.add_argument("--again", action="store_true")
args.add_argument("--float64", action="store_true")
args = args.parse_args()
dtype = np.float64 if args.float64 else np.float32


def read(stem, skip):
    path = os.path.join(args.dir, stem)
    opened = gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb")
    with opened as f:
        return np.frombuffer(f.read(), np.uint8, offset=skip)


x_train = read("train-images-idx3-ubyte", 16).reshape(-1, 784).astype(np.float32) / 255
t_train = read("train-labels-idx1-ubyte", 8)
x_test = read("t10k-images-idx3-ubyte", 16).reshape(-1, 784).astype(np.float32) / 255
t_test = read("t10k-labels-idx1-ubyte", 8)


def softmax(x):
    x = x - x.max(axis=1, keepdims=True)
    e = np.exp(x)
    return e / e.sum(axis=1, keepdims=True)


class Affine:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x, train):
        self.x = x
        return x @ self.w + self.b

    def backward(self, dy):
        self.dw, self.db = self.x.T @ dy, dy.sum(axis=0)
        return dy @ self.w.T


class ReLU:
    def forward(self, x, train):
        self.mask = x <= 0
        y = x.copy()
        y[self.mask] = 0
        return y

    def backward(self, dy):
        dy[self.mask] = 0
        return dy


class BatchNorm:
    def __init__(self, n):
        self.gamma, self.beta = np.ones(n, dtype), np.zeros(n, dtype)
        self.mean, self.var = np.zeros(n, dtype), np.zeros(n, dtype)

    def forward(self, x, train):
        if not train:
            return self.gamma * (x - self.mean) / np.sqrt(self.var + 1e-6) + self.beta
        mu = x.mean(axis=0)
        self.xc = x - mu
        var = (self.xc**2).mean(axis=0)
        self.std = np.sqrt(var + 1e-6)
        self.xn = self.xc / self.std
        self.mean, self.var = 0.9 * self.mean + 0.1 * mu, 0.9 * self.var + 0.1 * var
        return self.gamma * self.xn + self.beta

    def backward(self, dy):
        n = len(dy)
        self.dbeta, self.dgamma = dy.sum(axis=0), (self.xn * dy).sum(axis=0)
        dxn = self.gamma * dy
        dxc = dxn / self.std
        dvar = -(dxn * self.xc / (self.std * self.std)).sum(axis=0) * 0.5 / self.std
        dxc += (2 / n) * self.xc * dvar
        return dxc - dxc.mean(axis=0)


class Dropout:
    def __init__(self, ratio):
        self.ratio = ratio

    def forward(self, x, train):
        if not train:
            return x * dtype(1 - self.ratio)
        self.mask = np.random.rand(*x.shape) > self.ratio
        return x * self.mask

    def backward(self, dy):
        return dy * self.mask


class Net:
    def __init__(self, hidden, init="he", decay=0.0, norm=False, dropout=0.0):
        sizes = [784] + hidden + [10]
        self.decay, self.layers = decay, []
        for i, (m, n) in enumerate(zip(sizes, sizes[1:])):
            std = {"he": np.sqrt(2 / m), "xavier": np.sqrt(1 / m)}.get(init, init)
            self.layers.append(Affine((std * np.random.randn(m, n)).astype(dtype), np.zeros(n, dtype)))
            if i < len(sizes) - 2:
                self.layers += [BatchNorm(n)] * norm + [ReLU()]
                self.layers += [Dropout(dropout)] if dropout else []

    def predict(self, x, train=False):
        for layer in self.layers:
            x = layer.forward(x, train)
        return x

    def loss(self, x, t, train=True):
        self.y = softmax(self.predict(x, train))
        loss = -np.log(self.y[np.arange(len(t)), t] + 1e-7).mean()
        if self.decay:
            loss += sum(0.5 * self.decay * (a.w**2).sum() for a in self.layers if isinstance(a, Affine))
        return loss

    def accuracy(self, x, t):
        return (self.predict(x).argmax(axis=1) == t).mean()

    def gradient(self, x, t):
        loss = self.loss(x, t)
        dy = self.y.copy()
        dy[np.arange(len(t)), t] -= 1
        dy /= len(t)
        for layer in reversed(self.layers):
            dy = layer.backward(dy)
        params, grads = [], []
        for a in self.layers:
            if isinstance(a, Affine):
                params += [a.w, a.b]
                grads += [a.dw + self.decay * a.w if self.decay else a.dw, a.db]
            if isinstance(a, BatchNorm):
                params += [a.gamma, a.beta]
                grads += [a.dgamma, a.dbeta]
        return loss, params, grads

    def step(self, x, t, optimizer, again=None):
        loss, params, grads = self.gradient(x, t)
        optimizer.update(params, grads)
        if args.again if again is None else again:
            return self.loss(x, t, train=False)
        return loss


class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        for p, g in zip(params, grads):
            p -= self.lr * g


class Momentum:
    def __init__(self, lr=0.01, alpha=0.9):
        self.lr, self.alpha, self.v = lr, alpha, None

    def update(self, params, grads):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self.v):
            v[:] = self.alpha * v - self.lr * g
            p += v


class AdaGrad:
    def __init__(self, lr=0.01):
        self.lr, self.h = lr, None

    def update(self, params, grads):
        if self.h is None:
            self.h = [np.zeros_like(p) for p in params]
        for p, g, h in zip(params, grads, self.h):
            h += g * g
            p -= self.lr * g / (np.sqrt(h) + 1e-7)


class Adam:
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr, self.beta1, self.beta2, self.n, self.m = lr, beta1, beta2, 0, None

    def update(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(p) for p in params]
            self.v = [np.zeros_like(p) for p in params]
        self.n += 1
        lr = self.lr * np.sqrt(1 - self.beta2**self.n) / (1 - self.beta1**self.n)
        for p, g, m, v in zip(params, grads, self.m, self.v):
            m += (1 - self.beta1) * (g - m)
            v += (1 - self.beta2) * (g * g - v)
            p -= lr * m / (np.sqrt(v) + 1e-7)


def train_side_by_side(nets, optimizers):
    for _ in range(2000):
        i = np.random.choice(len(x_train), 128)
        x, t = x_train[i], t_train[i]
        for net, optimizer in zip(nets, optimizers):
            net.step(x, t, optimizer)


def optimizers_training():
    train_side_by_side([Net([100] * 4) for _ in range(4)], [SGD(), Momentum(), AdaGrad(), Adam()])


def activations_training():
    train_side_by_side([Net([100] * 4, init) for init in (0.01, "xavier", "he")], [SGD() for _ in range(3)])


def activations_distributions():
    inputs = np.random.randn(1000, 100).astype(dtype)
    for f in (lambda x: 1 / (1 + np.exp(-x)), lambda x: np.maximum(0, x), np.tanh):
        for std in (1, 0.01, np.sqrt(1 / 100), np.sqrt(2 / 100)):
            x = inputs
            for _ in range(5):
                x = f(x @ (std * np.random.randn(100, 100)).astype(dtype))
                np.histogram(x, 30, (0, 1))


def batchnorm_training():
    x, t = x_train[:1000], t_train[:1000]
    for std in np.logspace(0, -4, 16):
        for norm in (True, False):
            net, optimizer = Net([100] * 5, std, norm=norm), SGD()
            for step in range(200):
                i = np.random.choice(1000, 100)
                net.step(x[i], t[i], optimizer, again=False)
                if step % 10 == 9:
                    net.accuracy(x, t)


def overfitting(epochs, again=False, **config):
    x, t = x_train[:300], t_train[:300]
    net, optimizer = Net([100] * 6, **config), SGD()
    for step in range(3 * epochs):
        i = np.random.choice(300, 100)
        net.step(x[i], t[i], optimizer, again)
        if step % 3 == 2:
            net.accuracy(x, t)
            net.accuracy(x_test, t_test)


def overfitting_weight_decay():
    overfitting(201, decay=0.0)
    overfitting(201, decay=0.1)


def overfitting_dropout():
    overfitting(301, args.again, dropout=0.0)
    overfitting(301, args.again, dropout=0.2)


def hyperparameters_search():
    for _ in range(100):
        order = np.random.permutation(500)
        x, t = x_train[order], t_train[order]
        decay, lr = 10 ** np.random.uniform(-8, -4), 10 ** np.random.uniform(-6, -2)
        net, optimizer = Net([100] * 6, decay=decay), SGD(lr)
        for step in range(200):
            i = 100 + np.random.choice(400, 100)
            net.step(x[i], t[i], optimizer)
            if step % 4 == 3:
                net.accuracy(x[100:], t[100:])
                net.accuracy(x[:100], t[:100])


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
    np.random.seed(1)
    start = time.perf_counter()
    experiments[name]()
    print(json.dumps({"name": name, "seconds": time.perf_counter() - start}), flush=True)
