"""Writes bfloat16.json beside this file: what PyTorch makes of bfloat16 on the CPU.

Command: OMP_NUM_THREADS=1 /usr/bin/python3 make_bfloat16_golden.py   (made with PyTorch 1.13.0)

Floats are given by their bits, so that ties, subnormals and infinities are exact.
"""
import json
import os
import struct

import torch

torch.manual_seed(0)


def bits(x):
    return [struct.unpack("<I", struct.pack("<f", v))[0] for v in x]


def from_bits(words):
    return torch.tensor([struct.unpack("<f", struct.pack("<I", w))[0] for w in words])


def narrow_bits(t):
    return [int(v) & 0xFFFF for v in t.contiguous().view(torch.int16).reshape(-1)]


# Rounding: every kind of word, without NaN (PyTorch's vector and scalar paths give different NaN bits).
words = [0x00000000, 0x80000000, 0x3F808000, 0x3F818000, 0x3F80FFFF, 0x3F808001, 0x3F807FFF, 0x00000001, 0x00008000,
         0x00018000, 0x7F7FFFFF, 0xFF7FFFFF, 0x7F7F7FFF, 0x7F800000, 0xFF800000, 0x33D6BF95, 0xC2F6E979]
for w in torch.randint(0, 2 ** 31 - 2 ** 24, (200,)).tolist():
    words.append(w | (0x80000000 if w % 3 == 0 else 0))
words = [w for w in words if (w & 0x7FFFFFFF) <= 0x7F800000]
out = {
    "command": "OMP_NUM_THREADS=1 /usr/bin/python3 make_bfloat16_golden.py",
    "torch": torch.__version__,
    "rounding": {"float": words, "bfloat16": narrow_bits(from_bits(words).to(torch.bfloat16))},
}

x = (torch.randn(4, 5) * 2).to(torch.bfloat16)
y = torch.randn(5).to(torch.bfloat16)
a = torch.randn(6, 40).to(torch.bfloat16)
b = torch.randn(40, 3).to(torch.bfloat16)
out["x"], out["y"], out["a"], out["b"] = (narrow_bits(t) for t in (x, y, a, b))
ops = {
    "add": x + y, "sub": x - y, "mul": x * y, "div": x / y, "add_scalar": x + 0.5, "mul_scalar": x * 3,
    "neg": -x, "abs": x.abs(), "relu": x.relu(), "exp": x.exp(), "tanh": x.tanh(), "sigmoid": x.sigmoid(),
    "sqrt": x.abs().sqrt(), "sum": x.sum(), "sum0": x.sum(0), "max": x.max(),
    "sort": x.sort(1)[0], "cat": torch.cat([x, x.t().reshape(4, 5)], 1), "where": torch.where(x > 0, x, -x),
    "gather": x.gather(1, torch.tensor([[0, 4], [1, 1], [2, 0], [3, 3]])), "t": x.t(), "flip": x.flip(0),
    "int": torch.tensor([3, -7, 1000]).to(torch.bfloat16),
}
out["ops"] = {name: narrow_bits(t) for name, t in ops.items()}
# One unit in the last place of bfloat16: PyTorch rounds the sum before it divides it by the count, and its products of
# bfloat16 without a library for them add up in bfloat16, so the product of float32 is taken.
out["close"] = {"mm": narrow_bits((a.float() @ b.float()).bfloat16()), "mean1": narrow_bits(x.mean(1)), "softmax": narrow_bits(x.softmax(1))}
names = {torch.bfloat16: "BFloat16", torch.float32: "Float32", torch.float64: "Float64", torch.int64: "Int64",
         torch.bool: "Bool"}
others = {"Float32": torch.float32, "Float64": torch.float64, "Int64": torch.int64, "Bool": torch.bool,
          "BFloat16": torch.bfloat16}
promotion = {}
for name, dtype in others.items():
    promotion[name] = names[torch.result_type(x, torch.ones(5, dtype=dtype))]
    promotion[name + "0d"] = names[torch.result_type(x, torch.tensor(1, dtype=dtype))]
    promotion["0d" + name] = names[torch.result_type(x[0, 0], torch.ones(5, dtype=dtype))]
out["promotion"] = promotion
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "bfloat16.json"), "w") as f:
    json.dump(out, f, separators=(",", ":"))
