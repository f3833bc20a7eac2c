"""The model of a herd: years worked out by hand."""

import pytest
from two_winds.models.herd import HerdError, campaign, next_herd, slaughter, steady_growth


def test_young_go_first_and_breeding_stock_only_where_they_do_not_suffice():
    assert slaughter(60, 40, 40).breeding_killed == 0
    assert slaughter(60, 40, 41).breeding_killed == 1


def test_no_more_can_be_slaughtered_than_there_are():
    year = slaughter(60, 40, 101)
    assert (year.meat, year.breeding_killed, year.wanted) == (100, 60, 101)
    assert next_herd(year) == (0, 0)


def test_the_year_of_the_exercise():
    assert next_herd(slaughter(60, 40, 50), births=0.7) == (50, pytest.approx(35))


def test_the_year_on_the_printed_page():
    breeding, young = next_herd(slaughter(60, 40, 37), births=0.7)
    assert (breeding, young) == (63, pytest.approx(42))


def test_without_a_target_meat_grows_as_the_herd_does():
    meat = [year.meat for year in campaign(0.37, 0.33, pressed=0)]
    assert meat[0] == pytest.approx(37)
    for before, after in zip(meat, meat[1:], strict=False):
        assert after / before == pytest.approx(1.05)  # 1.05 * 1.05 = 0.63 * (1.05 + 0.7)


def test_a_target_for_one_year_is_met_and_paid_for_in_the_next():
    usual, pressed = campaign(0.37, 0.33, 0), campaign(0.37, 0.33, 1)
    assert pressed[1].meat == pytest.approx(37 * 1.33)
    assert pressed[1].breeding_killed == pytest.approx(37 * 1.33 - pressed[1].young)
    assert pressed[2].meat < pressed[0].meat < usual[2].meat


def test_the_race_of_the_speech_uses_the_herd_up_in_the_third_year():
    years = campaign(0.37, 0.33, 4)
    assert [year.meat < year.wanted - 1e-9 for year in years[1:4]] == [False, False, True]
    assert years[4].meat == 0


def test_animals_are_neither_made_nor_lost():
    for share, growth, pressed in ((0.37, 0.33, 2), (0.25, 2.1, 1), (0.45, 0, 3)):
        years = campaign(share, growth, pressed)
        for now, then in zip(years, years[1:], strict=False):
            born = 0.7 * (now.breeding - now.breeding_killed)
            there = now.breeding + now.young - now.meat + born
            assert then.breeding + then.young == pytest.approx(there)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: slaughter(-1, 40, 10),
        lambda: slaughter(60, "40", 10),
        lambda: slaughter(60, 40, float("nan")),
        lambda: next_herd(slaughter(60, 40, 10), births=1.5),
        lambda: steady_growth(1),
        lambda: steady_growth(37),
        lambda: campaign(0.37, -2, 1),
    ],
)
def test_a_herd_that_cannot_be_is_refused_in_words(wrong):
    with pytest.raises(HerdError, match=" is "):
        wrong()
