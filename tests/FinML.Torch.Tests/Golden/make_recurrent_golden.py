"""Golden values of the recurrent layers, cells and packed sequences, from PyTorch 1.13 in float64.

    OMP_NUM_THREADS=1 python3 tests/FinML.Torch.Tests/Golden/make_recurrent_golden.py

writes recurrent.json beside it. Inputs and parameters are waves (see wave), so that only results are stored.
"""
import json
import math
import os

import torch
from torch.nn.utils import rnn

torch.set_default_dtype(torch.float64)
out = {"command": "OMP_NUM_THREADS=1 python3 tests/FinML.Torch.Tests/Golden/make_recurrent_golden.py",
       "torch": torch.__version__}


def wave(shape, phase, scale=1.0):
    n = math.prod(shape)
    return torch.tensor([scale * math.sin(0.7 * i + phase) for i in range(n)]).reshape(shape)


def fill(module):
    with torch.no_grad():
        for i, p in enumerate(module.parameters()):
            p.copy_(wave(list(p.shape), 0.3 * i, 0.5))
    return module


def flat(t):
    return [float(f"{v:.15g}") for v in t.detach().reshape(-1).tolist()]


def record(name, outputs, leaves, module):
    """Outputs, and the gradients of a weighted sum of them."""
    sum((y * wave(list(y.shape), 0.9 - 0.1 * i)).sum() for i, y in enumerate(outputs)).backward()
    out[name] = {"outputs": [flat(y) for y in outputs], "shapes": [list(y.shape) for y in outputs],
                 "gradients": [flat(x.grad) for x in leaves],
                 "parameters": {k: flat(p.grad) for k, p in module.named_parameters()}}


def states(module, shape):
    n = 2 if isinstance(module, (torch.nn.LSTM, torch.nn.LSTMCell)) else 1
    return [wave(shape, 0.2 + 0.1 * i).requires_grad_() for i in range(n)]


def run(module, x, start):
    given = None if not start else tuple(start) if len(start) == 2 else start[0]
    result = module(x, given)
    if isinstance(result, torch.Tensor):
        return [result]
    y, last = result
    return [y, *last] if isinstance(last, tuple) else [y, last]


makers = {
    "lstm": torch.nn.LSTM,
    "gru": torch.nn.GRU,
    "rnn_tanh": lambda *a, **k: torch.nn.RNN(*a, nonlinearity="tanh", **k),
    "rnn_relu": lambda *a, **k: torch.nn.RNN(*a, nonlinearity="relu", **k),
}
for kind, make in makers.items():
    m = fill(make(3, 4))
    x = wave([5, 2, 3], 0.1).requires_grad_()
    record(kind + " plain", run(m, x, []), [x], m)
    m = fill(make(3, 4, bias=False))
    x, start = wave([4, 3], 0.1).requires_grad_(), states(m, [1, 4])
    record(kind + " unbatched without bias", run(m, x, start), [x, *start], m)
    m = fill(make(3, 4, num_layers=2, batch_first=True, bidirectional=True))
    x, start = wave([2, 5, 3], 0.1).requires_grad_(), states(m, [4, 2, 4])
    record(kind + " deep", run(m, x, start), [x, *start], m)
    m = fill(make(3, 4, num_layers=2, bidirectional=True))
    x, start = wave([5, 4, 3], 0.1).requires_grad_(), states(m, [4, 4, 4])
    packed = rnn.pack_padded_sequence(x, torch.tensor([2, 5, 1, 4]), enforce_sorted=False)
    results = run(m, packed, start)
    padded, lengths = rnn.pad_packed_sequence(results[0], padding_value=0.25)
    record(kind + " packed", [padded, *results[1:]], [x, *start], m)

cells = {
    "lstm": torch.nn.LSTMCell,
    "gru": torch.nn.GRUCell,
    "rnn_tanh": lambda *a, **k: torch.nn.RNNCell(*a, nonlinearity="tanh", **k),
    "rnn_relu": lambda *a, **k: torch.nn.RNNCell(*a, nonlinearity="relu", **k),
}
for kind, make in cells.items():
    m = fill(make(3, 4))
    x, start = wave([2, 3], 0.1).requires_grad_(), states(m, [2, 4])
    given = tuple(start) if len(start) == 2 else start[0]
    y = m(x, given)
    record(kind + " cell", list(y) if isinstance(y, tuple) else [y], [x, *start], m)

sequences = [wave([n, 2], 0.1 * n) for n in (2, 4, 1)]
packed = rnn.pack_sequence(sequences, enforce_sorted=False)
out["pack_sequence"] = {"data": flat(packed.data), "batch_sizes": packed.batch_sizes.tolist(),
                        "sorted_indices": packed.sorted_indices.tolist(),
                        "unsorted_indices": packed.unsorted_indices.tolist(),
                        "pad_sequence": flat(rnn.pad_sequence(sequences, padding_value=-1.5)),
                        "pad_sequence_batch_first": flat(rnn.pad_sequence(sequences, batch_first=True))}
y, lengths = rnn.pad_packed_sequence(packed, batch_first=True, padding_value=0.5, total_length=6)
out["pad_packed_sequence"] = {"data": flat(y), "lengths": lengths.tolist()}

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recurrent.json")
with open(path, "w") as file:
    file.write(json.dumps(out, separators=(",", ":")).replace('},"', '},\n"') + "\n")
