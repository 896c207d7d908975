"""Writes optim.json beside this file: parameters and learning rates of PyTorch's optimisers and schedules, in float64.

Command: OMP_NUM_THREADS=1 /usr/bin/python3 make_optim_golden.py   (made with PyTorch 1.13.1)

The loss is sum((w - target)^2 scale) over two parameters in two groups, the second with settings of its own.
"""
import json
import math
import os

import torch

torch.set_default_dtype(torch.float64)
S = torch.optim.lr_scheduler


def wave(n, phase, scale=1.0):
    return torch.tensor([scale * math.sin(0.7 * i + phase) for i in range(n)])


def flat(*tensors):
    return [round(float(x), 15) for t in tensors for x in t.detach().reshape(-1)]


TARGET, SCALE = wave(8, 1.5), torch.tensor([1.0, 3.0, 0.3, 10.0, 0.1, 2.0, 0.7, 5.0])


def problem():
    return torch.nn.Parameter(wave(5, 0.2)), torch.nn.Parameter(wave(3, 1.1))


def loss(a, b):
    return ((torch.cat([a, b]) - TARGET) ** 2 * SCALE).sum()


def trajectory(make, own=None):
    """Parameters after 20 steps; own: what the group of the second parameter has for itself."""
    a, b = problem()
    optimizer = make([{"params": [a]}, dict(params=[b], **(own or {}))])
    steps = []
    for i in range(20):
        optimizer.zero_grad()
        loss(a, b).backward()
        optimizer.step()
        if i in (0, 1, 2, 9, 19):
            steps.append(flat(a, b))
    return steps


O = torch.optim
out = {"command": "OMP_NUM_THREADS=1 /usr/bin/python3 make_optim_golden.py", "torch": torch.__version__}
out["steps"] = {
    "sgd": trajectory(lambda g: O.SGD(g, lr=0.02, momentum=0.9, dampening=0.3, weight_decay=0.1)),
    "sgd_maximize": trajectory(lambda g: O.SGD(g, lr=0.002, momentum=0.5, maximize=True)),
    "sgd_groups": trajectory(lambda g: O.SGD(g, lr=0.02), dict(lr=0.01, momentum=0.8, nesterov=True, weight_decay=0.2)),
    "adam_groups": trajectory(lambda g: O.Adam(g, lr=0.05),
                              dict(lr=0.02, betas=(0.7, 0.9), eps=1e-4, weight_decay=0.3, amsgrad=True)),
    "adam_maximize": trajectory(lambda g: O.Adam(g, lr=0.05, maximize=True)),
    "adamw_groups": trajectory(lambda g: O.AdamW(g, lr=0.05, weight_decay=0.1),
                               dict(lr=0.02, betas=(0.7, 0.9), weight_decay=0.3, amsgrad=True)),
    "rmsprop_groups": trajectory(lambda g: O.RMSprop(g, lr=0.02, weight_decay=0.1),
                                 dict(lr=0.01, alpha=0.9, momentum=0.5, centered=True)),
    "adagrad": trajectory(lambda g: O.Adagrad(g, lr=0.1)),
    "adagrad_groups": trajectory(lambda g: O.Adagrad(g, lr=0.1, lr_decay=0.05, weight_decay=0.1,
                                                     initial_accumulator_value=0.3),
                                 dict(lr=0.05, lr_decay=0.0, eps=1e-3, weight_decay=0.0)),
    # foreach: the single-tensor path of 1.13 multiplies by mu once too often (mended in PyTorch 2).
    "nadam": trajectory(lambda g: O.NAdam(g, lr=0.05, foreach=True)),
    "nadam_groups": trajectory(lambda g: O.NAdam(g, lr=0.05, weight_decay=0.1, foreach=True),
                               dict(lr=0.02, betas=(0.8, 0.95), momentum_decay=0.02, weight_decay=0.0)),
}


# TensorFlow's RMSprop (tensorflow/core/kernels/training_ops.cc, ApplyRMSProp and ApplyCenteredRMSProp), step by step.
def tensorflow_rmsprop(lr, rho, momentum, epsilon, centered):
    w = torch.cat([p.detach() for p in problem()])
    ms, mg, mom = torch.ones(8), torch.zeros(8), torch.zeros(8)
    steps = []
    for i in range(20):
        g = 2 * (w - TARGET) * SCALE
        ms = rho * ms + (1 - rho) * g * g
        if centered:
            mg = rho * mg + (1 - rho) * g
        mom = momentum * mom + lr * g / torch.sqrt(ms - mg * mg + epsilon)
        w = w - mom
        if i in (0, 1, 2, 9, 19):
            steps.append(flat(w))
    return steps


out["rmsprop_tf"] = {
    "plain": tensorflow_rmsprop(0.05, 0.9, 0.0, 1e-2, False),
    "centered": tensorflow_rmsprop(0.02, 0.95, 0.6, 1e-3, True),
}


# L-BFGS: two parameters, Rosenbrock's function in four dimensions.
def lbfgs(**options):
    a, b = torch.nn.Parameter(torch.tensor([-1.2, 1.0])), torch.nn.Parameter(torch.tensor([0.7, -0.5]))
    optimizer = O.LBFGS([a, b], **options)
    calls, steps = 0, []

    def closure():
        nonlocal calls
        calls += 1
        optimizer.zero_grad()
        x = torch.cat([a, b])
        value = (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()
        value.backward()
        return value

    for _ in range(6):
        value = optimizer.step(closure)
        steps.append(flat(a, b, value) + [calls])
    return steps


out["lbfgs"] = {
    "fixed": lbfgs(lr=0.002, max_iter=5, history_size=3),
    "wolfe": lbfgs(lr=1.0, max_iter=4, history_size=10, line_search_fn="strong_wolfe"),
    "wolfe_short": lbfgs(lr=0.1, max_iter=6, max_eval=5, history_size=2, line_search_fn="strong_wolfe"),
}


# Two smoothed kinks: the line search comes near the ends of its bracket, where it has a safeguard.
def kinks():
    p = torch.nn.Parameter(torch.tensor([-1.2, 2.0]))
    optimizer = O.LBFGS([p], lr=30, max_iter=3, line_search_fn="strong_wolfe")
    calls, steps = 0, []

    def closure():
        nonlocal calls
        calls += 1
        optimizer.zero_grad()
        value = torch.sqrt(1e-4 + (p - 0.3) ** 2).sum() + 0.1 * p[0] * p[1]
        value.backward()
        return value

    for _ in range(3):
        optimizer.step(closure)
        steps.append(flat(p) + [calls])
    return steps


out["lbfgs_kinks"] = kinks()


# Schedules: the rates of two groups over 24 epochs, and the momentum where it is cycled.
def rates(make, momentum=False):
    groups = [{"params": [torch.nn.Parameter(torch.zeros(1))]}, {"params": [torch.nn.Parameter(torch.zeros(1))], "lr": 0.1}]
    optimizer = O.SGD(groups, lr=0.4, momentum=0.9)
    schedule = make(optimizer)
    result = []
    for _ in range(24):
        result.append([g[key] for g in optimizer.param_groups for key in (["lr", "momentum"] if momentum else ["lr"])])
        optimizer.step()
        schedule.step()
    return result


def plateau(values, **options):
    optimizer = O.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.4)
    schedule = S.ReduceLROnPlateau(optimizer, **options)
    result = []
    for v in values:
        schedule.step(v)
        result.append([optimizer.param_groups[0]["lr"]])
    return result


def adam_cycle():
    optimizer = O.Adam([torch.nn.Parameter(torch.zeros(1))], lr=0.4)
    schedule = S.OneCycleLR(optimizer, max_lr=0.3, total_steps=25, three_phase=True, anneal_strategy="linear")
    result = []
    for _ in range(24):
        result.append([optimizer.param_groups[0]["lr"], optimizer.param_groups[0]["betas"][0]])
        optimizer.step()
        schedule.step()
    return result


METRIC = [1.0, 0.9, 0.9, 0.9, 0.9, 0.9, 0.5, 0.499999, 0.49999, 0.499, 0.499, 0.499, 0.499, 0.1, 0.1, 0.1, 0.1, 0.1]
out["metric"] = METRIC
out["schedules"] = {
    "step": rates(lambda o: S.StepLR(o, 4, 0.3)),
    "multi_step": rates(lambda o: S.MultiStepLR(o, [3, 7, 7, 15], 0.5)),
    "exponential": rates(lambda o: S.ExponentialLR(o, 0.9)),
    "constant": rates(lambda o: S.ConstantLR(o, 0.25, 6)),
    "linear": rates(lambda o: S.LinearLR(o, 0.25, 0.75, 6)),
    "polynomial": rates(lambda o: S.PolynomialLR(o, 9, 1.7)),
    "cosine": rates(lambda o: S.CosineAnnealingLR(o, 7, 0.05)),
    "warm_restarts": rates(lambda o: S.CosineAnnealingWarmRestarts(o, 3, 2, 0.02)),
    "lambda": rates(lambda o: S.LambdaLR(o, lambda epoch: 0.9 ** epoch)),
    "multiplicative": rates(lambda o: S.MultiplicativeLR(o, lambda epoch: 1 - 0.5 / (epoch + 1))),
    "sequential": rates(lambda o: S.SequentialLR(
        o, [S.LinearLR(o, 0.1, 1.0, 5), S.ExponentialLR(o, 0.9), S.CosineAnnealingLR(o, 6)], [5, 12])),
    "chained": rates(lambda o: S.ChainedScheduler([S.ConstantLR(o, 0.1, 3), S.ExponentialLR(o, 0.9), S.StepLR(o, 5, 0.5)])),
    "cyclic": rates(lambda o: S.CyclicLR(o, 0.1, 0.8, step_size_up=3, step_size_down=5), True),
    "cyclic2": rates(lambda o: S.CyclicLR(o, [0.1, 0.2], [0.8, 0.9], step_size_up=4, mode="triangular2",
                                          base_momentum=0.7, max_momentum=0.95), True),
    "cyclic_exp": rates(lambda o: S.CyclicLR(o, 0.1, 0.8, step_size_up=4, mode="exp_range", gamma=0.97,
                                             cycle_momentum=False), True),
    "one_cycle": rates(lambda o: S.OneCycleLR(o, 0.5, total_steps=25), True),
    "one_cycle3": rates(lambda o: S.OneCycleLR(o, [0.5, 0.7], epochs=5, steps_per_epoch=5, pct_start=0.25,
                                               div_factor=10, final_div_factor=100, three_phase=True), True),
    "one_cycle_adam": adam_cycle(),
    "plateau": plateau(METRIC, factor=0.5, patience=2),
    "plateau_max": plateau([-m for m in METRIC], mode="max", factor=0.3, patience=1, threshold=0.05,
                           threshold_mode="abs", cooldown=2, min_lr=0.02),
}

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "optim.json")
with open(path, "w") as file:
    file.write(json.dumps(out, separators=(",", ":")).replace('],"', '],\n"') + "\n")
