"""Writes a trained model as GGUF version 3 (llama.cpp's file format, described in ggml's docs/gguf.md).

Three dresses for the same network: `llama` with a Llama-3 vocabulary, `qwen2` with ChatML, and `llama`
with an SPM vocabulary for Mistral. Weights are F16, norms and biases F32; everything little-endian.
"""

from __future__ import annotations

import pathlib
import struct
from dataclasses import dataclass

import numpy as np

from formats import LLAMA_SPECIALS, MISTRAL_SPECIALS, QWEN_SPECIALS
from model import Model
from tokenizer import Tokenizer

ALIGNMENT = 32
U32, I32, F32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9  # gguf value types
TENSOR_F32, TENSOR_F16 = 0, 1
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6  # llama.cpp token types
NEVER = 0xFF  # a byte that no UTF-8 text contains: its row serves tokens that nothing produces

LLAMA_TEMPLATE = (
    "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + "
    "message['role'] + '<|end_header_id|>\n\n' + message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}"
    "{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}"
    "{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}")
QWEN_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + "
    "'<|im_end|>' + '\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")
MISTRAL_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + "
    "' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token }}{% endif %}{% endfor %}")


@dataclass(frozen=True)
class Vocabulary:
    """The tokens of one file: text, type, score, and the row of the union vocabulary each one is taken from."""

    tokens: list[bytes]
    types: list[int]
    rows: list[int]
    scores: list[float] | None
    merges: list[str] | None


def byte_letters() -> list[str]:
    """GPT-2's reversible byte-to-letter table (Radford et al. 2019): printable Latin-1 as is, the rest from U+0100."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    table, spare = [""] * 256, 0x100
    for b in range(256):
        if b in printable:
            table[b] = chr(b)
        else:
            table[b], spare = chr(spare), spare + 1
    return table


def byte_level(tk: Tokenizer, specials: list[str]) -> Vocabulary:
    """256 bytes, the pieces in byte letters, then the special tokens, as Llama 3 and Qwen have them at the end."""
    table = byte_letters()
    spell = lambda s: "".join(table[b] for b in s.encode())
    tokens = [*table, *(spell(p) for p in tk.pieces), *specials]
    rows = [*range(tk.first_byte, len(tk)), *(tk.special[s] for s in specials)]
    types = [NORMAL] * (len(tokens) - len(specials)) + [CONTROL] * len(specials)
    letters = [f"{table[p.encode()[0]]} {table[p.encode()[1]]}" for p in tk.pieces if len(p) == 1]
    merges = letters + [f"{spell(a)} {spell(b)}" for a, b in tk.merges()]
    return Vocabulary([t.encode() for t in tokens], types, rows, None, merges)


def sentence_piece(tk: Tokenizer) -> Vocabulary:
    """<unk> <s> </s> [INST] [/INST], 256 byte tokens, printable ASCII, then the pieces; a space is written U+2581."""
    spell = lambda s: s.replace(" ", "\u2581")
    ascii_texts = [chr(b) for b in range(0x20, 0x7F)]
    tokens = [*MISTRAL_SPECIALS, *(f"<0x{b:02X}>" for b in range(256))]
    tokens += [*map(spell, ascii_texts), *map(spell, tk.pieces)]
    rows = [tk.special[s] for s in MISTRAL_SPECIALS]
    rows += [tk.first_byte + (NEVER if 0x20 <= b < 0x7F else b) for b in range(256)]
    rows += [tk.first_byte + ord(c) for c in ascii_texts] + [*range(tk.first_piece, len(tk))]
    types = [UNKNOWN] + [CONTROL] * (len(MISTRAL_SPECIALS) - 1) + [BYTE] * 256
    types += [NORMAL] * (len(tokens) - len(types))
    scores = [0.0] * (len(tokens) - len(tk.pieces)) + [-float(i + 1) for i in range(len(tk.pieces))]
    return Vocabulary([t.encode() for t in tokens], types, rows, scores, None)


def text(value: str | bytes) -> bytes:
    """A GGUF string: 64-bit length, then UTF-8."""
    raw = value.encode() if isinstance(value, str) else value
    return struct.pack("<Q", len(raw)) + raw


def entry(key: str, kind: int, value) -> bytes:
    """One metadata entry."""
    body = text(value) if kind == STRING else struct.pack({U32: "<I", F32: "<f", BOOL: "<?"}[kind], value)
    return text(key) + struct.pack("<I", kind) + body


def array(key: str, kind: int, values: list) -> bytes:
    """One metadata entry that is an array."""
    plain = {F32: "<f4", I32: "<i4"}
    body = b"".join(map(text, values)) if kind == STRING else np.asarray(values, plain[kind]).tobytes()
    return text(key) + struct.pack("<IIQ", ARRAY, kind, len(values)) + body


def halves(weight: np.ndarray, head: int) -> np.ndarray:
    """Rows of q or k for RoPE on (i, i + head/2), which qwen2 uses, from rows made for pairs (2i, 2i+1)."""
    order = [*range(0, head, 2), *range(1, head, 2)]
    return weight.reshape(-1, head, *weight.shape[1:])[:, order].reshape(weight.shape)


def tensors(model: Model, rows: list[int], arch: str) -> list[tuple[str, np.ndarray]]:
    """The weights under llama.cpp's names."""
    state = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
    turn = (lambda w: halves(w, model.shape.head)) if arch == "qwen2" else (lambda w: w)
    out = [("token_embd.weight", state["embedding.weight"][rows]), ("output_norm.weight", state["norm.weight"])]
    for i in range(model.shape.layers):
        src, dst = f"blocks.{i}.", f"blk.{i}."
        for suffix in ("weight", "bias") if model.bias else ("weight",):
            q, k, v = np.split(state[src + "qkv." + suffix], 3)
            out += [(dst + "attn_q." + suffix, turn(q)), (dst + "attn_k." + suffix, turn(k)),
                    (dst + "attn_v." + suffix, v)]
        gate, up = np.split(state[src + "gate_up.weight"], 2)
        out += [(dst + "attn_norm.weight", state[src + "norm1.weight"]),
                (dst + "attn_output.weight", state[src + "out.weight"]),
                (dst + "ffn_norm.weight", state[src + "norm2.weight"]), (dst + "ffn_gate.weight", gate),
                (dst + "ffn_up.weight", up), (dst + "ffn_down.weight", state[src + "down.weight"])]
    return out


def size_label(count: int) -> str:
    """0.9M and the like, as model names carry it."""
    return f"{count / 1e6:.1f}M"


def general(model: Model, arch: str, title: str, count: int, tokens: int) -> list[bytes]:
    """Metadata about the network."""
    s = model.shape
    return [entry("general.architecture", STRING, arch), entry("general.type", STRING, "model"),
            entry("general.name", STRING, f"{title} {size_label(count)}"), entry("general.basename", STRING, title),
            entry("general.size_label", STRING, size_label(count)), entry("general.license", STRING, "mit"),
            entry("general.description", STRING,
                  "A tiny model trained from nothing for AgenticOS: dialogue and syscalls."),
            array("general.languages", STRING, ["en", "it"]),
            entry("general.file_type", U32, 1), entry("general.quantization_version", U32, 2),
            entry(f"{arch}.context_length", U32, s.context), entry(f"{arch}.embedding_length", U32, s.width),
            entry(f"{arch}.block_count", U32, s.layers), entry(f"{arch}.feed_forward_length", U32, s.hidden),
            entry(f"{arch}.attention.head_count", U32, s.heads), entry(f"{arch}.attention.head_count_kv", U32, s.heads),
            entry(f"{arch}.attention.layer_norm_rms_epsilon", F32, s.epsilon),
            entry(f"{arch}.rope.dimension_count", U32, s.head), entry(f"{arch}.rope.freq_base", F32, s.base),
            entry(f"{arch}.vocab_size", U32, tokens)]


def language(name: str, v: Vocabulary) -> list[bytes]:
    """Metadata about the tokenizer and the chat template."""
    at = lambda token: v.tokens.index(token.encode())
    out = [array("tokenizer.ggml.tokens", STRING, v.tokens), array("tokenizer.ggml.token_type", I32, v.types)]
    if v.scores is not None:
        out += [entry("tokenizer.ggml.model", STRING, "llama"), entry("tokenizer.ggml.pre", STRING, "default"),
                array("tokenizer.ggml.scores", F32, v.scores), entry("tokenizer.ggml.add_space_prefix", BOOL, False),
                entry("tokenizer.ggml.unknown_token_id", U32, at("<unk>"))]
    else:
        out += [entry("tokenizer.ggml.model", STRING, "gpt2"),
                entry("tokenizer.ggml.pre", STRING, "llama-bpe" if name == "llama" else "qwen2"),
                array("tokenizer.ggml.merges", STRING, v.merges)]
    bos, eos, template, add = {"llama": ("<|begin_of_text|>", "<|end_of_text|>", LLAMA_TEMPLATE, True),
                               "qwen": ("<|endoftext|>", "<|im_end|>", QWEN_TEMPLATE, False),
                               "mistral": ("<s>", "</s>", MISTRAL_TEMPLATE, True)}[name]
    if name == "llama":
        out += [entry("tokenizer.ggml.eot_token_id", U32, at("<|eot_id|>"))]
    if name == "qwen":
        out += [entry("tokenizer.ggml.padding_token_id", U32, at("<|endoftext|>"))]
    return out + [entry("tokenizer.ggml.bos_token_id", U32, at(bos)),
                  entry("tokenizer.ggml.eos_token_id", U32, at(eos)),
                  entry("tokenizer.ggml.add_bos_token", BOOL, add), entry("tokenizer.ggml.add_eos_token", BOOL, False),
                  entry("tokenizer.chat_template", STRING, template)]


def write(model: Model, tk: Tokenizer, name: str, path: pathlib.Path) -> None:
    """Writes the file for format `name` (llama, qwen or mistral)."""
    arch = "qwen2" if name == "qwen" else "llama"
    vocabulary = {"llama": lambda: byte_level(tk, LLAMA_SPECIALS), "qwen": lambda: byte_level(tk, QWEN_SPECIALS),
                  "mistral": lambda: sentence_piece(tk)}[name]()
    weights = tensors(model, vocabulary.rows, arch)
    count = sum(w.size for _, w in weights)
    title = "Forge " + name.capitalize()
    metadata = general(model, arch, title, count, len(vocabulary.tokens)) + language(name, vocabulary)
    table, blobs, offset = b"", [], 0
    for tensor, w in weights:
        kind = TENSOR_F16 if w.ndim == 2 else TENSOR_F32
        blob = np.ascontiguousarray(w, "<f2" if kind == TENSOR_F16 else "<f4").tobytes()
        table += text(tensor) + struct.pack("<I", w.ndim) + b"".join(struct.pack("<Q", n) for n in reversed(w.shape))
        table += struct.pack("<IQ", kind, offset)
        blobs.append(blob + b"\0" * (-len(blob) % ALIGNMENT))
        offset += len(blobs[-1])
    head = b"GGUF" + struct.pack("<IQQ", 3, len(weights), len(metadata)) + b"".join(metadata) + table
    part = path.with_suffix(".part")
    part.write_bytes(head + b"\0" * (-len(head) % ALIGNMENT) + b"".join(blobs))
    part.replace(path)  # a process that has the old file mapped keeps it
    print(f"{path.name}: {count} parameters, {path.stat().st_size} bytes, {len(vocabulary.tokens)} tokens")
