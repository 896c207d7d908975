"""Writes nn.json beside this file: values of PyTorch in float64 that the tests of nn and optim compare with.

Command: /usr/bin/python3 make_nn_golden.py   (made with PyTorch 1.13.1)

Inputs are not stored: wave(n, phase)[i] = sin(0.7 i + phase), in both languages.
"""
import json
import math
import os

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def wave(shape, phase, scale=1.0):
    n = math.prod(shape)
    return torch.tensor([scale * math.sin(0.7 * i + phase) for i in range(n)]).reshape(shape)


def fill(module):
    """Every parameter a wave, the phase being its number."""
    for i, (_, p) in enumerate(module.named_parameters()):
        p.data = wave(list(p.shape), 0.3 * i, 0.5)
    return module


def flat(t):
    return [float(x) for x in t.detach().reshape(-1)]


def grads(module):
    return {name: flat(p.grad) for name, p in module.named_parameters()}


out = {"torch": torch.__version__}

# Layers: output, gradient of the input and of every parameter under the loss sum(output * wave).
def layer(name, module, x, output=lambda y: y):
    fill(module)
    x = x.clone().requires_grad_()
    y = output(module(x))
    (y * wave(list(y.shape), 0.9)).sum().backward()
    out[name] = {"shape": list(y.shape), "output": flat(y), "dx": flat(x.grad), "grads": grads(module)}


layer("linear", torch.nn.Linear(4, 3), wave([2, 5, 4], 0.1))
layer("layer_norm", torch.nn.LayerNorm([3, 5]), wave([2, 3, 5], 0.2))
layer("conv1d", torch.nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2), wave([2, 4, 11], 0.4))
layer("conv1d_plain", torch.nn.Conv1d(3, 2, 4), wave([2, 3, 9], 0.5))
layer("mlp", torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.GELU(), torch.nn.Linear(4, 2)),
      wave([5, 3], 0.6))

lstm = fill(torch.nn.LSTM(3, 4, num_layers=2, batch_first=True, bidirectional=True))
x, h0, c0 = wave([2, 5, 3], 0.1).requires_grad_(), wave([4, 2, 4], 0.2).requires_grad_(), wave([4, 2, 4], 0.3).requires_grad_()
y, (h, c) = lstm(x, (h0, c0))
((y * wave(list(y.shape), 0.9)).sum() + (h * wave(list(h.shape), 0.8)).sum() + (c * wave(list(c.shape), 0.7)).sum()).backward()
out["lstm"] = {"output": flat(y), "h": flat(h), "c": flat(c), "dx": flat(x.grad), "dh0": flat(h0.grad),
               "dc0": flat(c0.grad), "grads": grads(lstm)}

# Losses: value and gradient of the input.
losses = {}


def loss(name, f, x):
    x = x.clone().requires_grad_()
    value = f(x)
    value.sum().backward()
    losses[name] = {"value": flat(value), "dx": flat(x.grad)}


a, b = wave([3, 4], 0.1, 2.0), wave([3, 4], 1.1, 2.0)
p, t = torch.sigmoid(a), torch.sigmoid(b)
labels, weight = torch.tensor([2, 0, 3]), torch.tensor([0.5, 1.0, 2.0, 1.5])
for r in ("mean", "sum", "none"):
    loss("mse_" + r, lambda x: F.mse_loss(x, b, reduction=r), a)
    loss("l1_" + r, lambda x: F.l1_loss(x, b, reduction=r), a)
    loss("huber_" + r, lambda x: F.huber_loss(x, b, delta=0.7, reduction=r), a)
    loss("smooth_l1_" + r, lambda x: F.smooth_l1_loss(x, b, beta=0.7, reduction=r), a)
    loss("cross_entropy_" + r, lambda x: F.cross_entropy(x, labels, reduction=r), a)
    loss("cross_entropy_weighted_" + r, lambda x: F.cross_entropy(x, labels, weight=weight, reduction=r), a)
    loss("cross_entropy_ignored_" + r, lambda x: F.cross_entropy(x, labels, ignore_index=0, reduction=r), a)
    loss("cross_entropy_smoothed_" + r,
         lambda x: F.cross_entropy(x, labels, weight=weight, label_smoothing=0.1, ignore_index=0, reduction=r), a)
    loss("cross_entropy_soft_" + r, lambda x: F.cross_entropy(x, t, weight=weight, label_smoothing=0.2, reduction=r), a)
    loss("bce_" + r, lambda x: F.binary_cross_entropy(x, t, reduction=r), p)
    loss("bce_logits_" + r, lambda x: F.binary_cross_entropy_with_logits(x, t, weight=p, reduction=r, pos_weight=weight), a)
    loss("gaussian_nll_" + r, lambda x: F.gaussian_nll_loss(x, b, p, full=True, reduction=r), a)
loss("gaussian_nll_variance", lambda x: F.gaussian_nll_loss(a, b, x, eps=0.5), p)
out["losses"] = losses

# Optimisers: ten steps on sum((w - target)^2 * scale) from w = wave; the parameters after each step.
def trajectory(make):
    w = torch.nn.Parameter(wave([5], 0.2))
    target, scale = wave([5], 1.5), torch.tensor([1.0, 3.0, 0.3, 10.0, 0.1])
    optimizer = make([w])
    steps = []
    for _ in range(10):
        optimizer.zero_grad()
        (((w - target) ** 2) * scale).sum().backward()
        optimizer.step()
        steps.append(flat(w))
    return steps


out["optim"] = {
    "adam": trajectory(lambda w: torch.optim.Adam(w, lr=0.05)),
    "adam_decay": trajectory(lambda w: torch.optim.Adam(w, lr=0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)),
    "adam_amsgrad": trajectory(lambda w: torch.optim.Adam(w, lr=0.05, amsgrad=True)),
    "adamw": trajectory(lambda w: torch.optim.AdamW(w, lr=0.05, weight_decay=0.2)),
    "sgd": trajectory(lambda w: torch.optim.SGD(w, lr=0.02)),
    "sgd_momentum": trajectory(lambda w: torch.optim.SGD(w, lr=0.02, momentum=0.9, dampening=0.3, weight_decay=0.1)),
    "sgd_nesterov": trajectory(lambda w: torch.optim.SGD(w, lr=0.02, momentum=0.9, nesterov=True)),
    "rmsprop": trajectory(lambda w: torch.optim.RMSprop(w, lr=0.02)),
    "rmsprop_centered": trajectory(
        lambda w: torch.optim.RMSprop(w, lr=0.02, alpha=0.9, centered=True, momentum=0.5, weight_decay=0.1)),
}

# Clipping of two gradients by their norm.
clip = {}
for kind in (1.0, 2.0, 3.0, math.inf):
    ps = [torch.nn.Parameter(torch.zeros(4)), torch.nn.Parameter(torch.zeros(2, 3))]
    ps[0].grad, ps[1].grad = wave([4], 0.1, 3.0), wave([2, 3], 0.4, 3.0)
    norm = torch.nn.utils.clip_grad_norm_(ps, 1.5, norm_type=kind)
    clip[str(kind)] = {"norm": float(norm), "first": flat(ps[0].grad), "second": flat(ps[1].grad)}
out["clip"] = clip

# Schedules: the learning rate over twelve epochs.
def rates(make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.4)
    schedule = make(optimizer)
    result = []
    for _ in range(12):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return result


S = torch.optim.lr_scheduler
out["schedules"] = {
    "linear": rates(lambda o: S.LinearLR(o, start_factor=0.25, end_factor=0.75, total_iters=6)),
    "step": rates(lambda o: S.StepLR(o, step_size=4, gamma=0.3)),
    "cosine": rates(lambda o: S.CosineAnnealingLR(o, T_max=11, eta_min=0.05)),
    "lambda": rates(lambda o: S.LambdaLR(o, lambda epoch: 0.9 ** epoch)),
}

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "nn.json")
with open(path, "w") as file:
    file.write(json.dumps(out, separators=(",", ":")).replace('},"', '},\n"') + "\n")
