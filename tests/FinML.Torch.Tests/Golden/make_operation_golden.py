"""Values and gradients of every differentiable operation, from PyTorch 1.13.1 (Debian's python3-torch).

Run: OMP_NUM_THREADS=1 /usr/bin/python3 make_operation_golden.py
It writes operations-FAMILY.json beside itself: a case for each line of operations/FAMILY.py, which are those of
OperationTable.*.cs (same names, functions and inputs), and cases with zeros, infinities, NaN and ties.
"""
import importlib
import json
import math
import os
import warnings
import torch
from operations.samples import Any, inf, nan

warnings.filterwarnings("ignore")
FAMILIES = ["basics", "shaping", "functions", "reductions", "products", "algebra"]

corner = [0.0, -0.0, inf, -inf, nan, 1e-30, -1e-30, 100.0, -100.0, 20.5, 0.5, -1.5, 2.0]
ties = [[1.0, 3.0, 3.0, 2.0, 0.0], [5.0, 5.0, -1.0, 5.0, 0.0], [nan, 1.0, nan, 2.0, 0.0], [inf, 1.0, inf, -inf, 2.0]]
# Inputs with corners: zeros, infinities, NaN and very small and large numbers for functions of one number; ties and NaN
# for those of rows. Gradients are compared too, save where PyTorch's is a matter of taste (max shares among ties).
CORNERS = {
    "corner": (corner, {"exp", "log", "log1p", "expm1", "sqrt", "rsqrt", "abs", "sign", "floor", "ceil", "round",
        "square", "tanh", "sigmoid", "relu", "leaky_relu", "elu", "softplus", "clamp", "clamp_min",
        "reciprocal", "sin", "cos", "erf", "gelu", "silu", "tan", "asin", "acos", "atan", "sinh",
        "cosh", "asinh", "acosh", "atanh", "sinc", "exp2", "log2", "log10", "erfc", "erfinv",
        "lgamma", "digamma", "trunc", "frac", "nan_to_num", "logit", "hardtanh", "relu6", "hardswish",
        "selu", "log_sigmoid", "sgn"}),
    "ties": (ties, {"max", "min", "max dim", "min dim", "amax", "cumsum", "sort", "topk", "prod", "sum", "mean",
        "logsumexp", "softmax", "log_softmax", "norm", "cummax", "cummin", "cumprod", "median",
        "nanmedian", "nansum", "nanmean", "nanquantile", "amin", "aminmax", "logcumsumexp", "var"}),
}


def pack(t):
    t = torch.zeros(t.shape) if t._is_zerotensor() else t
    values = [v if math.isfinite(v) else str(v) for v in t.detach().double().contiguous().flatten().tolist()]
    return {"shape": list(t.shape), "data": values}


def answer(name, variant, function, inputs, given):
    leaves = [x.clone().requires_grad_() for x in inputs]
    y = function(*leaves)
    entry = {"name": name, "variant": variant}
    if given:
        entry["inputs"] = [pack(x) for x in inputs]
    entry["output"] = pack(y)
    if y.requires_grad and not (given and any(not torch.isfinite(x).all() for x in inputs)):
        weights = Any(*y.shape).make(99)
        gradients = torch.autograd.grad((y * weights).sum(), leaves, allow_unused=True)
        entry["gradients"] = [pack(torch.zeros_like(x) if g is None else g) for g, x in zip(gradients, leaves)]
    return entry


for family in FAMILIES:
    cases = importlib.import_module("operations." + family).CASES
    result = []
    for name, function, *samples in cases:
        result.append(answer(name, "", function, [s.make(i + 1) for i, s in enumerate(samples)], False))
        for variant, (values, names) in CORNERS.items():
            if name in names:
                x = torch.tensor(values, dtype=torch.float64)
                result.append(answer(name, ", " + variant, function, [x], True))
    head = {"command": "OMP_NUM_THREADS=1 /usr/bin/python3 make_operation_golden.py", "torch": torch.__version__}
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"operations-{family}.json")
    with open(path, "w") as file:
        file.write(json.dumps(head)[:-1] + ', "cases": [\n')
        file.write(",\n".join(json.dumps(entry) for entry in result))
        file.write("\n]}\n")
