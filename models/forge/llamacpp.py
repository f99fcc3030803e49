"""The few calls of llama.cpp's C API that the evaluation needs, through ctypes.

Made for llama.cpp v0.5.0 as the npm package @node-llama-cpp/linux-x64 3.22.1 brings it; the struct layouts
belong to that version, and another one is refused.
"""

from __future__ import annotations

import ctypes as c
import pathlib

import numpy as np

POINTERS = c.c_void_p


class ModelParams(c.Structure):
    """llama_model_params, 80 bytes."""

    _fields_ = [("devices", POINTERS), ("overrides", POINTERS), ("gpu_layers", c.c_int32), ("split_mode", c.c_int32),
                ("load_mode", c.c_int32), ("lazy_mode", c.c_int32), ("main_gpu", c.c_int32), ("tensor_split", POINTERS),
                ("progress", POINTERS), ("progress_data", POINTERS), ("kv_overrides", POINTERS),
                ("flags", c.c_bool * 8)]


class ContextParams(c.Structure):
    """llama_context_params, 160 bytes; what is not used here is filled from the library's defaults."""

    _fields_ = [("n_ctx", c.c_uint32), ("n_batch", c.c_uint32), ("n_ubatch", c.c_uint32), ("n_seq_max", c.c_uint32),
                ("unused", c.c_uint32 * 3), ("n_threads", c.c_int32), ("n_threads_batch", c.c_int32),
                ("rest", c.c_uint8 * (160 - 36))]


class Batch(c.Structure):
    """llama_batch, 56 bytes."""

    _fields_ = [("n_tokens", c.c_int32), ("token", POINTERS), ("embd", POINTERS), ("pos", POINTERS),
                ("n_seq_id", POINTERS), ("seq_id", POINTERS), ("logits", POINTERS)]


class ChatMessage(c.Structure):
    """llama_chat_message."""

    _fields_ = [("role", c.c_char_p), ("content", c.c_char_p)]


LOG = c.CFUNCTYPE(None, c.c_int, c.c_char_p, c.c_void_p)
_quiet = LOG(lambda level, text, data: None)


class Library:
    """The loaded natives."""

    def __init__(self, folder: pathlib.Path):
        if c.sizeof(ModelParams) != 80 or c.sizeof(ContextParams) != 160 or c.sizeof(Batch) != 56:
            raise RuntimeError("struct sizes do not match llama.cpp v0.5.0")
        ggml = None
        for stem in ("libggml-base", "libggml.", "libllama."):
            path = next(p for p in sorted(folder.glob("*.so")) if p.name.startswith(stem))
            lib = c.CDLL(str(path), mode=c.RTLD_GLOBAL)
            ggml = lib if stem == "libggml." else ggml
        self.lib = lib
        lib.llama_version.restype = c.c_char_p
        version = lib.llama_version().decode()
        if not version.startswith("0.5.0"):
            raise RuntimeError(f"llama.cpp 0.5.0 is needed, this is {version}")
        lib.llama_log_set(_quiet, None)
        ggml.ggml_backend_load_all_from_path(str(folder).encode())
        lib.llama_model_default_params.restype = ModelParams
        lib.llama_context_default_params.restype = ContextParams
        for name in ("llama_model_load_from_file", "llama_init_from_model", "llama_model_get_vocab", "llama_get_memory",
                     "llama_get_logits_ith"):
            getattr(lib, name).restype = c.c_void_p
        lib.llama_model_load_from_file.argtypes = [c.c_char_p, ModelParams]
        lib.llama_init_from_model.argtypes = [c.c_void_p, ContextParams]
        lib.llama_model_get_vocab.argtypes = lib.llama_get_memory.argtypes = [c.c_void_p]
        lib.llama_get_logits_ith.argtypes = [c.c_void_p, c.c_int32]
        lib.llama_vocab_n_tokens.argtypes = [c.c_void_p]
        lib.llama_vocab_is_eog.argtypes = lib.llama_vocab_get_attr.argtypes = [c.c_void_p, c.c_int32]
        lib.llama_vocab_is_eog.restype = c.c_bool
        lib.llama_tokenize.argtypes = [c.c_void_p, c.c_char_p, c.c_int32, c.c_void_p, c.c_int32, c.c_bool, c.c_bool]
        lib.llama_token_to_piece.argtypes = [c.c_void_p, c.c_int32, c.c_char_p, c.c_int32, c.c_int32, c.c_bool]
        lib.llama_batch_get_one.restype = Batch
        lib.llama_batch_get_one.argtypes = [c.c_void_p, c.c_int32]
        lib.llama_decode.argtypes = [c.c_void_p, Batch]
        lib.llama_memory_clear.argtypes = [c.c_void_p, c.c_bool]
        lib.llama_model_chat_template.argtypes = [c.c_void_p, c.c_char_p]
        lib.llama_model_chat_template.restype = c.c_char_p
        lib.llama_chat_apply_template.argtypes = [c.c_char_p, c.c_void_p, c.c_size_t, c.c_bool, c.c_char_p, c.c_int32]


class Session:
    """One model and one context with a single sequence."""

    def __init__(self, library: Library, path: pathlib.Path, context: int = 1024):
        self.lib = lib = library.lib
        params = lib.llama_model_default_params()
        params.gpu_layers = 0
        self.model = lib.llama_model_load_from_file(str(path).encode(), params)
        if not self.model:
            raise RuntimeError(f"llama.cpp does not load {path.name}")
        self.vocab = lib.llama_model_get_vocab(self.model)
        self.size = lib.llama_vocab_n_tokens(self.vocab)
        params = lib.llama_context_default_params()
        params.n_ctx, params.n_threads, params.n_threads_batch = context, 1, 1
        self.context = lib.llama_init_from_model(self.model, params)
        self.memory = lib.llama_get_memory(self.context)

    def tokenize(self, text: str, special: bool = True) -> list[int]:
        """Text to ids; nothing is added. `special`: names of control tokens stand for the tokens."""
        raw = text.encode()
        room = (c.c_int32 * (len(raw) + 8))()
        n = self.lib.llama_tokenize(self.vocab, raw, len(raw), room, len(room), False, special)
        return list(room[:n])

    def piece(self, token: int) -> bytes:
        """The bytes of a token; control tokens by name."""
        room = c.create_string_buffer(128)
        n = self.lib.llama_token_to_piece(self.vocab, token, room, len(room), 0, True)
        return room.raw[:n]

    def ends(self, token: int) -> bool:
        """True for the vocabulary's end-of-generation tokens."""
        return self.lib.llama_vocab_is_eog(self.vocab, token)

    def clear(self) -> None:
        """Forgets the sequence."""
        self.lib.llama_memory_clear(self.memory, True)

    def feed(self, tokens: list[int]) -> np.ndarray:
        """Appends tokens; returns the scores of what follows the last one."""
        room = (c.c_int32 * len(tokens))(*tokens)
        if self.lib.llama_decode(self.context, self.lib.llama_batch_get_one(room, len(tokens))) != 0:
            raise RuntimeError("llama_decode failed")
        scores = self.lib.llama_get_logits_ith(self.context, -1)
        return np.ctypeslib.as_array(c.cast(scores, c.POINTER(c.c_float)), (self.size,)).copy()

    def templated(self, messages: list[tuple[str, str]]) -> str:
        """What llama_chat_apply_template makes of (role, text) pairs with the file's own template."""
        template = self.lib.llama_model_chat_template(self.model, None)
        chat = (ChatMessage * len(messages))(*[ChatMessage(r.encode(), t.encode()) for r, t in messages])
        room = c.create_string_buffer(16384)
        n = self.lib.llama_chat_apply_template(template, chat, len(chat), True, room, len(room))
        if n < 0:
            raise RuntimeError("llama.cpp does not know this chat template")
        return room.raw[:n].decode()
