"""A quiz in GIFT says of an answer what the lesson's check says of it."""

import gift_reader
import pytest
from classwork.editions.gift import escaped, gift_of
from classwork.editions.wording import kind_asked
from classwork.practice.check import CORRECT, judge
from classwork.practice.received import LIST, TRUTH, WORDS
from hypothesis import given
from hypothesis import strategies as st
from lessons import LESSONS
from marks_lab import small_assignment
from submissions import assignment_of


def told(question, answer, options):
    """Return whether a quiz takes an answer, and its words."""
    weight, words = question.marked(options.get(answer, answer))
    return weight == 1, words


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_quiz_says_to_an_answer_what_the_check_says(lesson):
    assignment = assignment_of(lesson)
    text, left_out = gift_of(assignment)
    category, questions = gift_reader.read(text)
    assert category.startswith("Two Winds/")
    asked = [e for e in assignment.exercises if e.name not in left_out]
    assert len(asked) == len(questions) == len({question.name for question in questions})
    for name in left_out:
        assert kind_asked(assignment.key[name]) in (LIST, WORDS)
    for exercise, question in zip(asked, questions, strict=True):
        key = assignment.key[exercise.name]
        options = {}
        if question.kind == "multichoice":
            letters = "abcdefgh"[: len(question.answers)]
            options = dict(zip(letters, [words for words, _, _ in question.answers], strict=True))
            assert '- `"' not in question.text, "the options stand below, not in the question"
        tried = [key["expected"], *(mistake for mistake, _ in key["mistakes"])]
        if isinstance(key["expected"], float):
            tried += [key["expected"] * 1.015, round(key["expected"]), round(key["expected"], 1)]
        for answer in tried:
            if question.kind == "numerical" and not isinstance(answer, int | float):
                continue
            verdict = judge(exercise.name, answer, key)
            takes, words = told(question, answer, options)
            assert takes == (verdict.state == CORRECT), (exercise.name, answer)
            if verdict.words != "Not quite." and answer in tried[: 1 + len(key["mistakes"])]:
                assert words == verdict.words, (exercise.name, answer)
    assert "](" not in text, "a quiz has no folder in which a link could lead anywhere"


@given(st.text("a:#={}~\\*%\n>-[]/ п毛", max_size=20))
def test_no_text_is_taken_for_the_signs_of_the_format(text):
    block = f"::n::[markdown]q {escaped(text)}.{{\n\t=right {escaped(text)}.\n\t~wrong\n}}"
    question = gift_reader.question(block)
    wanted = text.strip().replace("->", "→")
    assert (question.text, len(question.answers)) == (f"q {wanted}.", 2)
    assert question.answers[0] == (f"right {wanted}.", 1, "")


def test_true_or_false_and_a_word_are_asked_too():
    assignment = small_assignment()
    assignment.key["year"] |= {"expected": True, "mistakes": []}
    assignment.key["rate"] |= {"expected": "pig_iron", "mistakes": [["5 * 3", "No sum."]]}
    text, left_out = gift_of(assignment)
    word, truth = gift_reader.read(text)[1]
    assert left_out == ["claim"]
    assert kind_asked(assignment.key["year"]) == TRUTH
    assert (truth.kind, truth.marked("True")[0], truth.marked("False")[0]) == ("truefalse", 1, 0)
    assert [word.marked(w)[0] for w in ("Pig iron", '"pig_iron"', "iron")] == [1, 1, 0]
    assert word.marked("5 * 3") == (0, "Not quite. No sum.")
