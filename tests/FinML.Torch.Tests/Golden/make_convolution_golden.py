"""Golden values of convolutions and poolings, from PyTorch 1.13 in float64.

    OMP_NUM_THREADS=1 python3 tests/FinML.Torch.Tests/Golden/make_convolution_golden.py

writes convolution.json beside it: for each case the sums and a sample of the output and of each gradient (all, where
there are at most 60 elements). Inputs and parameters are waves (see wave), so that only results are stored.
"""
import json
import math
import os

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
out = {"command": "OMP_NUM_THREADS=1 python3 tests/FinML.Torch.Tests/Golden/make_convolution_golden.py",
       "torch": torch.__version__}


def wave(shape, phase, scale=1.0):
    n = math.prod(shape)
    return torch.tensor([scale * math.sin(0.7 * i + phase) for i in range(n)]).reshape(shape)


def fill(module):
    with torch.no_grad():
        for i, (_, p) in enumerate(module.named_parameters()):
            p.copy_(wave(list(p.shape), 0.3 * i, 0.5))
    return module


def sample(t):
    """The sum, and every k-th element from the first."""
    flat = t.detach().reshape(-1)
    step = (flat.numel() + 59) // 60
    return [float(f"{v:.15g}") for v in [flat.sum().item(), *flat[::step].tolist()]]


def record(name, f, x, module=None):
    x = x.clone().requires_grad_()
    y = f(x)
    (y * wave(list(y.shape), 0.9)).sum().backward()
    out[name] = {"shape": list(y.shape), "output": sample(y), "dx": sample(x.grad),
                 "grads": {} if module is None else {k: sample(p.grad) for k, p in module.named_parameters()}}


def layer(name, module, x):
    fill(module)
    record(name, module, x, module)


n = torch.nn
layer("conv1d same", n.Conv1d(2, 3, 4, padding="same", dilation=3), wave([2, 2, 17], 0.1))
layer("conv1d wide", n.Conv1d(3, 5, 3, padding=8, dilation=8), wave([3, 3, 40], 0.2))
layer("conv1d strided groups", n.Conv1d(4, 6, 3, stride=3, padding=2, groups=2, bias=False), wave([2, 4, 20], 0.3))
layer("conv1d depthwise", n.Conv1d(4, 4, 5, padding=4, groups=4), wave([2, 4, 33], 0.3))
layer("conv1d pointwise", n.Conv1d(4, 3, 1), wave([2, 4, 19], 0.4))
layer("conv1d unbatched", n.Conv1d(4, 3, 2), wave([4, 9], 0.4))
layer("conv1d long", n.Conv1d(12, 4, 3, padding=1), wave([1, 12, 2500], 0.5))
for mode in ("reflect", "replicate", "circular"):
    layer("conv1d " + mode, n.Conv1d(2, 3, 3, padding=2, padding_mode=mode), wave([2, 2, 7], 0.1))
layer("conv1d reflect same", n.Conv1d(2, 3, 4, padding="same", padding_mode="reflect"), wave([2, 2, 7], 0.1))
layer("conv2d", n.Conv2d(2, 3, 3), wave([2, 2, 6, 5], 0.1))
layer("conv2d everything", n.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2),
      wave([2, 4, 7, 8], 0.2))
layer("conv2d same", n.Conv2d(2, 3, (2, 3), padding="same", dilation=2), wave([2, 2, 6, 5], 0.1))
layer("conv2d circular", n.Conv2d(2, 2, 3, padding=(1, 2), padding_mode="circular"), wave([1, 2, 4, 5], 0.1))
layer("conv2d blocks", n.Conv2d(16, 8, 3, padding=1), wave([2, 16, 30, 20], 0.1))
layer("conv2d unbatched", n.Conv2d(2, 2, (1, 2), stride=(1, 2)), wave([2, 3, 6], 0.1))
layer("conv_transpose1d", n.ConvTranspose1d(3, 4, 3), wave([2, 3, 7], 0.1))
layer("conv_transpose1d everything",
      n.ConvTranspose1d(4, 6, 3, stride=3, padding=2, output_padding=1, dilation=2, groups=2), wave([2, 4, 7], 0.2))
layer("conv_transpose1d unbatched", n.ConvTranspose1d(3, 2, 2, stride=2, bias=False), wave([3, 5], 0.1))

x = wave([2, 3, 11], 0.1)
record("max_pool1d", lambda t: F.max_pool1d(t, 3), x)
record("max_pool1d everything", lambda t: F.max_pool1d(t, 3, 2, 1, 2, ceil_mode=True), x)
record("avg_pool1d", lambda t: F.avg_pool1d(t, 3), x)
record("avg_pool1d everything", lambda t: F.avg_pool1d(t, 4, 3, 2, True, False), x)
record("avg_pool1d padding counts", lambda t: F.avg_pool1d(t, 4, 3, 2, True, True), x)
record("adaptive_avg_pool1d", lambda t: F.adaptive_avg_pool1d(t, 4), x)
record("adaptive_max_pool1d", lambda t: F.adaptive_max_pool1d(t, 4), x)
x = wave([2, 3, 9, 8], 0.1)
record("max_pool2d", lambda t: F.max_pool2d(t, 2), x)
record("max_pool2d everything", lambda t: F.max_pool2d(t, (3, 2), (2, 3), (1, 1), (2, 1), True), x)
record("avg_pool2d", lambda t: F.avg_pool2d(t, 2), x)
record("avg_pool2d everything", lambda t: F.avg_pool2d(t, (3, 4), (2, 3), (1, 2), True, False), x)
record("avg_pool2d divisor", lambda t: F.avg_pool2d(t, 3, 2, 1, True, True, 5), x)
out["indices"] = {
    "1d": F.max_pool1d(wave([2, 3, 11], 0.1), 3, 2, 1, 2, True, True)[1].reshape(-1).tolist(),
    "2d": F.max_pool2d(x, (3, 2), (2, 3), (1, 1), (2, 1), True, True)[1].reshape(-1).tolist(),
    "adaptive": F.adaptive_max_pool1d(wave([2, 3, 11], 0.1), 4, True)[1].reshape(-1).tolist()}

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "convolution.json")
with open(path, "w") as file:
    file.write(json.dumps(out, separators=(",", ":")).replace('},"', '},\n"') + "\n")
