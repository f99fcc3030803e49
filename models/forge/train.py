"""Training: one base on all three formats then a short stage for each format alone.

Deterministic: fixed seeds, fixed step counts, one thread, no clock in any decision.
"""

from __future__ import annotations

import copy
import math
import sys
import time
from dataclasses import dataclass
from random import Random

import numpy as np
import torch

import corpus
import drills
import heldout
from formats import FORMATS, SPECIALS, parts_of, to_ids
from model import Model, Shape, initialise
from tokenizer import Tokenizer


@dataclass(frozen=True)
class Stage:
    """One run of the optimiser. The rate warms up, holds until `hold`, then falls as a cosine to `floor`."""

    name: str
    formats: tuple[str, ...]
    steps: int
    rate: float
    seed: int
    hold: float = 0.4
    floor: float = 0.02
    copying: int = 0  # so many steps at the start may be copy exercises
    span: int = 0  # the rate falls as if the stage had so many steps (0: as many as it has)
    again: float = 0.28  # chance of one more exchange in the same context
    system: float = 0.27  # chance of a system prompt
    long: float = 0.03  # chance that a step is one long context
    drill: float = 0.0  # chance that a dialogue is one hard exchange
    widen: float = 0.0  # chance that a dialogue is one exchange in the further phrasings
    messages: float = 0.0  # chance that a message of another process follows, in the kernel's own turn for it
    warm: int = 100
    check: int = 500


BASE = Stage("base", tuple(FORMATS), 7000, 3e-3, 1, hold=0.5, floor=0.15, copying=1100, span=11000)
JOINT = Stage("joint", tuple(FORMATS), 3500, 2.5e-3, 2, hold=0.05, check=250, again=0.12, system=0.15, long=0.01)
POLISH = Stage("polish", tuple(FORMATS), 1600, 1.2e-3, 3, hold=0.05, check=200, again=0.1, system=0.15, long=0.01,
               messages=0.08, drill=0.4)
WIDEN = Stage("widen", tuple(FORMATS), 550, 7e-4, 4, hold=0.05, check=180, warm=30, again=0.1, system=0.15, long=0.01,
              messages=0.06, drill=0.2, widen=0.45)
SETTLE = Stage("settle", tuple(FORMATS), 2800, 1.8e-3, 5, hold=0.1, check=200, again=0.1, system=0.15, long=0.01,
               messages=0.06, drill=0.25, widen=0.3)
STAGES = (BASE, JOINT, POLISH, WIDEN, SETTLE)
BATCH_TOKENS = 896
POOL = 1024
COPY_CHANCE = 0.3
LONGEST = 1000


class Batches:
    """Endless training batches: a pool of dialogues cut by length, so that little is padded."""

    def __init__(self, stage: Stage, tokenizer: Tokenizer):
        self.stage, self.rng, self.tokenizer = stage, Random(stage.seed), tokenizer
        self.forms = [FORMATS[n] for n in stage.formats]
        self.ready: list[list[tuple[list[int], list[int]]]] = []

    def sample(self, limit: int = 4) -> tuple[list[int], list[int]]:
        """One dialogue as ids and labels."""
        form = self.rng.choice(self.forms)
        hard = self.stage.drill and self.rng.random() < self.stage.drill
        talk = [drills.drill(self.rng)] if hard else corpus.dialogue(self.rng, self.stage.again, limit)
        if self.stage.widen and self.rng.random() < self.stage.widen:
            talk = [drills.widened(self.rng)]
        if self.stage.messages and self.rng.random() < self.stage.messages:
            talk.append(corpus.from_process(self.rng, corpus.exchange(self.rng)))
        parts = parts_of(talk, form, self.rng, self.stage.system, self.stage.messages > 0)
        return to_ids(parts, form, self.tokenizer)

    def long(self) -> tuple[list[int], list[int]]:
        """A context of several hundred tokens: many exchanges, or pages of noise before a question."""
        form = self.rng.choice(self.forms)
        talk = [corpus.exchange(self.rng) for _ in range(self.rng.randrange(4, 11))]
        if self.rng.random() < 0.5:
            noise = corpus.garbage(self.rng, 260)
            talk = [corpus.Exchange("unknown", "en", noise, None, None, corpus.ANSWERS["en"]["unknown"])] + talk[:2]
        ids, labels = to_ids(parts_of(talk, form, self.rng, self.stage.system), form, self.tokenizer)
        return ids[:LONGEST], labels[:LONGEST]

    def refill(self) -> None:
        """Makes the next pool of batches."""
        pool = sorted((s for s in (self.sample() for _ in range(POOL)) if len(s[0]) <= 320), key=lambda s: len(s[0]))
        batch: list[tuple[list[int], list[int]]] = []
        for s in pool:
            if batch and (len(batch) + 1) * len(s[0]) > BATCH_TOKENS:
                self.ready.append(batch)
                batch = []
            batch.append(s)
        self.ready.append(batch)
        self.rng.shuffle(self.ready)

    def next(self) -> tuple[torch.Tensor, torch.Tensor]:
        """The next batch of dialogues."""
        if self.rng.random() < self.stage.long:
            return pad([self.long()])
        if not self.ready:
            self.refill()
        return pad(self.ready.pop())


def pad(batch: list[tuple[list[int], list[int]]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Sequences of one length; the filling is never predicted."""
    size = max(len(ids) for ids, _ in batch)
    ids = torch.zeros((len(batch), size), dtype=torch.long)
    labels = torch.full((len(batch), size), -1, dtype=torch.long)
    for i, (x, y) in enumerate(batch):
        ids[i, :len(x)], labels[i, :len(y)] = torch.tensor(x), torch.tensor(y)
    return ids, labels


def copy_exercise(rng: np.random.Generator, tokenizer: Tokenizer) -> tuple[torch.Tensor, torch.Tensor]:
    """Random tokens and, after a mark, the same tokens again: what induction heads are for. A third are digits."""
    k = int(rng.integers(3, 14))
    rows = BATCH_TOKENS // (2 * k + 4)
    words = rng.integers(tokenizer.first_byte, len(tokenizer), (rows, k))
    digits = rng.integers(0, 10, (rows, k)) + tokenizer.first_byte + ord("0")
    body = np.where(rng.random((rows, 1)) < 0.35, digits, words)
    mark = rng.integers(0, len(SPECIALS), (rows, 3))
    ids = np.concatenate([mark[:, :1], body, mark[:, 1:2], body, mark[:, 1:2]], 1)
    labels = np.full_like(ids, -1)
    labels[:, k + 1:-1] = ids[:, k + 2:]
    return torch.from_numpy(ids), torch.from_numpy(labels)


def rate_at(stage: Stage, step: int) -> float:
    """Warm-up, plateau, cosine (Loshchilov and Hutter 2017, "SGDR")."""
    share = step / (stage.span or stage.steps)
    fall = 1.0
    if share > stage.hold:
        fall = stage.floor + (1 - stage.floor) * 0.5 * (1 + math.cos(math.pi * (share - stage.hold) / (1 - stage.hold)))
    return stage.rate * min(1.0, (step + 1) / stage.warm) * fall


@torch.no_grad()
def exact(model: Model, stage: Stage, tokenizer: Tokenizer) -> dict[str, float]:
    """Share of validation dialogues in which every learnt token is the most likely one, overall and by kind."""
    hits: dict[str, list[bool]] = {}
    for form in (FORMATS[n] for n in stage.formats):
        items = []
        for e in heldout.validation(240 // len(stage.formats), 77):
            parts = form.open(e.prompt, None, True, None)
            if e.call:
                parts += [type(parts[0])(e.call, True, True)] + form.inject(e.result, None)
            parts += [type(parts[0])(e.answer + form.end, True)]
            items.append((e.kind, to_ids(parts, form, tokenizer)))
        items.sort(key=lambda i: len(i[1][0]))
        for start in range(0, len(items), 20):
            group = items[start:start + 20]
            ids, labels = pad([s for _, s in group])
            right = ((model.logits(ids).argmax(-1) == labels) | (labels < 0)).all(1)
            for (kind, _), ok in zip(group, right.tolist()):
                hits.setdefault(kind, []).append(ok)
                hits.setdefault("all", []).append(ok)
    return {k: sum(v) / len(v) for k, v in hits.items()}


def run(model: Model, stage: Stage, tokenizer: Tokenizer, save=None) -> Model:
    """Trains `model` through `stage`; returns the checkpoint that was best on validation in the last third."""
    exercises = np.random.default_rng(stage.seed)
    batches = Batches(stage, tokenizer)
    groups = [dict(params=[p for p in model.parameters() if p.dim() == 2], weight_decay=0.05),
              dict(params=[p for p in model.parameters() if p.dim() != 2], weight_decay=0.0)]
    optimiser = torch.optim.AdamW(groups, lr=stage.rate, betas=(0.9, 0.98), eps=1e-9, foreach=True)
    best, best_score, smooth, start = None, -1.0, 0.0, time.time()
    for step in range(stage.steps):
        if step < stage.copying and exercises.random() < COPY_CHANCE:
            ids, labels = copy_exercise(exercises, tokenizer)
        else:
            ids, labels = batches.next()
        for group in optimiser.param_groups:
            group["lr"] = rate_at(stage, step)
        loss = model.loss(ids, labels)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        smooth = loss.item() if step == 0 else 0.98 * smooth + 0.02 * loss.item()
        if (step + 1) % stage.check == 0 or step + 1 == stage.steps:
            scores = exact(model, stage, tokenizer)
            if step + 1 >= stage.steps * 2 // 3 and scores["all"] >= best_score:
                best, best_score = copy.deepcopy(model.state_dict()), scores["all"]
            shown = " ".join(f"{k} {100 * v:.1f}" for k, v in sorted(scores.items()))
            print(f"{stage.name} step {step + 1}/{stage.steps} {time.time() - start:.0f}s loss {smooth:.4f} {shown}",
                  file=sys.stderr, flush=True)
            if save:
                save(model)
    model.load_state_dict(best)
    return model


def fresh(tokenizer: Tokenizer, seed: int = 0) -> Model:
    """An untrained model for the vocabulary."""
    model = Model(Shape(len(tokenizer)))
    initialise(model, seed)
    return model


def average(one: Model, other: Model) -> Model:
    """The mean of two models of one line, steadier than either (Wortsman et al. 2022, "Model soups")."""
    out, theirs = copy.deepcopy(one), other.state_dict()
    out.load_state_dict({k: 0.5 * v + 0.5 * theirs[k] for k, v in one.state_dict().items()})
    return out


def with_biases(model: Model) -> Model:
    """The same function as a model with (zero) q/k/v biases, as Qwen2 has them."""
    out = Model(model.shape, bias=True)
    state = model.state_dict()
    for i in range(model.shape.layers):
        state[f"blocks.{i}.qkv.bias"] = torch.zeros(3 * model.shape.width)
    out.load_state_dict(state)
    return out
