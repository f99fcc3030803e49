"""Exchanges for the last stages: what is hard to copy, noise, and further phrasings."""

from __future__ import annotations

import re
from random import Random

import phrases
import words
from corpus import ANSWERS, LANGUAGES, Exchange, exchange, from_process, listing, unknown_prompt
from variation import decorate


def is_hard(e: Exchange) -> bool:
    """True where copying is hardest: runs of one digit, very long numbers, lists of four files and more."""
    shown = (e.call or "") + " " + (e.result or "")
    return bool(re.search(r"(\d)\1\1|\d{10}", shown)) or shown.count("\n- ") >= 4


def characters(rng: Random) -> str:
    """Characters from all of Unicode, so that every byte has been seen and none leads astray."""
    tops = [0x7F, 0x250, 0x800, 0x3000, 0xD7FF, 0x1F700, 0x10FFFF]
    made = ""
    for _ in range(rng.randrange(1, rng.choice([6, 20, 70]))):
        code = rng.randrange(0x20, rng.choice(tops))
        made += chr(code) if not 0xD800 <= code < 0xE000 else " "
    return made


def drill(rng: Random) -> Exchange:
    """The next training exchange that is hard; one in six is noise from all of Unicode."""
    if rng.random() < 0.17:
        return Exchange("unknown", "en", characters(rng), None, None, ANSWERS["en"]["unknown"])
    while True:
        e = exchange(rng)
        if is_hard(e):
            return e


def widened(rng: Random) -> Exchange:
    """Talk and unknown questions in the further phrasings; one in four is a long list of files."""
    lang, k = rng.choice(LANGUAGES), rng.random()
    if k < 0.25:
        while True:
            e = listing(rng, lang)
            if is_hard(e):
                return e
    if k < 0.45:
        table = words.UNKNOWN_MORE if rng.random() < 0.6 else words.UNKNOWN
        prompt = decorate(rng, unknown_prompt(rng, lang, table), lang, 0.3)
        return Exchange("unknown", lang, prompt, None, None, ANSWERS[lang]["unknown"])
    intent = rng.randrange(len(phrases.TALK[lang]))
    prompt = decorate(rng, rng.choice(phrases.TALK_MORE[lang][intent] + phrases.TALK[lang][intent][0][:4]), lang, 0.3)
    e = Exchange("talk", lang, prompt, None, None, phrases.TALK[lang][intent][2])
    return from_process(rng, e) if rng.random() < 0.1 else e
