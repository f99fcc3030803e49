"""The synthetic corpus: an endless, seeded stream of exchanges between a user, a model and the kernel.

Nothing is downloaded; every sentence comes from `phrases.py` and `words.py`. The same seed gives the
same stream. What the models must learn is the *protocol* (when to call, what to call, how to report),
so about a third of the results are arbitrary: a model that computes instead of copying is punished.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from random import Random

import phrases
import words
from variation import decorate, is_held_out, vary

ANSWERS = {
    "en": {"calc": "The result of {x} is {v}.", "calc_error": "The calculator reported an error.",
           "list": "The files are:\n", "empty": "There are no files.", "list_error": "The files could not be listed.",
           "unknown": "I don't know."},
    "it": {"calc": "Il risultato di {x} è {v}.", "calc_error": "La calcolatrice ha segnalato un errore.",
           "list": "I file sono:\n", "empty": "Non ci sono file.",
           "list_error": "Non è stato possibile elencare i file.",
           "unknown": "Non lo so."},
}
LANGUAGES = ("en", "it")


@dataclass(frozen=True)
class Exchange:
    """One user turn and all that follows: the syscall (or None), the injected result and the final answer."""

    kind: str
    lang: str
    prompt: str
    call: str | None
    result: str | None
    answer: str


# --- arithmetic ----------------------------------------------------------------------------------
def integer(rng: Random) -> str:
    """A number of 1-6 digits; one in eight is made of few different digits, for runs are hard to copy."""
    size = rng.choices([1, 2, 3, 4, 5, 6], [12, 26, 24, 16, 12, 10])[0]
    if rng.random() < 0.12:
        digits = rng.sample("0123456789", rng.choice([1, 1, 2]))
        text = "".join(rng.choice(digits) for _ in range(size)).lstrip("0")
        return text or "0"
    return str(rng.randrange(10 ** (size - 1) if size > 1 else 0, 10 ** size))


def number(rng: Random) -> str:
    """An integer, or (one in nine) a decimal with one to three places."""
    text = integer(rng)
    if rng.random() < 0.11:
        text = text[:4] + "." + "".join(rng.choice("0123456789") for _ in range(rng.choice([1, 1, 2, 2, 3])))
    return text


def bucket(a: str, b: str) -> int:
    """Splits operand pairs into 11 classes: 0 is the examination's, 1 the validation's, the rest training's."""
    key = lambda s: int(s.replace(".", "9"))
    return (key(a) * 31 + key(b) * 7) % 11


def evaluate_exactly(a: str, b: str, op: str, digits: int = 17) -> str | None:
    """The value of `a op b` as a calculator prints it: exact if it ends within 10 decimals, else a double.

    `digits`: significant digits of what does not end; the kernel's calculator has 15, training shows up to 17.
    """
    x, y = Fraction(a), Fraction(b)
    if op == "/" and y == 0:
        return None
    v = {"+": x + y, "-": x - y, "*": x * y}[op] if op != "/" else x / y
    if v.denominator == 1:
        return str(v.numerator)
    scaled = v * 10 ** 10
    if scaled.denominator == 1:
        sign, n = ("-" if v < 0 else ""), abs(scaled.numerator)
        return f"{sign}{n // 10 ** 10}.{n % 10 ** 10:010d}".rstrip("0")
    text = repr(float(v)) if digits == 17 else f"{float(v):.{digits}g}"
    return text if "e" not in text else f"{float(v):.10f}".rstrip("0")


def operands(rng: Random, wanted: range | tuple[int, ...]) -> tuple[str, str, str]:
    """Two operands and an operator; divisions are mostly chosen so that the quotient is short."""
    while True:
        op = rng.choice("+-**/")
        a, b = number(rng), number(rng)
        if op == "/" and rng.random() < 0.6 and "." not in a + b:
            b = str(rng.choice([2, 2, 4, 5, 8, 10, 16, 20, 25, 3, 6, 7, 9, 12, rng.randrange(1, 400)]))
            if rng.random() < 0.5:
                a = str(int(b) * rng.randrange(1, 2000))
        if bucket(a, b) in wanted:
            return a, b, op


def arbitrary_value(rng: Random) -> str:
    """A result that follows from nothing: only copying gets it right."""
    size = rng.choice([1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 10, 11, 12, 13, 15])
    text = str(rng.randrange(10 ** size))
    if rng.random() < 0.2:
        few = ["01", "35", "9", "7", "36", "05", "128"]
        text = "".join(rng.choice(rng.choice(few)) for _ in range(rng.randrange(2, 9)))
        text = text.lstrip("0") or "0"
    if rng.random() < 0.25:
        tail = str(rng.randrange(1, 10 ** rng.randrange(1, 8)))
        if rng.random() < 0.15:
            tail = rng.choice("36") * rng.randrange(3, 16) + rng.choice("3475")
        text = text[:6] + "." + tail
    if rng.random() < 0.15:
        text = "-" + text
    return text + (f"E+{rng.randrange(10, 40)}" if rng.random() < 0.02 else "")


def spoken(a: str, b: str, op: str, lang: str, rng: Random) -> str:
    """The expression as people write it."""
    if rng.random() < 0.65:
        gap = rng.choice(["", "", " "])
        return f"{a}{gap}{op}{gap}{b}"
    return f"{a}{rng.choice(phrases.OPERATORS[lang][op])}{b}"


def bare(prompt: str) -> bool:
    """A prompt without words has no language; it is answered in English."""
    return not re.search(r"[a-wyzà-ù]", prompt.lower())


def calculation(rng: Random, lang: str, buckets: tuple[int, ...]) -> Exchange:
    """A training exchange about arithmetic."""
    a, b, op = operands(rng, buckets)
    shown, call = spoken(a, b, op, lang, rng), f"{a}{op}{b}"
    chain = rng.random()
    if chain < 0.05:
        c, op2 = integer(rng), rng.choice("+-*/")
        gap = rng.choice(["", " "])
        call = f"{a}{op}{b}{op2}{c}"
        shown = f"{gap}".join([a, op, b, op2, c])
    elif chain < 0.07:
        call, shown = "-" + call, "-" + f"{a}{op}{b}"
    template = vary(rng, rng.choice(phrases.CALC[lang]), lang, 0.4)
    prompt = decorate(rng, template, lang, 0.5).replace("{e}", shown)
    lang = "en" if bare(prompt) else lang
    value = evaluate_exactly(a, b, op)
    if value is None or rng.random() < 0.03:
        return Exchange("calc", lang, prompt, f"[[CALC: {call}]]", "SysCall Error: " + rng.choice(words.ERRORS),
                        ANSWERS[lang]["calc_error"])
    if chain < 0.07 or rng.random() < 0.35:
        value = arbitrary_value(rng)
    return Exchange("calc", lang, prompt, f"[[CALC: {call}]]", "Output:\n" + value,
                    ANSWERS[lang]["calc"].format(x=call, v=value))


# --- files ---------------------------------------------------------------------------------------
def file_name(rng: Random) -> str:
    """A plausible file name; some carry numbers, capitals or a made-up stem."""
    k, word = rng.random(), rng.choice(words.FILE_WORDS)
    if k < 0.45:
        stem = word
    elif k < 0.6:
        stem = word + rng.choice("-_") + rng.choice(words.FILE_WORDS)
    elif k < 0.75:
        stem = word + rng.choice(["", "_", "-"]) + str(rng.randrange(1, rng.choice([10, 100, 3000])))
    else:
        stem = "".join(rng.choice("bcdfghklmnprstvwz") + rng.choice("aeiou") for _ in range(rng.randrange(1, 4)))
        stem += rng.choice(["", "", "n", "s", "x"])
    if rng.random() < 0.1:
        stem = stem.capitalize() if rng.random() < 0.7 else stem.upper()
    return stem + "." + rng.choice(words.EXTENSIONS) if rng.random() < 0.93 else stem


def file_result(rng: Random, lang: str) -> tuple[str, str]:
    """The injected text of LS and the answer that reports it, one name per line as the kernel lists them."""
    k = rng.random()
    if k < 0.05:
        return "SysCall Error: " + rng.choice(words.ERRORS), ANSWERS[lang]["list_error"]
    if k < 0.13:
        return "Output:\nWorkspace is empty.", ANSWERS[lang]["empty"]
    names: list[str] = []
    for _ in range(rng.choice([1, 2, 2, 3, 3, 3, 4, 5, 6, 8])):
        name = file_name(rng)
        if name not in names:
            names.append(name)
    lines = "\n".join("- " + n for n in names)
    return "Output:\nFiles:\n" + lines, ANSWERS[lang]["list"] + lines


def listing(rng: Random, lang: str) -> Exchange:
    """A training exchange about the files of the workspace."""
    template = rng.choice(phrases.LIST[lang])
    hit = re.search(r"(?i)file\w*|folder|directory|cartella|workspace|area di lavoro|document\w*", template)
    if hit and rng.random() < 0.3:  # vary the words around the one that must stay
        shown = vary(rng, template[:hit.start()] + "{e}" + template[hit.end():], lang, 1.0).replace("{e}", hit.group())
        template = template if is_held_out(shown) else shown
    prompt = decorate(rng, template, lang, 0.5)
    if prompt.lower().split(" ")[0].strip(".!?") in ("ls", "dir"):
        lang = "en"
    result, answer = file_result(rng, lang)
    return Exchange("list", lang, prompt, "[[LS]]", result, answer)


# --- talk ----------------------------------------------------------------------------------------
def talk(rng: Random, lang: str) -> Exchange:
    """A training exchange of small talk and facts."""
    asked, _, answer = rng.choice(phrases.TALK[lang])
    return Exchange("talk", lang, decorate(rng, rng.choice(asked), lang, 0.35), None, None, answer)


def unknown_prompt(rng: Random, lang: str, table: dict[str, list[str]]) -> str:
    """A question that the models cannot answer."""
    fill = dict(n=rng.choice(words.NOUN[lang]), a=rng.choice(words.ADJECTIVE[lang]), p=rng.choice(words.PROPER),
                k=rng.choice([integer(rng), "nothing" if lang == "en" else "niente"]))
    return rng.choice(table[lang]).format(**fill)


def garbage(rng: Random, limit: int = 24) -> str:
    """Text without sense: random words, letters, symbols or Unicode."""
    pools = ["abcdefghilmnoprstuvz", "qwxyzkj", "!?.,;:-_/@#%&()='\"", "0123456789", "àèéìòùßñçøæ",
             "αβγδЖщю中文日本語한국🙂🚀€"]
    vocabulary = words.NOUN["en"] + words.NOUN["it"] + words.FILLER["en"] + words.FILLER["it"] + words.ADJECTIVE["en"]
    parts = []
    for _ in range(rng.randrange(1, limit)):
        pool = rng.choices(pools, [6, 2, 1, 1, 1, 1])[0]
        parts.append(rng.choice(vocabulary) if rng.random() < 0.6 else
                     "".join(rng.choice(pool) for _ in range(rng.randrange(1, 9))))
    return " ".join(parts)


def unknown(rng: Random, lang: str) -> Exchange:
    """A training exchange that must end in "I don't know", for honest questions and for noise."""
    if rng.random() < 0.25:
        short = ["", " ", "?", "...", "x", "\n", "ok", "no", "1", "42"]
        text = rng.choice(short) if rng.random() < 0.15 else garbage(rng)
        return Exchange("unknown", "en", text, None, None, ANSWERS["en"]["unknown"])
    template = decorate(rng, unknown_prompt(rng, lang, words.UNKNOWN), lang, 0.3)
    return Exchange("unknown", lang, template, None, None, ANSWERS[lang]["unknown"])


# --- streams ------------------------------------------------------------------------------------
def from_process(rng: Random, e: Exchange) -> Exchange:
    """The same exchange asked by another process, in the kernel's wording for messages."""
    pid = rng.randrange(1, 10 ** rng.randrange(1, 5))
    return Exchange(e.kind, e.lang, f"[Message from PID {pid}]: {e.prompt}", e.call, e.result, e.answer)


def exchange(rng: Random, buckets: tuple[int, ...] = tuple(range(2, 11))) -> Exchange:
    """The next training exchange."""
    lang = rng.choice(LANGUAGES)
    kind = rng.choices(["calc", "list", "talk", "unknown"], [56, 18, 16, 10])[0]
    made = {"calc": lambda: calculation(rng, lang, buckets), "list": lambda: listing(rng, lang),
            "talk": lambda: talk(rng, lang), "unknown": lambda: unknown(rng, lang)}[kind]()
    return from_process(rng, made) if rng.random() < 0.08 else made


def dialogue(rng: Random, again: float, limit: int = 4) -> list[Exchange]:
    """One to `limit` exchanges in one context; `again` is the chance of a further one."""
    made = [exchange(rng)]
    while len(made) < limit and rng.random() < again:
        made.append(exchange(rng))
    return made


def system_prompt(rng: Random) -> str:
    """A short system prompt of one to four sentences."""
    return " ".join(rng.sample(words.SYSTEM, rng.choice([1, 1, 2, 2, 3, 4])))
