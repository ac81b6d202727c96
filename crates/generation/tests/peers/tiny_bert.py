"""tiny_bert.py FILE embeddings|reranker|templated-reranker: writes a BERT of random weights, the same each time, whose tokens are letters."""

import sys

import bert
import gguf
import numpy

WIDTH, LAYERS, HEADS, INNER, CONTEXT = 64, 2, 4, 128, 256
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,;:!?'()-"


def main():
    path, kind = sys.argv[1:]
    vocabulary = bert.CLASSES + list(LETTERS) + ["##" + letter for letter in LETTERS]
    random = numpy.random.default_rng(1)

    # Large enough for what it says to depend on what it is asked.
    def some(*shape):
        return (random.standard_normal(shape) * 0.3).astype(numpy.float32)

    def norm(name):
        return {f"{name}.weight": numpy.ones(WIDTH, numpy.float32), f"{name}.bias": some(WIDTH)}

    tensors = {
        "token_embd.weight": some(len(vocabulary), WIDTH),
        "token_types.weight": some(2, WIDTH),
        "position_embd.weight": some(CONTEXT, WIDTH),
        **norm("token_embd_norm"),
    }
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            tensors[f"{block}.{part}.weight"] = some(WIDTH, WIDTH)
            tensors[f"{block}.{part}.bias"] = some(WIDTH)
        tensors[f"{block}.ffn_up.weight"], tensors[f"{block}.ffn_up.bias"] = some(INNER, WIDTH), some(INNER)
        tensors[f"{block}.ffn_down.weight"], tensors[f"{block}.ffn_down.bias"] = some(WIDTH, INNER), some(WIDTH)
        tensors |= norm(f"{block}.attn_output_norm") | norm(f"{block}.layer_output_norm")
    pooling, template = gguf.PoolingType.MEAN, None
    if kind.endswith("reranker"):
        pooling = gguf.PoolingType.RANK
        tensors |= {"cls.weight": some(WIDTH, WIDTH), "cls.bias": some(WIDTH)}
        tensors |= {"cls.output.weight": some(1, WIDTH), "cls.output.bias": some(1)}
    if kind == "templated-reranker":
        template = "[CLS]which of these answers: {query} [SEP] {document} ?[SEP]"
    bert.write(path, vocabulary, HEADS, tensors, pooling, template=template)


main()
