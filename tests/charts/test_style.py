"""The look: colours told apart by everybody, every script drawn, numbers as people write them."""

import importlib.util
import json
import logging
import unicodedata
import warnings
from itertools import combinations
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from fontTools.ttLib import TTCollection, TTFont
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from two_winds.charts.common import style
from two_winds.charts.common.wording import number

with warnings.catch_warnings():
    # The first import compiles a docstring of its own that Python complains about.
    warnings.simplefilter("ignore")
    from colorspacious import cspace_convert, deltaE

ROOT = Path(__file__).resolve().parents[2]
DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
NOTO_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
# Colours whose distance in CAM02-UCS is about 1 are just told apart side by side in good light.
# Thin lines on a projector, seen from the back row and not side by side, want at least ten times
# that; the palette keeps a little more.
TOLD_APART = 12
SIGHTS = ["normal", "protanomaly", "deuteranomaly", "tritanomaly"]
PAIRS = list(combinations(style.COLOURS, 2))


def seen(colour, sight):
    """A colour as somebody sees it who lacks one kind of cone altogether."""
    if sight == "normal":
        return np.array(to_rgb(colour))
    space = {"name": "sRGB1+CVD", "cvd_type": sight, "severity": 100}
    return np.clip(cspace_convert(to_rgb(colour), space, "sRGB1"), 0, 1)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_any_two_colours_are_told_apart(one, other, sight):
    first, second = (seen(style.COLOURS[name], sight) for name in (one, other))
    assert deltaE(first, second, input_space="sRGB1") >= TOLD_APART


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", [*style.COLOURS, "ink"])
def test_every_colour_can_be_read_on_white(name):
    colour = (style.COLOURS | {"ink": style.INK})[name]
    contrast = (luminance(style.PAPER) + 0.05) / (luminance(colour) + 0.05)
    assert contrast >= 4.5  # WCAG 2, level AA, text of ordinary size


def test_the_luminance_formula_gives_the_known_values():
    # Black on white is 21 to 1 by definition. Pure red has the luminance of its own coefficient.
    assert (luminance("#FFFFFF") + 0.05) / (luminance("#000000") + 0.05) == pytest.approx(21)
    assert luminance("#FF0000") == pytest.approx(0.2126)


def test_no_two_countries_share_a_marker():
    assert set(style.COUNTRIES) <= set(style.MARKERS) & set(style.COLOURS)
    assert len(set(style.MARKERS.values())) == len(style.MARKERS)


def test_no_two_kinds_of_figure_share_a_line_style():
    assert len(set(style.LINES.values())) == len(style.LINES)


def drawn_in_grey(country):
    """The shape of a country's marker, without its colour."""
    figure, axes = style.new_figure(2, 2)
    axes.set_axis_off()
    axes.plot([0.5], [0.5], style.MARKERS[country], markersize=60, color="#777777")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., 0] < 200


@pytest.mark.parametrize("lesson", [("SUN", "USA"), ("SUN", "CHN", "GBR")])
def test_countries_of_one_lesson_are_told_apart_on_a_grey_printout(lesson):
    for one, other in combinations(lesson, 2):
        first, second = drawn_in_grey(one), drawn_in_grey(other)
        assert first.sum() > 500
        # Of all the ink of both, at least a tenth stands where the other has none.
        assert (first ^ second).sum() >= 0.1 * (first | second).sum(), (one, other)


def texts():
    """Every text of the project that may come to stand in a lesson or on a picture."""
    for pattern in ("notebooks/*.ipynb", "notebooks/**/*.md", "datasets/*.csv", "helpers/**/*.py"):
        for path in sorted(ROOT.glob(pattern)):
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".ipynb":
                text = json.dumps(json.loads(text), ensure_ascii=False)
            yield path.relative_to(ROOT).as_posix(), text


def test_every_character_in_use_can_be_drawn():
    known = set(TTFont(DEJAVU).getBestCmap()) | set(TTFont(style.HAN).getBestCmap())
    missing = {}
    for name, text in texts():
        for character in set(text):
            if ord(character) not in known and unicodedata.category(character) not in ("Cc", "Cf"):
                missing[name] = missing.get(name, "") + character
    assert not missing, f"{missing}: run tools/make_font.py (Chinese), or write it otherwise"


SCRIPTS = {
    "Chinese": "东风压倒西风",
    "Cyrillic": "Догнать и перегнать Америку",
    "pinyin": "dōngfēng yādǎo xīfēng nǚ",
}


def ink(text, **options):
    """Where the picture is dark after `text` was written on it through the house style."""
    with style.house():
        figure, axes = style.new_figure(6, 2)
        axes.set_axis_off()
        style.label(axes, 0, 0.5, text, **options)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., 0] < 128


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("script", SCRIPTS)
def test_each_script_is_drawn_without_a_warning(script, weight, caplog):
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING):
        warnings.simplefilter("error")
        dark = ink(SCRIPTS[script], weight=weight)
    assert dark.sum() > 200
    assert not caplog.records  # matplotlib logs a font it does not find


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_letter_looks_different_from_an_empty_box(script):
    letters = sorted(set(SCRIPTS[script]) - {" "})
    shapes = [ink(letter, size=40) for letter in letters]
    for (one, first), (other, second) in combinations(zip(letters, shapes, strict=True), 2):
        assert (first ^ second).any(), (one, other)


def test_an_unknown_character_would_have_been_noticed():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ink("\U00010380")  # Ugaritic, in neither font
    assert any("missing from font" in str(warning.message) for warning in caught)


def test_the_licence_lies_beside_the_font():
    licence = (style.HAN.parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_the_font_does_not_bear_the_reserved_name():
    assert "Noto" not in TTFont(style.HAN)["name"].getDebugName(1)


def noto():
    """Noto Sans CJK on this machine, or None."""
    for folder in NOTO_FOLDERS:
        for path in sorted(Path(folder).expanduser().glob("**/NotoSansCJK-Regular.ttc")):
            return path
    return None


def test_the_font_can_be_cut_again_to_the_same_bytes(tmp_path, monkeypatch):
    source = noto()
    if source is None:
        pytest.skip("Noto Sans CJK is not installed on this machine")
    with TTCollection(source, lazy=True) as collection:
        revision = collection.fonts[0]["head"].fontRevision
    if revision != TTFont(style.HAN)["head"].fontRevision:
        pytest.skip(f"Noto Sans CJK on this machine is another release ({revision})")
    spec = importlib.util.spec_from_file_location("make_font", ROOT / "tools" / "make_font.py")
    make_font = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_font)
    monkeypatch.setattr(make_font, "FONT", tmp_path / "again.otf")
    characters = sorted(TTFont(style.HAN).getBestCmap())
    make_font.cut(source, "".join(map(chr, characters)))
    assert (tmp_path / "again.otf").read_bytes() == style.HAN.read_bytes()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (108.04, "108"),
        (92.327, "92.3"),
        (92.0, "92"),
        (8.9, "8.9"),
        (0.5234, "0.52"),
        (0, "0"),
        (-8.94, "-8.9"),
        (-0.25, "-0.25"),
        (99.96, "100"),
        (999.7, "1,000"),
        (1250.4, "1,250"),
        (1234567, "1,234,567"),
        (float("nan"), "no figure"),
        (None, "no figure"),
        (np.float64(51.2), "51.2"),
        (np.int64(51), "51"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, written):
    assert number(value) == written
