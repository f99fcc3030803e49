"""One small vocabulary for all three models, and the encoder for it.

The pieces are the 256 bytes, a few accented letters, `[[`, `]]` and about 700 merged word parts. No
piece crosses a word boundary, digits stay single, punctuation stays single. Therefore three different
tokenizers of llama.cpp (byte-level BPE with the pre-tokenizers `llama-bpe` and `qwen2`, and SPM) cut
a text in the same places, and one training corpus serves three model files. `evaluate.py --tokens`
compares this encoder with llama.cpp's on thousands of strings.

Training is byte-pair encoding (Sennrich, Haddow, Birch 2016, "Neural Machine Translation of Rare Words
with Subword Units"). Encoding merges, again and again, the neighbours whose concatenation has the
lowest rank, leftmost first, which is what SPM does with score = -rank.
"""

from __future__ import annotations

import json
import pathlib
import re
from collections import Counter
from random import Random

import corpus
from formats import SPECIALS

LETTERS = "A-Za-zÀ-ÖØ-öø-ÿ"
PIECE = re.compile(rf" ?[{LETTERS}]+|\[\[|\]\]|.", re.S)
ACCENTED = list("àèéìòùÀÈÉÌÒÙ°")
SPLIT = re.compile("(" + "|".join(re.escape(s) for s in SPECIALS) + ")")


class Tokenizer:
    """Text to union ids and back: special tokens first, then 256 bytes, then the other pieces by rank."""

    def __init__(self, pieces: list[str]):
        self.pieces = pieces
        self.first_byte = len(SPECIALS)
        self.first_piece = self.first_byte + 256
        self.rank = {p: i for i, p in enumerate(pieces)}
        self.special = {s: i for i, s in enumerate(SPECIALS)}
        self.cache: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return self.first_piece + len(self.pieces)

    @classmethod
    def load(cls, path: pathlib.Path) -> "Tokenizer":
        """Reads what `save` wrote."""
        return cls(json.loads(path.read_text(encoding="utf-8"))["pieces"])

    def save(self, path: pathlib.Path) -> None:
        """Writes the pieces in rank order."""
        path.write_text(json.dumps({"pieces": self.pieces}, ensure_ascii=False), encoding="utf-8")

    def cut(self, word: str) -> list[str]:
        """One word as pieces; what no piece covers stays as single characters."""
        parts = list(word)
        while len(parts) > 1:
            ranks = [self.rank.get(parts[i] + parts[i + 1], 1 << 30) for i in range(len(parts) - 1)]
            best = min(ranks)
            if best == 1 << 30:
                break
            i = ranks.index(best)
            parts[i:i + 2] = [parts[i] + parts[i + 1]]
        return parts

    def encode(self, text: str) -> list[int]:
        """Plain text to ids; special token names in it are text."""
        out: list[int] = []
        for word in PIECE.findall(text):
            ids = self.cache.get(word)
            if ids is None:
                ids = []
                for part in self.cut(word):
                    if part in self.rank:
                        ids.append(self.first_piece + self.rank[part])
                    else:
                        ids += [self.first_byte + b for b in part.encode()]
                if len(self.cache) < 200_000:
                    self.cache[word] = ids
            out += ids
        return out

    def encode_markup(self, text: str) -> list[int]:
        """Text in which the names of special tokens stand for those tokens."""
        out: list[int] = []
        for part in SPLIT.split(text):
            out += [self.special[part]] if part in self.special else self.encode(part)
        return out

    def bytes_of(self, token: int) -> bytes:
        """The bytes a token stands for; special tokens are written by name."""
        if token < self.first_byte:
            return SPECIALS[token].encode()
        if token < self.first_piece:
            return bytes([token - self.first_byte])
        return self.pieces[token - self.first_piece].encode()

    def decode(self, ids: list[int]) -> str:
        """Ids to text; incomplete UTF-8 becomes the replacement character."""
        return b"".join(self.bytes_of(i) for i in ids).decode(errors="replace")

    def merges(self) -> list[tuple[str, str]]:
        """All pairs of symbols that concatenate to a piece, in rank order: BPE with these equals SPM."""
        known = set(self.pieces) | {chr(b) for b in range(128)}
        out = []
        for piece in self.pieces:
            if len(piece) > 1:
                halves = [(piece[:k], piece[k:]) for k in range(1, len(piece))]
                out += [(a, b) for a, b in halves if a in known and b in known]
        return out


def train(count: int = 720, sample: int = 24_000, seed: int = 7) -> Tokenizer:
    """Learns `count` merges from the words of `sample` exchanges; drops pieces that do not encode to themselves."""
    rng, seen = Random(seed), Counter()
    for _ in range(sample):
        e = corpus.exchange(rng)
        for text in (e.prompt, e.call or "", e.result or "", e.answer):
            seen.update(w for w in PIECE.findall(text) if len(w) > 1)
    for text in [corpus.system_prompt(rng) for _ in range(sample // 12)]:
        seen.update(w for w in PIECE.findall(text) if len(w) > 1)
    pieces = ACCENTED + ["[[", "]]"]
    seen.update({role: sample for role in ("system", "user", "assistant", "SYSTEM")})
    spellable = lambda w: all(ord(x) < 128 or x in ACCENTED for x in w)
    bag = {w: (list(w), c) for w, c in seen.items() if w not in pieces and spellable(w)}
    while len(pieces) < count + len(ACCENTED) + 2:
        pairs: Counter = Counter()
        for parts, c in bag.values():
            for a, b in zip(parts, parts[1:]):
                pairs[a, b] += c
        (a, b), c = max(pairs.items(), key=lambda kv: (kv[1], kv[0]))
        if c < 30:
            break
        if a + b not in pieces:
            pieces.append(a + b)
        for parts, _ in bag.values():
            i = 0
            while i < len(parts) - 1:
                if parts[i] == a and parts[i + 1] == b:
                    parts[i:i + 2] = [a + b]
                i += 1
    return Tokenizer(stable(pieces))


def stable(pieces: list[str]) -> list[str]:
    """Drops pieces that their own encoder would cut, until none is left; llama-bpe looks whole words up first."""
    while True:
        trial = Tokenizer(pieces)
        kept = [p for p in pieces if trial.cut(p) == [p]]
        if len(kept) == len(pieces):
            return kept
        pieces = kept
