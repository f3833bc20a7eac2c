"""Glossary terms and who-was-who cards: what is shown, in which languages, and what is answered."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from two_winds.texts import glossary as wordlist
from two_winds.texts.glossary import WordError, who, words

TERM = {
    "term": "paper_tiger",
    "english": "paper tiger",
    "zh": "纸老虎",
    "pinyin": "zhǐlǎohǔ",
    "ru": "бумажный тигр",
    "ru_translit": "bumazhny tigr",
    "meaning": "Looks fierce & is weak",
    "source": "DICTIONARY",
    "grade": "B",
}
GLOSSARY = pd.DataFrame(
    [
        TERM,
        TERM
        | {"term": "secret_speech", "english": "secret speech", "zh": "秘密报告", "grade": "C"},
    ]
)
ZHOU = {
    "person": "zhou_enlai",
    "name": "Zhou Enlai",
    "native": "周恩来",
    "language": "zh",
    "transliteration": "Zhōu Ēnlái",
    "born": 1898,
    "died": 1976,
    "role_1957": "Prime minister",
    "note": "Stayed in Beijing <then>.",
    "years_grade": "C",
    "source": "REPORT",
    "grade": "A",
}
STRONG = {
    "person": "anna_louise_strong",
    "name": "Anna Louise Strong",
    "native": "Anna Louise Strong",
    "language": "en",
    "transliteration": "Anna Louise Strong",
    "born": 1885,
    "died": 1970,
    "role_1957": "Journalist",
    "note": "",
    "years_grade": "B",
    "source": "REPORT",
    "grade": "B",
}
PEOPLE = pd.DataFrame([ZHOU, STRONG])


@pytest.fixture
def shown(monkeypatch):
    """What was displayed, newest last."""
    bundles = []
    monkeypatch.setattr(wordlist, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


class Tags(HTMLParser):
    """The words of each element by its language, and tags left open."""

    def __init__(self, html):
        super().__init__()
        self.open, self.spoken = [], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        languages = [language for _, language in self.open if language]
        if languages:
            self.spoken.setdefault(languages[-1], []).append(data)


def test_every_language_of_a_term_is_marked_as_what_it_is(shown):
    words(GLOSSARY, "paper_tiger")
    page = Tags(shown[0]["text/html"])
    assert page.open == []
    assert page.spoken["zh-Hans"] == ["中文", "纸老虎"]
    assert page.spoken["zh-Latn-pinyin"] == ["zhǐlǎohǔ"]
    assert page.spoken["ru"] == ["Русский", "бумажный тигр"]
    assert "Looks fierce & is weak" in page.spoken["en"]
    assert '<th scope="row"' in shown[0]["text/html"]
    assert "<caption" in shown[0]["text/html"]


def test_a_term_is_found_by_its_key_or_in_any_of_its_languages_and_shown_in_the_order_asked(shown):
    words(GLOSSARY, "Secret Speech", "纸老虎")
    lines = shown[0]["text/plain"].splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == ["secret speech", "paper tiger"]


def test_an_unverified_term_carries_a_mark_and_its_meaning(shown):
    words(GLOSSARY, "secret_speech")
    for text in shown[0].values():
        assert "秘密报告*" in text
        assert "unverified" in text
    words(GLOSSARY, "paper_tiger")
    assert "unverified" not in shown[1]["text/html"]


def test_a_card_names_years_office_note_and_source(shown):
    people = PEOPLE.copy()
    people.attrs["citations"] = {"REPORT": "A report of 1957"}
    who(people, "zhou_enlai", "Anna Louise Strong")
    assert shown[0]["text/plain"] == (
        "Zhou Enlai, 周恩来, Zhōu Ēnlái (1898–1976, years recalled, unverified)\n"
        "Prime minister.\n"
        "Stayed in Beijing <then>.\n"
        "Source: A report of 1957 (grade A).\n\n"
        "Anna Louise Strong (1885–1970)\n"
        "Journalist.\n"
        "Source: A report of 1957 (grade B)."
    )
    page = Tags(shown[0]["text/html"])
    assert page.open == []
    assert page.spoken == {"zh-Hans": ["周恩来"], "zh-Latn-pinyin": ["Zhōu Ēnlái"]}
    assert "&lt;then&gt;" in shown[0]["text/html"]


@pytest.mark.parametrize(
    ("show", "table", "asked", "answer"),
    [
        (words, GLOSSARY, "papper tiger", "No word 'papper tiger'.* Did you mean 'paper tiger'?"),
        (who, PEOPLE, "Chou Enlai", "No person 'Chou Enlai'.* Did you mean 'Zhou Enlai'?"),
        (who, PEOPLE, "Strong", "No person 'Strong'.* Did you mean 'Anna Louise Strong'?"),
        (who, PEOPLE, "Nixon", "No person 'Nixon'.* It has: Zhou Enlai, Anna Louise Strong."),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(show, table, asked, answer, shown):
    with pytest.raises(WordError, match=re.compile(answer.replace("?", r"\?"))):
        show(table, asked)
    assert shown == []


def test_without_a_name_everything_is_shown(shown):
    words(GLOSSARY)
    who(PEOPLE)
    assert shown[0]["text/html"].count("<tr>") == 1 + len(GLOSSARY)
    assert shown[1]["text/html"].count("<strong>") == len(PEOPLE)
