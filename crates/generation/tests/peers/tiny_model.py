"""tiny_model.py FILE [speed|wide]: writes a LLaMA of random weights, the same each time, whose tokens are bytes; with "speed", one of 58
million weights in 8 bits and 32,000 tokens, on which speeds can be compared; with "wide", one whose heads are wider than their share."""

import itertools
import sys

import gguf
import numpy

SPEED, WIDE = "speed" in sys.argv[2:], "wide" in sys.argv[2:]
CONTEXT = 4096
WIDTH, LAYERS, HEADS, INNER = (512, 8, 8, 1376) if SPEED else (64, 2, 4, 128)
HEAD = WIDTH // HEADS * (2 if WIDE else 1)
SPECIAL = ["<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>"]
TEMPLATE = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def main():
    tokens = SPECIAL + [f"<0x{byte:02X}>" for byte in range(256)]
    kinds = [gguf.TokenType.UNKNOWN] + [gguf.TokenType.CONTROL] * (len(SPECIAL) - 1) + [gguf.TokenType.BYTE] * 256
    if SPEED:
        syllables = ["".join(pair) for pair in itertools.product("bcdfglmnprstv", ["a", "e", "é", "i", "o", "ou", "u", "an", "in", "on"])]
        words = ["▁" + one + other for one, other in itertools.product(syllables, syllables)]
        parts = ["".join(parts) for parts in itertools.product(syllables, syllables)]
        tokens = (tokens + words + parts)[:32000]
        kinds += [gguf.TokenType.NORMAL] * (len(tokens) - len(kinds))
    writer = gguf.GGUFWriter(sys.argv[1], "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(HEAD)
    if WIDE:
        writer.add_key_length(HEAD)
        writer.add_value_length(HEAD)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(TEMPLATE)
    random = numpy.random.default_rng(1)

    # Large enough for its words to depend on what it is asked.
    def tensor(name, *shape):
        weights = (random.standard_normal(shape) * 0.4).astype(numpy.float32)
        if SPEED:
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(name, gguf.quants.quantize(weights, kind), raw_dtype=kind)
        else:
            writer.add_tensor(name, weights)

    def ones(name):
        writer.add_tensor(name, numpy.ones(WIDTH, numpy.float32))

    tensor("token_embd.weight", len(tokens), WIDTH)
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        ones(f"{block}.attn_norm.weight")
        for part in ("attn_q", "attn_k", "attn_v"):
            tensor(f"{block}.{part}.weight", HEADS * HEAD, WIDTH)
        tensor(f"{block}.attn_output.weight", WIDTH, HEADS * HEAD)
        ones(f"{block}.ffn_norm.weight")
        tensor(f"{block}.ffn_gate.weight", INNER, WIDTH)
        tensor(f"{block}.ffn_up.weight", INNER, WIDTH)
        tensor(f"{block}.ffn_down.weight", WIDTH, INNER)
    ones("output_norm.weight")
    tensor("output.weight", len(tokens), WIDTH)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


main()
