"""Trains the three models and writes their GGUF files: `python3 models/forge/forge.py [--only llama]`.

Intermediate results (vocabulary, base, final weights) are kept in `models/forge/build/`, so that an
interrupted run goes on where a stage ended; remove that folder to start from nothing.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import time

import torch

import gguf
import tokenizer as tokenizers
import train
from formats import FORMATS
from model import Model, Shape

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE / "build"


def vocabulary() -> tokenizers.Tokenizer:
    """The union vocabulary; trained once."""
    path = BUILD / "tokenizer.json"
    if not path.exists():
        tokenizers.train().save(path)
    return tokenizers.Tokenizer.load(path)


def store(model: Model, path: pathlib.Path) -> None:
    """Writes weights and shape."""
    torch.save({"state": model.state_dict(), "shape": model.shape.as_dict(), "bias": model.bias}, path)


def load(path: pathlib.Path) -> Model:
    """Reads what `store` wrote."""
    saved = torch.load(path)
    model = Model(Shape(**saved["shape"]), saved["bias"])
    model.load_state_dict(saved["state"])
    return model


def note_time(stage: str, seconds: float) -> None:
    """Remembers how long a stage took, for the report; nothing depends on it."""
    path = BUILD / "times.json"
    times = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps({**times, stage: round(seconds)}))


def trained(stage: train.Stage, start: Model | None, tk: tokenizers.Tokenizer) -> Model:
    """The result of a stage: from the build folder if it is there, else trained now from `start` or from nothing."""
    path = BUILD / f"{stage.name}.pt"
    if not path.exists():
        began = time.time()
        partial = BUILD / f"{stage.name}.partial.pt"
        model = train.run(start or train.fresh(tk), stage, tk, save=lambda m: store(m, partial))
        store(model, path)
        note_time(stage.name, time.time() - began)
    return load(path)


def main() -> None:
    """Runs the stages that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=list(FORMATS), help="write one file only")
    asked = parser.parse_args().only
    torch.set_num_threads(1)
    BUILD.mkdir(exist_ok=True)
    tk = vocabulary()
    model, last = None, None
    for stage in train.STAGES:
        model, last = trained(stage, model, tk), model
    model = train.average(model, last)
    for name in [asked] if asked else FORMATS:
        dressed = train.with_biases(model) if name == "qwen" else model
        gguf.write(dressed, tk, name, HERE.parent / f"forge-{name}.gguf")


if __name__ == "__main__":
    main()
