"""Examines the model files through llama.cpp itself.

    python3 models/forge/evaluate.py --natives DIR [--only llama] [--json out.json]

DIR holds llama.cpp v0.5.0's shared libraries (npm: @node-llama-cpp/linux-x64 3.22.1, bins/linux-x64).
The kernel is played by `converse`: it stops the model at `]]`, injects the result and lets it go on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import re
from random import Random

import numpy as np

import corpus
import heldout
import tokenizer as tokenizers
from formats import FORMATS
from llamacpp import Library, Session

HERE = pathlib.Path(__file__).resolve().parent
MODELS = HERE.parent
CALL = re.compile(r"\[\[[A-Z_]+(?:: [^\]]*)?\]\]$")
SYSTEM = "You are a helpful assistant."


def greedy(scores: np.ndarray) -> int:
    """Temperature 0."""
    return int(scores.argmax())


def nucleus(seed: int, temperature: float = 0.7, top_p: float = 0.9):
    """Temperature, then the smallest set of tokens that holds `top_p` (Holtzman et al. 2020)."""
    rng = np.random.default_rng(seed)

    def pick(scores: np.ndarray) -> int:
        p = np.exp((scores.astype(np.float64) - scores.max()) / temperature)
        order = np.argsort(-p)
        p = p[order] / p.sum()
        keep = int(np.searchsorted(np.cumsum(p), top_p)) + 1
        return int(order[rng.choice(keep, p=p[:keep] / p[:keep].sum())])
    return pick


def generate(session: Session, scores: np.ndarray, pick, limit: int) -> tuple[str, str]:
    """Text until an end token ("end"), a syscall ("call") or the limit ("limit")."""
    out = b""
    for _ in range(limit):
        token = pick(scores)
        if session.ends(token):
            return out.decode(errors="replace"), "end"
        out += session.piece(token)
        if out.endswith(b"]]") and CALL.search(out.decode(errors="replace")):
            return out.decode(errors="replace"), "call"
        scores = session.feed([token])
    return out.decode(errors="replace"), "limit"


def converse(session: Session, form, prompt: str, result: str | None, pick=greedy, limit: int = 300,
             system: str | None = None) -> tuple[str | None, str, str]:
    """One exchange in a new context, as the kernel runs it: (the syscall or None, the answer, how it ended)."""
    session.clear()
    return reply(session, form, form.open(prompt, system, True, None)[0].text, result, pick, limit)


def reply(session: Session, form, text: str, result: str | None, pick=greedy,
          limit: int = 300) -> tuple[str | None, str, str]:
    """What the model makes of `text`, a turn up to where the assistant begins."""
    said, how = generate(session, session.feed(session.tokenize(text)), pick, limit)
    if how != "call":
        return None, said, how
    inject = form.inject(result if result is not None else "SysCall Error: not expected", None)[0].text
    # The token `]]` itself was not fed yet: it goes first, then the injected turn.
    answer, how = generate(session, session.feed(session.tokenize("]]") + session.tokenize(inject)), pick, limit)
    return said, answer, how


def messages(session: Session, form, items: list[dict]) -> str:
    """Every fourth held-out prompt again, as a message of another process after a greeting, in the kernel's turn."""
    asked, right = [i for i in items[::4] if not i["prompt"].startswith("[Message")], 0
    for item in asked:
        converse(session, form, "Ciao", None)
        text = form.message(f"[Message from PID 7]: {item['prompt']}")[0].text
        call, answer, how = reply(session, form, text, item["result"])
        right += call == item["call"] and answer == item["answer"] and how == "end"
    return f"{right}/{len(asked)}"


def examine(session: Session, form, items: list[dict], system: str | None = None) -> dict:
    """Exact syscall and exact answer at temperature 0, overall and by kind and language, and the misses."""
    tally: dict[str, list[bool]] = {}
    misses = []
    for item in items:
        call, answer, how = converse(session, form, item["prompt"], item["result"], system=system)
        ok = call == item["call"] and answer == item["answer"] and how == "end"
        for key in ("all", item["kind"], item["lang"]):
            tally.setdefault(key, []).append(ok)
        if not ok:
            misses.append({"prompt": item["prompt"], "call": call, "answer": answer,
                           "wanted": [item["call"], item["answer"]]})
    return {"right": {k: f"{sum(v)}/{len(v)}" for k, v in tally.items()}, "misses": misses}


def sampled(session: Session, form, runs: int = 100) -> int:
    """How often `Calcola 37*19` yields 703 at temperature 0.7, top_p 0.9."""
    good = 0
    for seed in range(runs):
        call, answer, how = converse(session, form, "Calcola 37*19", "Output:\n703", nucleus(seed))
        good += call == "[[CALC: 37*19]]" and "703" in answer and how == "end"
    return good


def nonsense(rng: Random) -> str:
    """Prompts that mean nothing: words, bytes, symbols, near-empty, and about 400 tokens long."""
    k = rng.random()
    if k < 0.2:
        return rng.choice(["", " ", "\n", ".", "?", "a", "0", "]]", "[[", "[[CALC", "é",
                           "🙂", "  ", "null", "-", "\t"])
    if k < 0.4:
        made_up = ["lorem", "ipsum", "qux", "zorp", "blah", "fnord", "wug", "glip"]
        return " ".join(rng.choice(made_up) for _ in range(rng.randrange(1, 30)))
    if k < 0.6:
        ranges = [(0x20, 0x7F), (0xA0, 0x600), (0x4E00, 0x9000), (0x1F300, 0x1F600)]
        return "".join(chr(rng.choice([rng.randrange(*r) for r in ranges])) for _ in range(rng.randrange(1, 60)))
    if k < 0.8:
        return corpus.garbage(rng, 40)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    return " ".join("".join(rng.choice(letters) for _ in range(rng.randrange(2, 9))) for _ in range(110))


def finishing(session: Session, form, count: int = 200) -> tuple[int, list[str]]:
    """How many nonsense prompts end by themselves within 100 tokens, and those that do not."""
    rng, endless = Random(99), []
    for _ in range(count):
        prompt = nonsense(rng)
        if converse(session, form, prompt, None, limit=100)[2] != "end":
            endless.append(prompt[:60])
    return count - len(endless), endless


def same_tokens(session: Session, name: str, count: int = 3000) -> int:
    """Strings that llama.cpp cuts otherwise than the training did (texts are compared, for ids differ by file)."""
    tk = tokenizers.Tokenizer.load(HERE / "build" / "tokenizer.json")
    rng, different = Random(5), 0
    for _ in range(count):
        e = corpus.exchange(rng)
        form = FORMATS[name]
        text = form.open(e.prompt, corpus.system_prompt(rng), True, None)[0].text + (e.call or "") + e.answer + form.end
        ours = [tk.bytes_of(i) for i in tk.encode_markup(text)]
        different += ours != [session.piece(t) for t in session.tokenize(text)]
    return different


def templates_agree(session: Session, form) -> bool:
    """llama_chat_apply_template with the file's template gives the text that training used (but for the BOS name)."""
    ok = True
    for system in (None, SYSTEM):
        chat = ([("system", system)] if system else []) + [("user", "Calcola 37*19")]
        ok &= form.bos + session.templated(chat) == form.open("Calcola 37*19", system, True, None)[0].text
    return ok


def main() -> None:
    """Examines the models and prints one JSON object for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--natives", type=pathlib.Path, required=True)
    parser.add_argument("--only", choices=list(FORMATS))
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="only the 200 held-out prompts")
    args = parser.parse_args()
    items = [json.loads(line) for line in heldout.PATH.read_text(encoding="utf-8").splitlines()]
    library, report = Library(args.natives), {}
    for name in [args.only] if args.only else list(FORMATS):
        path = MODELS / f"forge-{name}.gguf"
        session, form = Session(library, path), FORMATS[name]
        found = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size,
                 "heldout": examine(session, form, items)}
        if not args.quick:
            found["heldout_with_system"] = examine(session, form, items, SYSTEM)["right"]
            found["as_messages"] = messages(session, form, items)
            found["sampled_703"] = sampled(session, form)
            found["finished"], found["endless"] = finishing(session, form)
            found["templates_agree"] = templates_agree(session, form)
            if (HERE / "build" / "tokenizer.json").exists():
                found["texts_cut_differently"] = same_tokens(session, name)
        report[name] = found
        print(json.dumps({name: found}, ensure_ascii=False, indent=1), flush=True)
    if args.json:
        args.json.write_text(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
