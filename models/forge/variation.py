"""Variation of phrasings, and the guard that keeps held-out ones out of training."""

from __future__ import annotations

import re
from random import Random

import phrases
import words

HELD_TABLES = (phrases.CALC_HELD, phrases.LIST_HELD, words.UNKNOWN_HELD)
HELD_PROMPTS = {t for table in HELD_TABLES for v in table.values() for t in v}
HELD_PROMPTS |= {t for rows in phrases.TALK.values() for _, held, _ in rows for t in held}
HELD_NORMAL = {re.sub(r"[^\wà-ù{}]+", " ", t.lower()).strip() for t in HELD_PROMPTS}


def is_held_out(text: str) -> bool:
    """True for a phrasing that is reserved for the examination, whatever its punctuation and case."""
    return re.sub(r"[^\wà-ù{}]+", " ", text.lower()).strip() in HELD_NORMAL


def vary(rng: Random, template: str, lang: str, chance: float) -> str:
    """Inserts, replaces, drops or misspells words (never `{e}`), so that no fixed wording is relied on."""
    if rng.random() >= chance or " " not in template:
        return template
    parts = template.split(" ")
    for _ in range(rng.choice([1, 1, 1, 2, 2, 3])):
        free = [i for i, w in enumerate(parts) if "{" not in w]
        filler = rng.choice(words.FILLER[lang])
        if rng.random() < 0.2:
            filler = "".join(rng.choice("aeioubcdfglmnprstv") for _ in range(rng.randrange(1, 7)))
        k = rng.random()
        if k < 0.5 or len(free) < 2:
            parts.insert(rng.randrange(len(parts) + 1), filler)
            continue
        i = rng.choice(free)
        if k < 0.75:
            parts[i] = filler
        elif k < 0.9 and len(free) > 2:
            del parts[i]
        elif len(parts[i]) > 2:
            j = rng.randrange(len(parts[i]))
            parts[i] = parts[i][:j] + parts[i][j + 1:]
    shown = " ".join(parts)
    return template if is_held_out(shown) else shown


def decorate(rng: Random, text: str, lang: str, chance: float) -> str:
    """Courtesy words before and after, lower case, a lost or an added mark at the end."""
    plain = text
    if rng.random() < chance:
        before = rng.choice(words.PREFIX[lang])
        if before and text[:1].isupper() and rng.random() < 0.6:
            text = text[0].lower() + text[1:]
        text = before + text
    if rng.random() < chance * 0.7:
        after = rng.choice(words.SUFFIX[lang])
        text = text[:-1] + after + "?" if text.endswith("?") else text + after
    if rng.random() < 0.12:
        text = text.lower()
    if rng.random() < 0.12 and text.endswith("?"):
        text = text[:-1]
    elif rng.random() < 0.1 and not text.endswith("?"):
        text += rng.choice(".!?")
    return plain if is_held_out(text) else text
