"""Files in the safetensors format, put together by hand from its documentation, and what is in them.

Run:  python3 make_safetensors_golden.py > safetensors.json

The format (github.com/huggingface/safetensors, "Format"): 8 bytes, an unsigned little-endian N; N bytes of UTF-8 JSON
that begin with "{" and may end with spaces; the rest is the byte buffer. Each tensor has dtype, shape and
data_offsets [begin, end) into the buffer, which has no holes; "__metadata__" maps text to text.
"""
import json
import struct

CODES = {"F32": ("f", "Float32"), "F64": ("d", "Float64"), "I32": ("i", "Int32"), "I64": ("q", "Int64"),
         "BOOL": ("?", "Bool")}


def file(tensors, metadata=None, separators=(",", ":"), align=8, ours=False):
    header, buffer = {}, b""
    if metadata is not None:
        header["__metadata__"] = metadata
    for name, (dtype, shape, values) in tensors.items():
        data = struct.pack("<%d%s" % (len(values), CODES[dtype][0]), *values)
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(buffer), len(buffer) + len(data)]}
        buffer += data
    text = json.dumps(header, separators=separators, ensure_ascii=not ours).encode()
    text += b" " * (-len(text) % align)
    return {"hex": (struct.pack("<Q", len(text)) + text + buffer).hex(), "ours": ours, "metadata": metadata or {},
            "tensors": {name: {"dtype": CODES[dtype][1], "shape": shape, "values": stored(dtype, values)}
                        for name, (dtype, shape, values) in tensors.items()}}


def stored(dtype, values):
    form = "<%d%s" % (len(values), CODES[dtype][0])
    return [float(v) for v in struct.unpack(form, struct.pack(form, *values))]


print(json.dumps({
    "command": "python3 make_safetensors_golden.py > safetensors.json",
    "files": [
        # The order and padding that writers choose, ours too: widest elements first, spaces up to 8 bytes.
        file({"step": ("I64", [], [7]), "bias": ("F32", [2], [0.5, -3.25]), "weight": ("F32", [2, 1], [1.5, 1e-40]),
              "mask": ("BOOL", [3], [True, False, True])}, {"format": "pt"}, ours=True),
        # Neither is required: other order, no padding, white space, escapes, empty and one-element tensors.
        file({"m": ("BOOL", [1], [True]), "größe \"q\"": ("F64", [1, 2], [-0.1, 2.0 ** 1000]),
              "none": ("F32", [0, 3], []), "i": ("I32", [2, 2], [-2 ** 31, 2 ** 31 - 1, 0, -1]),
              "l": ("I64", [1], [-2 ** 53])}, {"note": "snow 雪", "empty": ""}, separators=(" , ", " : "), align=1),
        file({}),
    ],
}, ensure_ascii=False, separators=(",", ":")))
