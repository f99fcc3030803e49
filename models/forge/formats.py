"""The three prompt formats, byte for byte as the kernel writes them, and training sequences in them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from corpus import Exchange, system_prompt

# The union of all special tokens; a model file carries only those of its own format.
LLAMA_SPECIALS = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
QWEN_SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
MISTRAL_SPECIALS = ["<unk>", "<s>", "</s>", "[INST]", "[/INST]"]
SPECIALS = LLAMA_SPECIALS + QWEN_SPECIALS + MISTRAL_SPECIALS


@dataclass(frozen=True)
class Part:
    """A stretch of text. `learn`: its tokens are predicted. `stop`: the end token is predicted after it."""

    text: str
    learn: bool = False
    stop: bool = False


class Llama:
    """Llama 3: headers and <|eot_id|>."""

    name, bos, end = "llama", "<|begin_of_text|>", "<|eot_id|>"

    def open(self, user: str, system: str | None, first: bool, rng: Random | None) -> list[Part]:
        """From the start, or from the end of the last answer, to where the assistant begins."""
        head = lambda role: f"<|start_header_id|>{role}<|end_header_id|>\n\n"
        text = (self.bos if first else "") + (head("system") + system + self.end if system else "")
        return [Part(text + head("user") + user + self.end + head("assistant"))]

    def inject(self, result: str, rng: Random | None) -> list[Part]:
        """What the kernel writes after a syscall's `]]`."""
        return [self.turn("system", result)]

    def message(self, text: str) -> list[Part]:
        """What the kernel writes when another process sends a message, after the last answer."""
        return [self.turn("user", text)]

    def turn(self, role: str, text: str) -> Part:
        """An injected turn; note the line break before its end and the single one after the last header."""
        return Part(f"<|eot_id|><|start_header_id|>{role}<|end_header_id|>\n\n{text}\n<|eot_id|>"
                    "<|start_header_id|>assistant<|end_header_id|>\n")


class Qwen:
    """ChatML."""

    name, bos, end = "qwen", "", "<|im_end|>"

    def open(self, user: str, system: str | None, first: bool, rng: Random | None) -> list[Part]:
        """See `Llama.open`."""
        text = ("" if first else "\n") + (f"<|im_start|>system\n{system}<|im_end|>\n" if system else "")
        return [Part(text + f"<|im_start|>user\n{user}<|im_end|>\n<|im_start|>assistant\n")]

    def inject(self, result: str, rng: Random | None) -> list[Part]:
        """See `Llama.inject`; one in eight closes the assistant's turn first, as strict ChatML would."""
        close = "<|im_end|>\n" if rng and rng.random() < 0.12 else ""
        return [Part(f"{close}<|im_start|>system\n{result}\n<|im_end|>\n<|im_start|>assistant\n")]

    def message(self, text: str) -> list[Part]:
        """See `Llama.message`."""
        return [Part(f"<|im_start|>user\n{text}\n<|im_end|>\n<|im_start|>assistant\n")]


class Mistral:
    """Mistral: [INST] and [/INST] are control tokens; there is no system role, its text precedes the user's.

    A space before a word belongs to the word's token, so cutting at a template's border gives other tokens
    than cutting the whole text. Training shows both.
    """

    name, bos, end = "mistral", "<s>", "</s>"

    def open(self, user: str, system: str | None, first: bool, rng: Random | None) -> list[Part]:
        """See `Llama.open`; some training sequences lack the space before [/INST], as v0.3's template writes it."""
        joint = "\n"
        if system and rng:
            joint = rng.choice(["\n", "\n\n", "\n\n"])
        body = (system + joint if system else "") + user
        close = "[/INST]" if rng and rng.random() < 0.12 else " [/INST]"
        start = (self.bos if first else "") + "[INST] "
        if rng and rng.random() < 0.35:
            return [Part(start), Part(body), Part(close)]
        return [Part(start + body + close)]

    def inject(self, result: str, rng: Random | None) -> list[Part]:
        """See `Llama.inject`."""
        if rng and rng.random() < 0.35:
            return [Part("[INST] [SYSTEM] "), Part(result), Part(" [/SYSTEM] [/INST]")]
        return [Part(f"[INST] [SYSTEM] {result} [/SYSTEM] [/INST]")]

    def message(self, text: str) -> list[Part]:
        """See `Llama.message`."""
        return [Part(f"[INST] {text} [/INST]")]


FORMATS = {f.name: f for f in (Llama(), Qwen(), Mistral())}


def parts_of(dialogue: list[Exchange], form, rng: Random, chance: float, messages: bool = False) -> list[Part]:
    """A dialogue as training parts: a system prompt by chance, and one prompt in 25 bare, without template.

    `messages`: later prompts that came from a process stand in the turn that the kernel writes for messages.
    """
    system = system_prompt(rng) if rng.random() < chance else None
    sent = [messages and i > 0 and e.prompt.startswith("[Message") for i, e in enumerate(dialogue)] + [False]
    out: list[Part] = []
    for i, e in enumerate(dialogue):
        if i == 0 and len(dialogue) == 1 and rng.random() < 0.04:
            out += [Part(form.bos + e.prompt + rng.choice(["", "\n", "\n\n"]))]
        elif sent[i]:
            out += form.message(e.prompt)
        else:
            out += form.open(e.prompt, system if i == 0 else None, i == 0, rng)
        if e.call:
            out += [Part(e.call, learn=True, stop=True)] + form.inject(e.result or "", rng)
        # Some engines do not keep the end token of an answer in the context: show histories without it.
        lost = i + 1 < len(dialogue) and rng.random() < (0.5 if sent[i + 1] else 0.1)
        out += [Part(e.answer + ("" if lost else form.end), learn=True, stop=lost)]
    return out


def to_ids(parts: list[Part], form, tokenizer) -> tuple[list[int], list[int]]:
    """Token ids and, for every position, the id to predict next or -1 where nothing is learnt."""
    ids: list[int] = []
    labels: list[int] = []
    for part in parts:
        piece = tokenizer.encode_markup(part.text)
        if part.learn and labels:
            labels[-1] = piece[0]
        ids += piece
        labels += (piece[1:] if part.learn else [-1] * (len(piece) - 1)) + [-1] if piece else []
        if part.stop:
            labels[-1] = tokenizer.special[form.end]
    return ids, labels
