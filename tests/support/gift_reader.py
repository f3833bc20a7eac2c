"""A reader of GIFT by the rules of Moodle's own, question/format/gift/format.php."""

import re
from dataclasses import dataclass

SIGNS = dict(zip(":#={}~", ("058", "035", "061", "123", "125", "126"), strict=True))
WEIGHT = re.compile(r"%(-?[0-9]{1,2}\.?[0-9]*)%")


@dataclass
class Question:
    """A question: each answer is a text, or a number and its tolerance, a weight and feedback."""

    name: str
    kind: str
    text: str
    answers: list

    def marked(self, answer):
        """Return the weight of an answer and what is said to it: the first that fits counts."""
        for wanted, weight, words in self.answers:
            if wanted == "*":
                return weight, words
            if self.kind == "numerical":
                value, tolerance = wanted
                if abs(answer - value) <= tolerance + 1e-9 * abs(value):
                    return weight, words
            elif wanted.replace("\\*", "*").casefold() == answer.casefold():
                return weight, words
        return 0, ""


def before(text):
    """Return a text with a placeholder for each sign that stands behind a backslash."""
    text = text.replace("\\\\", "&&092;")
    for sign, code in SIGNS.items():
        text = text.replace(f"\\{sign}", f"&&{code};")
    return text.replace("\\n", "&&010").replace("&&092;", "\\")


def after(text):
    """Return a text with the signs in the place of their placeholders."""
    for sign, code in SIGNS.items():
        text = text.replace(f"&&{code};", sign)
    return re.sub(r"^\[markdown\]", "", text.replace("&&010", "\n")).strip()


def read(text):
    """Return the category and the questions of a file."""
    blocks = re.split(r"\n\s*\n", text.strip())
    assert blocks[0].startswith("$CATEGORY:")
    return blocks[0][len("$CATEGORY:") :].strip(), [question(block) for block in blocks[1:]]


def question(block):
    """Return the question that a block without an empty line is."""
    lines = [line.strip() for line in block.splitlines()]
    text = before("\n".join(" " if line.startswith("//") else line for line in lines).strip())
    assert text.startswith("::")
    name, text = text[2:].split("::", 1)
    text = text.strip()
    start, end = text.index("{"), text.index("}")
    assert end == len(text) - 1
    inside = text[start + 1 : end].strip()
    assert "####" not in inside
    kind, answers = kind_and_answers(inside)
    return Question(after(name), kind, after(text[:start]), answers)


def kind_and_answers(inside):
    """Return of which kind a question is, and its answers."""
    if inside.startswith("#"):
        rest, _, wrong = inside[1:].partition("~")
        answers = [weighed(part, numerical) for part in rest.split("=")[1:]]
        return "numerical", [*answers, ("*", 0, after(wrong.partition("#")[2]))]
    if "~" in inside:
        parts = [part.strip() for part in inside.replace("=", "~=").split("~") if part.strip()]
        chosen = [(part.removeprefix("="), int(part.startswith("="))) for part in parts]
        return "multichoice", [
            (after(words), weight, after(told))
            for part, weight in chosen
            for words, _, told in [part.partition("#")]
        ]
    assert not ("=" in inside and "->" in inside), "it would be taken for a question of matching"
    head, *told = inside.split("#", 2)
    if head.strip() in ("T", "TRUE", "F", "FALSE"):
        right = "True" if head.strip().startswith("T") else "False"
        wrong = "False" if right == "True" else "True"
        return "truefalse", [(right, 1, after(told[1])), (wrong, 0, after(told[0]))]
    return "shortanswer", [weighed(part, after) for part in inside.split("=")[1:]]


def weighed(part, read_as):
    """Return an answer with its weight and feedback."""
    part, weight = part.strip(), 1
    if found := WEIGHT.match(part):
        weight, part = float(found[1]) / 100, part[found.end() :]
    wanted, _, told = part.partition("#")
    return read_as(wanted.strip()), weight, after(told)


def numerical(wanted):
    """Return a number and its tolerance."""
    value, _, tolerance = wanted.partition(":")
    return float(value), float(tolerance or 0)
