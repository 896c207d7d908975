"""Sample inputs, the same numbers as Sample.cs, and what several cases share."""
import math
import torch

inf, nan = math.inf, math.nan
F = torch.nn.functional


class Sample:
    """The same numbers as Sample.cs."""

    def __init__(self, low, high, shape):
        self.low, self.high, self.shape = low, high, shape

    def make(self, seed):
        count = math.prod(self.shape)
        data = [self.low + (self.high - self.low) * fraction(seed, i) for i in range(count)]
        return torch.tensor(data, dtype=torch.float64).reshape(self.shape)


def fraction(seed, i):
    state = (seed * 7919 + i * 104729 + 12345) & 0x7FFFFFFF
    for _ in range(2):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    return (2 * ((state >> 16) & 2047) + 1) / 4096


def Any(*shape):
    return Sample(-2, 2, shape)


def Plus(*shape):
    return Sample(0.5, 1.5, shape)


def Unit(*shape):
    return Sample(-1, 1, shape)


def longs(*values):
    return torch.tensor(values)


def put(x, y, index):
    result = x.clone()
    result[index] = y
    return result


def in_place_slices(x, y):
    result = x.exp().clone()
    result[0] = y.square()
    result[:, 1] = result[:, 1].clone() * y[0]
    return result * x


def buffer_of_steps(x):
    buffer = torch.zeros(2, 3, dtype=x.dtype)
    first = x.exp()
    buffer[0] = first
    buffer[1] = first * x
    return buffer.square()


def fill_row(x):
    result = x.exp().clone()
    result[0].fill_(2)
    return result * x


def spd(x):
    return x @ x.mT + torch.eye(x.shape[-2], dtype=x.dtype)


def tri(x):
    return x.tril(-1) + 2 * torch.eye(x.shape[-1], dtype=x.dtype)


def well(x):
    return x + 3 * torch.eye(x.shape[-2], x.shape[-1], dtype=x.dtype)


def svd_part(x, part):
    return torch.linalg.svd(x, full_matrices=False)[part].square()


def svd_product(x):
    u, s, vh = torch.linalg.svd(x, full_matrices=False)
    return (u * s.sqrt().unsqueeze(-2)) @ vh


def eigh_power(x):
    values, vectors = torch.linalg.eigh(x)
    return (vectors * values.exp().unsqueeze(-2)) @ vectors.mT
