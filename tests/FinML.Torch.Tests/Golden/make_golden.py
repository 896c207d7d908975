"""Golden values of operations, from PyTorch 1.13.1 (Debian's python3-torch), on awkward and plain inputs.

Run: /usr/bin/python3 make_golden.py > operations.json
"""
import json
import torch

torch.manual_seed(0)
inf, nan = float("inf"), float("nan")
plain = torch.tensor([[0.5, -1.25, 2.0, -0.125], [3.0, 0.0, -2.5, 0.75], [1.5, -0.5, 0.25, -4.0]], dtype=torch.float64)
positive = plain.abs() + 0.1
corner = torch.tensor([0.0, -0.0, inf, -inf, nan, 1e-30, -1e-30, 100.0, -100.0, 20.5], dtype=torch.float64)
ties = torch.tensor([[1.0, 3.0, 3.0, 2.0], [5.0, 5.0, -1.0, 5.0], [nan, 1.0, nan, 2.0]], dtype=torch.float64)
other = torch.tensor([2.0, -0.5, 0.25, 1.5], dtype=torch.float64)
F = torch.nn.functional

cases = {
    "exp": [torch.exp, plain, corner], "log": [torch.log, positive, corner], "log1p": [torch.log1p, positive, corner],
    "expm1": [torch.expm1, plain, corner], "sqrt": [torch.sqrt, positive, corner], "rsqrt": [torch.rsqrt, positive, corner],
    "abs": [torch.abs, plain, corner], "sign": [torch.sign, plain, corner], "sin": [torch.sin, plain],
    "cos": [torch.cos, plain], "tanh": [torch.tanh, plain, corner], "sigmoid": [torch.sigmoid, plain, corner],
    "relu": [torch.relu, plain, corner], "leaky_relu": [lambda x: F.leaky_relu(x, 0.1), plain, corner],
    "elu": [F.elu, plain, corner], "gelu": [F.gelu, plain], "softplus": [F.softplus, plain, corner],
    "silu": [F.silu, plain], "erf": [torch.erf, plain, corner], "round": [torch.round, plain, corner],
    "clamp": [lambda x: x.clamp(-1, 1.5), plain, corner], "reciprocal": [torch.reciprocal, positive, corner],
    "square": [torch.square, plain, corner], "pow3": [lambda x: x.pow(3), plain, corner],
    "pow_half": [lambda x: x.pow(-0.5), positive], "remainder": [lambda x: torch.remainder(x, 0.7), plain],
    "softmax": [lambda x: x.softmax(1), plain], "softmax_corner": [lambda x: x[1:4].softmax(0), corner],
    "log_softmax": [lambda x: x.log_softmax(0), plain], "logsumexp": [lambda x: x.logsumexp(1), plain],
    "sum": [torch.sum, plain, corner], "sum0": [lambda x: x.sum(0), plain], "mean1": [lambda x: x.mean(1, True), plain],
    "var": [torch.var, plain], "var_biased": [lambda x: x.var(1, unbiased=False), plain], "std0": [lambda x: x.std(0), plain],
    "prod": [lambda x: x.prod(1), plain], "norm": [torch.norm, plain], "norm_inf": [lambda x: x.norm(inf), plain],
    "norm3": [lambda x: x.norm(3, 1), plain], "cumsum": [lambda x: x.cumsum(1), plain],
    "max": [torch.max, plain, ties], "min": [torch.min, plain, ties], "max1": [lambda x: x.max(1)[0], plain, ties],
    "sort": [lambda x: x.sort(1)[0], plain, ties], "argsort": [lambda x: x.argsort(1).double(), plain],
    "sort_down": [lambda x: x.sort(1, descending=True)[0], plain, ties],
    "topk": [lambda x: x.topk(2, 1)[0], plain], "argmax": [lambda x: x.argmax(1).double(), plain, ties],
    "argmin0": [lambda x: x.argmin(0).double(), plain], "flip": [lambda x: x.flip(1), plain],
    "add": [lambda x: x + other, plain], "div": [lambda x: x / other, plain], "rsub": [lambda x: 2 - x, plain],
    "maximum": [lambda x: torch.maximum(x, other), plain, ties], "where": [lambda x: torch.where(x > 0, x, other), plain],
    "matmul": [lambda x: x @ x.t(), plain], "matmul_vector": [lambda x: x @ other, plain],
    "outer": [lambda x: torch.outer(x[0], other), plain], "unfold": [lambda x: x.unfold(1, 2, 1), plain],
    "tril": [torch.tril, plain], "isfinite": [lambda x: torch.isfinite(x).double(), corner, ties],
    "isnan": [lambda x: torch.isnan(x).double(), corner, ties], "linspace": [lambda x: torch.linspace(-1, 2, 7, dtype=torch.float64), plain],
    "arange": [lambda x: torch.arange(0.5, 3, 0.4, dtype=torch.float64), plain],
}


def pack(t):
    return {"shape": list(t.shape), "data": [str(v) for v in t.double().contiguous().flatten().tolist()]}


result = []
for name, (function, *inputs) in cases.items():
    for x in inputs:
        x = x.clone().requires_grad_()
        y = function(x)
        entry = {"name": name, "input": pack(x.detach()), "output": pack(y.detach())}
        if y.requires_grad and not torch.isnan(x).any() and name not in ("isfinite", "isnan"):
            y.sum().backward()
            entry["gradient"] = pack(x.grad)
        result.append(entry)
head = {"command": "/usr/bin/python3 make_golden.py > operations.json", "torch": torch.__version__}
print(json.dumps(head)[:-1] + ', "cases": [')
print(",\n".join(json.dumps(entry) for entry in result))
print("]}")
