"""How the models of the tests that read both ways (BERT) are written as GGUF files."""

import gguf

CLASSES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def in_llama_cpps_words(token):
    """WordPiece marks what goes on ("##e"); llama.cpp marks what begins."""
    if token.startswith("##"):
        return token[2:]
    return token if token.startswith("[") and token.endswith("]") and len(token) > 2 else "\u2581" + token


def write(path, vocabulary, heads, tensors, pooling, epsilon=1e-12, template=None):
    """Writes it, with `tensors` by their names in llama.cpp; their shapes say the rest. A re-ranker has the pooling RANK.

    `template`: what a re-ranker is shown, with {query} and {document}.
    """
    positions, width = tensors["position_embd.weight"].shape
    layers = sum(name.endswith("ffn_up.weight") for name in tensors)
    writer = gguf.GGUFWriter(path, "bert")
    writer.add_context_length(positions)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(tensors["blk.0.ffn_up.weight"].shape[0])
    writer.add_head_count(heads)
    writer.add_layer_norm_eps(epsilon)
    writer.add_causal_attention(False)
    writer.add_pooling_type(pooling)
    writer.add_vocab_size(len(vocabulary))
    writer.add_tokenizer_model("bert")
    writer.add_token_list([in_llama_cpps_words(token) for token in vocabulary])
    control = gguf.TokenType.CONTROL
    writer.add_token_types([control if token in CLASSES else gguf.TokenType.NORMAL for token in vocabulary])
    writer.add_token_type_count(tensors["token_types.weight"].shape[0])
    for name, add in [
        ("[CLS]", writer.add_bos_token_id),
        ("[SEP]", writer.add_sep_token_id),
        ("[UNK]", writer.add_unk_token_id),
        ("[PAD]", writer.add_pad_token_id),
        ("[MASK]", writer.add_mask_token_id),
    ]:
        add(vocabulary.index(name))
    if template:
        writer.add_chat_template([{"name": "rerank", "template": template}])
    for name, tensor in tensors.items():
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
