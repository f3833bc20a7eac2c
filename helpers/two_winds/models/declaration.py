"""Clauses against positions: who would sign a draft of the Moscow Declaration of November 1957.

What is source and what is model:

* Source: what four ruling parties thought, and what the real text says, are sentences of the
  table `positions`, each with its source.
* Model: the wordings to choose from are ours. So is the step from a sentence ("the camp must have
  a head") to a stance ("refuses a text without one"): STANCES holds our judgements. And so is the
  rule: a party signs a draft if it refuses no clause of it. The other nine ruling parties have no
  position in the table; the model lets them do what Moscow does, which is its weakest point.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from classwork.ground.errors import PlainError

from two_winds.argument_checks import lesson_helper

CLAUSES = {
    "leadership": {
        "headed": "The camp is headed by the USSR",
        "first": "The USSR was first; all parties are equal",
        "equal": "No head, no camp: all parties are equal",
    },
    "transition": {
        "peaceful": "To socialism by peaceful means",
        "both": "Peaceful or not, as conditions decide",
        "force": "Only by force",
    },
    "revisionism": {
        "only": "Revisionism alone is the danger",
        "main": "Revisionism the main danger, dogmatism too",
        "dogmatism": "Dogmatism is the main danger",
        "none": "Each party judges its own dangers",
    },
    "war": {
        "blocs": "Two blocs cause tension; dissolve both",
        "prevent": "War can be prevented; no one is blamed",
        "imperialism": "America threatens war; it can be prevented",
        "fatal": "War must come while imperialism lives",
    },
    "cult": {
        "praise": "The 20th Congress opened a new stage",
        "silence": "Not a word on the 20th Congress",
        "merits": "Stalin's merits outweigh his faults",
    },
}
REAL = {
    "leadership": "headed",
    "transition": "both",
    "revisionism": "main",
    "war": "imperialism",
    "cult": "praise",
}
MOSCOW = REAL | {"transition": "peaceful"}
# Our judgements: what a party refuses, and what it takes unwillingly. `positions` has the reasons.
STANCES = {
    "cpsu": {
        "leadership": {"refuses": {"equal"}, "unwilling": {"first"}},
        "transition": {"refuses": {"force"}, "unwilling": {"both"}},
        "revisionism": {"refuses": {"dogmatism"}, "unwilling": {"none"}},
        "war": {"refuses": {"blocs", "fatal"}, "unwilling": {"prevent"}},
        "cult": {"refuses": {"merits"}, "unwilling": {"silence"}},
    },
    "ccp": {
        "leadership": {"refuses": {"first", "equal"}, "unwilling": set()},
        "transition": {"refuses": {"peaceful"}, "unwilling": set()},
        "revisionism": {"refuses": {"dogmatism"}, "unwilling": {"none"}},
        "war": {"refuses": {"blocs"}, "unwilling": {"prevent"}},
        "cult": {"refuses": set(), "unwilling": {"praise"}},
    },
    "pzpr": {
        "leadership": {"refuses": set(), "unwilling": {"headed"}},
        "transition": {"refuses": set(), "unwilling": set()},
        "revisionism": {"refuses": {"only"}, "unwilling": {"main"}},
        "war": {"refuses": {"fatal"}, "unwilling": {"imperialism"}},
        "cult": {"refuses": {"merits"}, "unwilling": {"silence"}},
    },
    "lcy": {
        "leadership": {"refuses": {"headed"}, "unwilling": set()},
        "transition": {"refuses": {"force"}, "unwilling": set()},
        "revisionism": {"refuses": {"only", "main"}, "unwilling": set()},
        "war": {"refuses": {"imperialism", "fatal"}, "unwilling": set()},
        "cult": {"refuses": {"merits"}, "unwilling": {"silence"}},
    },
}
RULING = ("cpsu", "ccp", "pzpr", "lcy")
LEADER = "cpsu"

Draft = dict[str, str]


class DraftError(PlainError):
    """A draft that lacks a clause, or holds one that the model does not know."""


@lesson_helper
def real_text() -> Draft:
    """Return what the Declaration of November 1957 says, clause by clause, in our wording.

    >>> real_text()["transition"]
    'both'
    """
    return dict(REAL)


@lesson_helper
def moscow_draft() -> Draft:
    """Return a draft as Moscow may have liked it best: our judgement, not a document.

    That the Soviet draft named the peaceful way alone is source: the Chinese account of 1963.

    >>> [clause for clause in REAL if moscow_draft()[clause] != REAL[clause]]
    ['transition']
    """
    return dict(MOSCOW)


@lesson_helper
def objections(party: str, draft: Draft) -> list[str]:
    """Return the clauses of a draft that a party refuses, in the order of the draft.

    Args:
        party: "cpsu", "ccp", "pzpr" or "lcy".
        draft: one option for each clause, such as {"leadership": "headed", ...}.

    Raises:
        DraftError: if the party, a clause or an option is unknown, or a clause is missing.

    >>> objections("lcy", REAL)
    ['leadership', 'revisionism', 'war']
    >>> objections("ccp", MOSCOW)
    ['transition']
    """
    return [clause for clause in CLAUSES if stance(party, clause, draft) == "refuses"]


def stance(party: str, clause: str, draft: Draft) -> str:
    """Return whether a party "accepts" a clause of a draft, is "unwilling", or "refuses" it.

    >>> stance("pzpr", "leadership", REAL), stance("ccp", "leadership", REAL)
    ('unwilling', 'accepts')
    """
    _need(party, draft)
    judged = STANCES[party][clause]
    return next((kind for kind, options in judged.items() if draft[clause] in options), "accepts")


def signs(party: str, draft: Draft) -> bool:
    """Tell whether a party signs: it does if it refuses no clause.

    >>> signs("ccp", REAL), signs("ccp", MOSCOW)
    (True, False)
    """
    return not objections(party, draft)


@lesson_helper
def signatures(draft: Draft, followers: int = 9) -> int:
    """Return how many ruling parties sign a draft.

    Args:
        draft: one option for each clause.
        followers: how many ruling parties do what Moscow does.

    >>> signatures(REAL)  # Moscow, Beijing, Warsaw and nine; not Belgrade
    12
    >>> signatures(MOSCOW)  # Beijing refuses too
    11
    """
    signing = sum(signs(party, draft) for party in RULING)
    return signing + (followers if signs(LEADER, draft) else 0)


def clauses_as_real(draft: Draft) -> int:
    """Return how many clauses of a draft say what the Declaration says.

    >>> clauses_as_real(REAL), clauses_as_real(MOSCOW)
    (5, 4)
    """
    _need(LEADER, draft)
    return sum(draft[clause] == option for clause, option in REAL.items())


def every_draft() -> Iterator[Draft]:
    """Yield every draft that the clauses allow.

    >>> len(list(every_draft()))  # 3 x 3 x 4 x 4 x 3
    432
    """
    for options in product(*CLAUSES.values()):
        yield dict(zip(CLAUSES, options, strict=True))


def _need(party: str, draft: Draft) -> None:
    if party not in STANCES:
        raise DraftError(f"No party {party!r} in this model. It has: {', '.join(STANCES)}.")
    for clause, options in CLAUSES.items():
        if clause not in draft:
            raise DraftError(f"This draft says nothing on {clause}. It needs {', '.join(CLAUSES)}.")
        if draft[clause] not in options:
            raise DraftError(
                f"No wording {draft[clause]!r} for {clause}. There are: {', '.join(options)}."
            )
    if unknown := set(draft) - set(CLAUSES):
        raise DraftError(f"No clause {min(unknown)!r} in this model: {', '.join(CLAUSES)}.")
