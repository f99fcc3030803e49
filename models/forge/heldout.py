"""Writes `heldout.jsonl`: 200 prompts whose phrasing and operands never occur in training.

Run `python3 models/forge/heldout.py`; the file is the same every time (fixed seed).
"""

from __future__ import annotations

import json
import pathlib
from random import Random

import corpus
import phrases
import words
from corpus import ANSWERS, Exchange

SEED = 4242
COUNTS = {"calc": 112, "list": 40, "talk": 34, "unknown": 14}
PATH = pathlib.Path(__file__).with_name("heldout.jsonl")


def calculation(rng: Random, index: int) -> Exchange:
    """Held-out templates in turn, held-out operands."""
    lang = corpus.LANGUAGES[index % 2]
    held = phrases.CALC_HELD[lang]
    a, b, op = corpus.operands(rng, (0,))
    prompt = held[index // 2 % len(held)].replace("{e}", corpus.spoken(a, b, op, lang, rng))
    value = corpus.evaluate_exactly(a, b, op, digits=15)
    call = f"[[CALC: {a}{op}{b}]]"
    if value is None:
        return Exchange("calc", lang, prompt, call, "SysCall Error: division by zero", ANSWERS[lang]["calc_error"])
    answer = ANSWERS[lang]["calc"].format(x=f"{a}{op}{b}", v=value)
    return Exchange("calc", lang, prompt, call, "Output:\n" + value, answer)


def listing(rng: Random, index: int) -> Exchange:
    """Held-out templates in turn, names drawn anew."""
    lang = corpus.LANGUAGES[index % 2]
    held = phrases.LIST_HELD[lang]
    result, answer = corpus.file_result(rng, lang)
    return Exchange("list", lang, held[index // 2 % len(held)], "[[LS]]", result, answer)


def talk(rng: Random, index: int) -> Exchange:
    """Held-out phrasings of what the models know, in turn."""
    lang = corpus.LANGUAGES[index % 2]
    rows = [(q, a) for _, held, a in phrases.TALK[lang] for q in held]
    prompt, answer = rows[index // 2 % len(rows)]
    return Exchange("talk", lang, prompt, None, None, answer)


def unknown(rng: Random, index: int) -> Exchange:
    """Held-out phrasings of what they cannot know."""
    lang = corpus.LANGUAGES[index % 2]
    prompt = corpus.unknown_prompt(rng, lang, words.UNKNOWN_HELD)
    return Exchange("unknown", lang, prompt, None, None, ANSWERS[lang]["unknown"])


def build(seed: int = SEED) -> list[Exchange]:
    """200 exchanges; every fifteenth is a message from a process. Another seed draws other operands and names."""
    rng = Random(seed)
    makers = {"calc": calculation, "list": listing, "talk": talk, "unknown": unknown}
    made = [makers[kind](rng, i) for kind, count in COUNTS.items() for i in range(count)]
    return [corpus.from_process(rng, e) if i % 15 == 7 else e for i, e in enumerate(made)]


def validation(count: int = 200, seed: int = 77) -> list[Exchange]:
    """Another set, for choosing checkpoints: training phrasings, but operands of their own class."""
    rng = Random(seed)
    return [corpus.exchange(rng, (1,)) for _ in range(count)]


def main() -> None:
    """Writes the file, one JSON object a line."""
    fields = ("kind", "prompt", "call", "result", "answer", "lang")
    lines = [json.dumps({f: getattr(e, f) for f in fields}, ensure_ascii=False) for e in build()]
    PATH.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
