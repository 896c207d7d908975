"""PyTorch's side of the benchmark suite "torch"."""
import ctypes
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "Harness"))
import peer_server

try:
    import torch
    from torch import nn
except ImportError as error:
    peer_server.missing(error)


def set_threads(count):
    torch.set_num_threads(count)
    try:  # where PyTorch calls OpenBLAS, that has threads of its own
        ctypes.CDLL("libopenblas.so.0").openblas_set_num_threads(count)
    except (OSError, AttributeError):
        pass


def product(rows, inner, columns):
    a, b, c = torch.randn(rows, inner), torch.randn(inner, columns), torch.empty(rows, columns)
    return lambda: torch.mm(a, b, out=c)


def weight_gradient(outputs, batch, inputs):
    g, x, c = torch.randn(batch, outputs).t(), torch.randn(batch, inputs), torch.empty(outputs, inputs)
    return lambda: torch.mm(g, x, out=c)


def small(outputs):
    return nn.Sequential(nn.Linear(32, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, outputs))


def wide():
    return nn.Sequential(nn.Linear(32, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 1))


def training_step(net, outputs):
    x, y = torch.randn(256, 32), torch.randn(256, outputs)
    optimizer = torch.optim.Adam(net.parameters())

    def step():
        optimizer.zero_grad(set_to_none=True)
        nn.functional.mse_loss(net(x), y).backward()
        optimizer.step()

    return step


def forward(net):
    x = torch.randn(1, 32)

    def run():
        with torch.no_grad():
            net(x)

    return run


def penalty():
    net = small(1)
    x = torch.randn(256, 32, requires_grad=True)

    def run():
        net.zero_grad(set_to_none=True)
        g, = torch.autograd.grad(net(x).sum(), x, create_graph=True)
        (g.mul(g).sum(1).sqrt().sub(1)).pow(2).mean().backward()

    return run


def add(grad):
    a, b = torch.randn(64, requires_grad=grad), torch.randn(64)
    if grad:
        return lambda: a.add(b)

    def run():
        with torch.no_grad():
            a.add(b)

    return run


def tanh():
    x = torch.randn(1 << 20)
    return lambda: x.tanh()


def training(layer, x, output):
    """Forward, and backward from the sum of the output."""

    def run():
        layer.zero_grad(set_to_none=True)
        output(layer(x)).sum().backward()

    return run


def convolutions():
    layers = []
    for inputs, dilation in ((16, 1), (32, 2), (32, 4), (32, 8)):
        layers += [nn.Conv1d(inputs, 32, 3, padding=dilation, dilation=dilation), nn.ReLU()]
    return training(nn.Sequential(*layers), torch.randn(64, 16, 64), lambda y: y)


WORKS = {
    **{f"gemm {n}": lambda n=n: product(n, n, n) for n in (64, 128, 256, 512, 1024)},
    "gemm 256x64x64": lambda: product(256, 64, 64),
    "gemm 4096x64x256": lambda: product(4096, 64, 256),
    "gemm 64x256x64 dW": lambda: weight_gradient(64, 256, 64),
    "MLP 64 step": lambda: training_step(small(3), 3),
    "MLP 256 step": lambda: training_step(wide(), 1),
    "MLP 64 forward, batch 1": lambda: forward(small(3)),
    "MLP 256 forward, batch 1": lambda: forward(wide()),
    "gradient penalty, MLP 64": penalty,
    "add 64, no grad": lambda: add(False),
    "add 64, with grad": lambda: add(True),
    "tanh 1M": tanh,
    "LSTM 16-64": lambda: training(nn.LSTM(16, 64, batch_first=True), torch.randn(64, 64, 16), lambda y: y[0]),
    "GRU 16-64": lambda: training(nn.GRU(16, 64, batch_first=True), torch.randn(64, 64, 16), lambda y: y[0]),
    "Conv1d stack": convolutions,
    "TransformerEncoderLayer": lambda: training(
        nn.TransformerEncoderLayer(64, 4, 256, dropout=0.0), torch.randn(64, 64, 64), lambda y: y),
}

torch.manual_seed(1)
peer_server.serve(f"PyTorch {torch.__version__}", WORKS, set_threads)
