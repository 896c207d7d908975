"""Writes layers.json beside this file: activations, losses, normalisations and lookups of PyTorch in float64.

Command: OMP_NUM_THREADS=1 /usr/bin/python3 make_layers_golden.py   (made with PyTorch 1.13.1)

Inputs are not stored: wave(n, phase, scale)[i] = scale sin(0.7 i + phase), in both languages.
"""
import json
import math
import os

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def wave(shape, phase, scale=1.0):
    n = math.prod(shape)
    return torch.tensor([scale * math.sin(0.7 * i + phase) for i in range(n)]).reshape(shape)


def number(x):
    x = float(x)
    return x if math.isfinite(x) else ("nan" if math.isnan(x) else "inf" if x > 0 else "-inf")


def flat(t):
    return [number(x) for x in t.detach().reshape(-1)]


out = {"command": "OMP_NUM_THREADS=1 /usr/bin/python3 make_layers_golden.py", "torch": torch.__version__}

# Activations: a wave over every branch, then the corners; with the gradient of sum(y * wave).
corner = torch.tensor([0.0, -0.0, 3.0, -3.0, 1.0, -1.0, 0.5, -0.5, 6.0, 50.0, -50.0, math.inf, -math.inf, math.nan])
activations = {
    "celu": lambda x: F.celu(x, 0.7), "selu": F.selu, "glu": F.glu, "hardshrink": lambda x: F.hardshrink(x, 0.4),
    "softshrink": lambda x: F.softshrink(x, 0.4), "hardsigmoid": F.hardsigmoid, "hardswish": F.hardswish,
    "hardtanh": lambda x: F.hardtanh(x, -0.8, 1.3), "relu6": F.relu6, "logsigmoid": F.logsigmoid, "mish": F.mish,
    "softmin": lambda x: F.softmin(x, 1), "softsign": F.softsign, "tanhshrink": F.tanhshrink,
    "threshold": lambda x: F.threshold(x, 0.1, 20.0), "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "rrelu": lambda x: F.rrelu(x, training=False),
    "prelu": lambda x: F.prelu(x, torch.tensor([0.25])), "prelu_channels": lambda x: F.prelu(x, wave([6], 0.4)),
    "normalize": lambda x: F.normalize(x), "normalize1": lambda x: F.normalize(x, p=1.0, dim=0),
}
result = {}
for name, f in activations.items():
    x = wave([4, 6], 0.1, 4.0).requires_grad_()
    y = f(x)
    (y * wave(list(y.shape), 0.9)).sum().backward()
    entry = {"y": flat(y), "dx": flat(x.grad)}
    if name not in ("glu", "softmin", "prelu_channels", "normalize", "normalize1"):
        c = corner.clone().requires_grad_()
        y = f(c)
        y.sum().backward()
        entry["corner"] = flat(y)
        entry["slope"] = flat(c.grad)[:11]
    result[name] = entry
out["activations"] = result

# Losses: value and the gradient of every floating input.
a, b, c = wave([3, 4], 0.1, 2.0), wave([3, 4], 1.1, 2.0), wave([3, 4], 2.3, 2.0)
sign = torch.tensor([1.0, -1.0, 1.0])
signs = torch.sign(wave([3, 4], 0.4))
counts = torch.tensor([[0.0, 1.0, 2.0, 5.0], [3.0, 0.0, 1.0, 7.0], [2.0, 2.0, 0.0, 1.0]])
p = torch.softmax(b, 1)
zeroed = p.clone()
zeroed[0, 1] = 0
losses = {
    "kl_div": (lambda x, r: F.kl_div(x.log_softmax(1), p, reduction=r), [a]),
    "kl_div_zero": (lambda x, r: F.kl_div(x.log_softmax(1), zeroed, reduction=r), [a]),
    "kl_div_log": (lambda x, t, r: F.kl_div(x.log_softmax(1), t.log_softmax(1), log_target=True, reduction=r), [a, b]),
    "poisson": (lambda x, r: F.poisson_nll_loss(x, counts, reduction=r), [a]),
    "poisson_full": (lambda x, r: F.poisson_nll_loss(x.exp(), counts, log_input=False, full=True, reduction=r), [a]),
    "cosine_embedding": (lambda x, y, r: F.cosine_embedding_loss(x, y, sign, margin=0.2, reduction=r), [a, b]),
    "hinge_embedding": (lambda x, r: F.hinge_embedding_loss(x, signs, margin=0.7, reduction=r), [a]),
    "margin_ranking": (lambda x, y, r: F.margin_ranking_loss(x, y, signs, margin=0.3, reduction=r), [a, b]),
    "multi_margin": (lambda x, r: F.multi_margin_loss(x, torch.tensor([1, 0, 3]), margin=0.6, reduction=r), [a]),
    "multi_margin_squares": (lambda x, r: F.multi_margin_loss(
        x, torch.tensor([1, 0, 3]), p=2, weight=torch.tensor([0.5, 2.0, 1.0, 1.5]), reduction=r), [a]),
    "soft_margin": (lambda x, r: F.soft_margin_loss(x, signs, reduction=r), [a]),
    "triplet": (lambda x, y, z, r: F.triplet_margin_loss(x, y, z, margin=1.5, reduction=r), [a, b, c]),
    "triplet_swap": (lambda x, y, z, r: F.triplet_margin_loss(x, y, z, p=1, swap=True, reduction=r), [a, b, c]),
    "cosine_similarity": (lambda x, y, r: F.cosine_similarity(x, y), [a, b]),
    "pairwise_distance": (lambda x, y, r: F.pairwise_distance(x, y, p=3.0, keepdim=True), [a, b]),
    "bilinear": (lambda x, y, w, bias, r: F.bilinear(x, y, w, bias), [a, c, wave([2, 4, 4], 0.3), wave([2], 0.5)]),
}
result = {}
for name, (f, inputs) in losses.items():
    for r in ("mean", "sum", "none"):
        xs = [x.clone().requires_grad_() for x in inputs]
        y = f(*xs, r)
        (y * wave(list(y.shape), 0.9)).sum().backward()
        result[f"{name}_{r}"] = {"y": flat(y), "grads": [flat(x.grad) for x in xs]}
out["losses"] = result


# Normalisations: two training passes and one of evaluation, with the buffers in between.
def norm(name, module, shape):
    for i, q in enumerate(module.parameters()):
        q.data = wave(list(q.shape), 0.3 * i, 0.5)
    passes = []
    for i in range(3):
        if i == 2:
            module.eval()
        module.zero_grad()
        x = wave(shape, 0.2 + i, 1.5).requires_grad_()
        y = module(x)
        (y * wave(list(y.shape), 0.9)).sum().backward()
        passes.append({"y": flat(y), "dx": flat(x.grad), "grads": [flat(q.grad) for q in module.parameters()],
                       "buffers": [flat(q.double()) for q in module.buffers()]})
    out.setdefault("norms", {})[name] = passes


norm("batch_norm1d", nn.BatchNorm1d(3), [4, 3])
norm("batch_norm1d_places", nn.BatchNorm1d(3, momentum=0.3, eps=1e-3), [2, 3, 5])
norm("batch_norm2d", nn.BatchNorm2d(2, affine=False), [2, 2, 3, 2])
norm("batch_norm_untracked", nn.BatchNorm1d(3, track_running_stats=False), [4, 3])
norm("group_norm", nn.GroupNorm(2, 4), [2, 4, 3])
norm("instance_norm1d", nn.InstanceNorm1d(3), [2, 3, 5])
norm("instance_norm2d", nn.InstanceNorm2d(2, affine=True, track_running_stats=True), [2, 2, 3, 2])

# Lookups: output, gradient and the table afterwards.
def embedding(name, **options):
    layer = nn.Embedding(5, 3, **options)
    layer.weight.data = wave([5, 3], 0.4, 2.0)
    y = layer(torch.tensor([[4, 1, 1], [0, 2, 1]]))
    (y * wave(list(y.shape), 0.9)).sum().backward()
    out.setdefault("embedding", {})[name] = {"y": flat(y), "grad": flat(layer.weight.grad), "weight": flat(layer.weight)}


embedding("plain")
embedding("padding", padding_idx=1)
embedding("max_norm", max_norm=1.5)
embedding("max_norm1", max_norm=2.0, norm_type=1.0)
embedding("frequency", scale_grad_by_freq=True)

# Weight normalisation and the singular value of spectral normalisation.
layer = nn.utils.weight_norm(nn.Linear(4, 3))
with torch.no_grad():
    layer.weight_v.copy_(wave([3, 4], 0.2))
    layer.weight_g.copy_(wave([3, 1], 0.7, 2.0))
    layer.bias.copy_(wave([3], 0.1))
x = wave([2, 4], 0.5).requires_grad_()
y = layer(x)
(y * wave([2, 3], 0.9)).sum().backward()
out["weight_norm"] = {"y": flat(y), "dx": flat(x.grad), "dg": flat(layer.weight_g.grad), "dv": flat(layer.weight_v.grad)}
out["largest_singular_value"] = float(torch.linalg.svdvals(wave([3, 4], 0.2)).max())

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "layers.json")
with open(path, "w") as file:
    file.write(json.dumps(out, separators=(",", ":")).replace('},"', '},\n"') + "\n")
