"""Golden values of attention and the Transformer's layers, from PyTorch 1.13 in float64.

    OMP_NUM_THREADS=1 python3 tests/FinML.Torch.Tests/Golden/make_attention_golden.py

writes attention.json beside it. Inputs and parameters are waves (see wave), so that only results are stored.
"""
import json
import math
import os

import torch

torch.set_default_dtype(torch.float64)
out = {"command": "OMP_NUM_THREADS=1 python3 tests/FinML.Torch.Tests/Golden/make_attention_golden.py",
       "torch": torch.__version__}


def wave(shape, phase, scale=1.0):
    n = math.prod(shape)
    return torch.tensor([scale * math.sin(0.7 * i + phase) for i in range(n)]).reshape(shape)


def fill(module):
    with torch.no_grad():
        for i, (_, p) in enumerate(module.named_parameters()):
            p.copy_(wave(list(p.shape), 0.3 * i, 0.5))
    return module


def flat(t):
    return [float(f"{v:.15g}") for v in t.detach().reshape(-1).tolist()]


def record(name, outputs, leaves, module, parameters=True):
    """Outputs, and the gradients of a weighted sum of them."""
    sum((y * wave(list(y.shape), 0.9 - 0.1 * i)).sum() for i, y in enumerate(outputs)).backward()
    out[name] = {"outputs": [flat(y) for y in outputs], "shapes": [list(y.shape) for y in outputs],
                 "gradients": [flat(x.grad) for x in leaves]}
    if parameters:
        out[name]["parameters"] = {k: flat(p.grad) for k, p in module.named_parameters()}


causal = torch.triu(torch.ones(5, 5), 1).bool()
padding = torch.tensor([[False, False, False, True, True], [False] * 5])

# Self-attention: plain, with each mask, with both.
for name, attn, pad in (("plain", None, None), ("causal", causal, None), ("padded", None, padding),
                        ("added", wave([5, 5], 0.4), padding), ("per head", wave([4, 5, 5], 0.4), None)):
    m = fill(torch.nn.MultiheadAttention(4, 2))
    x = wave([5, 2, 4], 0.1).requires_grad_()
    y, w = m(x, x, x, key_padding_mask=pad, attn_mask=attn)
    record("self " + name, [y, w], [x], m)

# Cross-attention: keys as values; everything different; extra keys.
m = fill(torch.nn.MultiheadAttention(4, 2, bias=False))
q, k = wave([3, 2, 4], 0.1).requires_grad_(), wave([5, 2, 4], 0.2).requires_grad_()
y, w = m(q, k, k)
record("cross", [y, w], [q, k], m)
m = fill(torch.nn.MultiheadAttention(4, 2, kdim=3, vdim=5, add_bias_kv=True, add_zero_attn=True))
q, k, v = (wave(s, 0.1 * i).requires_grad_() for i, s in enumerate(([3, 2, 4], [5, 2, 3], [5, 2, 5])))
y, w = m(q, k, v, key_padding_mask=padding, attn_mask=wave([3, 5], 0.4))
record("different", [y, w], [q, k, v], m)
m = fill(torch.nn.MultiheadAttention(4, 1))
q = wave([3, 4], 0.1).requires_grad_()
y, w = m(q, q, q, attn_mask=causal[:3, :3])
record("unbatched", [y, w], [q], m)

for activation in ("relu", "gelu"):
    m = fill(torch.nn.TransformerEncoderLayer(4, 2, 6, dropout=0.0, activation=activation))
    x = wave([5, 2, 4], 0.1).requires_grad_()
    record("encoder layer " + activation, [m(x, causal, padding)], [x], m)
    m = fill(torch.nn.TransformerDecoderLayer(4, 2, 6, dropout=0.0, activation=activation))
    t, s = wave([5, 2, 4], 0.1).requires_grad_(), wave([3, 2, 4], 0.2).requires_grad_()
    record("decoder layer " + activation, [m(t, s, causal, wave([5, 3], 0.3), padding, padding[:, 2:])], [t, s], m)

layer = fill(torch.nn.TransformerEncoderLayer(4, 2, 6, dropout=0.0))
m = torch.nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
x = wave([5, 2, 4], 0.1).requires_grad_()
record("encoder", [m(x, causal)], [x], m, False)
layer = fill(torch.nn.TransformerDecoderLayer(4, 2, 6, dropout=0.0))
m = torch.nn.TransformerDecoder(layer, 2)
t, s = wave([5, 2, 4], 0.1).requires_grad_(), wave([3, 2, 4], 0.2).requires_grad_()
record("decoder", [m(t, s, causal)], [t, s], m, False)
m = fill(torch.nn.Transformer(4, 2, 2, 1, 6, dropout=0.0))
s, t = wave([3, 2, 4], 0.2).requires_grad_(), wave([5, 2, 4], 0.1).requires_grad_()
record("transformer", [m(s, t, tgt_mask=causal)], [s, t], m, False)
out["transformer"]["norms"] = {k: float(p.grad.norm()) for k, p in m.named_parameters()}
out["transformer"]["names"] = [k for k, _ in m.named_parameters()]

# The function, by its formula (PyTorch 1.13 has it under another name).
q, k, v = (wave(s, 0.2 * i).requires_grad_() for i, s in enumerate(([2, 3, 4, 6], [2, 3, 5, 6], [2, 3, 5, 7])))
for name, mask in (("plain", None), ("causal", torch.tril(torch.ones(4, 5)).bool()),
                   ("boolean", wave([4, 5], 0.3) > -0.5), ("added", wave([3, 4, 5], 0.3))):
    for x in (q, k, v):
        x.grad = None
    scores = q @ k.transpose(-2, -1) / math.sqrt(6)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf) if mask.dtype == torch.bool else scores + mask
    record("function " + name, [torch.softmax(scores, -1) @ v], [q, k, v], None, False)

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "attention.json")
with open(path, "w") as file:
    file.write(json.dumps(out, separators=(",", ":")).replace('},"', '},\n"') + "\n")
