"""Event files encoded by hand from the formats' definitions, and histograms by NumPy.

Run:  python3 make_tensorboard_golden.py > tensorboard.json

TFRecord (tensorflow.org/tutorials/load_data/tfrecord): uint64 length, uint32 masked CRC-32C of length, data,
uint32 masked CRC-32C of data. Protocol buffers: tensorflow/core/util/event.proto, framework/summary.proto,
framework/tensor.proto; the field numbers are written out below.
"""
import json
import struct

import numpy as np


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def record(data):
    length = struct.pack("<Q", len(data))
    return length + struct.pack("<I", masked(length)) + data + struct.pack("<I", masked(data))


def varint(value):
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def integer(field, value):
    return varint(field << 3 | 0) + varint(value)


def double(field, value):
    return varint(field << 3 | 1) + struct.pack("<d", value)


def delimited(field, data):
    data = data.encode() if isinstance(data, str) else data
    return varint(field << 3 | 2) + varint(len(data)) + data


def single(field, value):
    return varint(field << 3 | 5) + struct.pack("<f", value)


def event(wall_time, step, value):  # Event: 1 wall_time, 2 step, 5 summary; Summary: 1 value
    return record(double(1, wall_time) + integer(2, step) + delimited(5, delimited(1, value)))


WALL = 1700000000
version = record(double(1, WALL) + delimited(3, "brain.Event:2"))  # Event: 3 file_version
# Summary.Value: 1 tag, 2 simple_value, 5 histo, 8 tensor, 9 metadata
scalar = event(WALL + 1, 7, delimited(1, "loss/train") + single(2, 0.125))
# TensorProto: 1 dtype (7 is DT_STRING), 2 tensor_shape, 8 string_val; TensorShapeProto: 2 dim; Dim: 1 size
tensor = integer(1, 7) + delimited(2, delimited(2, integer(1, 1))) + delimited(8, "**größe** 雪")
# SummaryMetadata: 1 plugin_data; PluginData: 1 plugin_name
text = event(WALL + 2, 300, delimited(1, "note/text_summary") + delimited(8, tensor)
             + delimited(9, delimited(1, delimited(1, "text"))))


def values(n):  # exact in binary; repeated, negative, zero
    return np.array([((i * 37) % 101 - 50) / 16 * (1 + (i % 7)) for i in range(n)], dtype=np.float64)


def buckets():
    positive, v = [], 1e-12
    while v < 1e20:
        positive.append(v)
        v *= 1.1
    return np.array([-v for v in reversed(positive)] + [0.0] + positive)


def histogram(n, bins, max_bins=None):
    x = values(n)
    counts, edges = np.histogram(x, bins=buckets() if bins == "tensorflow" else bins)
    counts, edges = list(map(float, counts)), list(map(float, edges))
    if max_bins is not None and len(counts) > max_bins:
        group = len(counts) // max_bins
        starts = range(0, len(counts), group)
        counts = [sum(counts[i:i + group]) for i in starts]
        edges = [edges[i] for i in starts] + [edges[-1]]
    filled = [i for i, c in enumerate(counts) if c > 0]
    first, last = filled[0], filled[-1]
    # HistogramProto: bucket i ends at bucket_limit i; an empty bucket says where the first filled one begins.
    return {"n": n, "bins": bins, "max_bins": max_bins, "min": float(x.min()), "max": float(x.max()),
            "sum": float(x.sum()), "sum_squares": float((x * x).sum()),
            "limits": edges[first:last + 2], "counts": [0.0] + counts[first:last + 1]}


print(json.dumps({
    "command": "python3 make_tensorboard_golden.py > tensorboard.json",
    "file": {"version": version.hex(), "scalar": scalar.hex(), "text": text.hex()},
    "histograms": [histogram(n, bins) for bins in ["doane", "rice", "scott", "sqrt", "stone", "sturges"]
                   for n in [1, 2, 5, 200]]
    + [histogram(1, "tensorflow"), histogram(60, "tensorflow"), histogram(60, "tensorflow", 30),
       histogram(200, "sqrt", 4), histogram(200, "sqrt", 1)],
}, separators=(",", ":")))
