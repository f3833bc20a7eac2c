"""What axe finds on a page that bars somebody's way; contrast is measured once for each look."""

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe

ONLY_MARKED = "axe.configure({rules: [{id: 'color-contrast', selector: '[data-look]'}]})"
AXE = Axe(f"{AXE_SCRIPT};{ONLY_MARKED}")
# Three of each: one may lie where its ground cannot be told.
EACH = 3
MEASURED: dict[str, int] = {}
# All on which contrast hangs: the letters, and what is drawn behind and around them.
MARK = """([areas, measured, each]) => {
  // Axe does not judge a single letter.
  const holdsText = node => node.nodeType === Node.TEXT_NODE && node.data.trim().length > 1;
  const field = "textarea, select, input:not([type=checkbox], [type=radio], [type=range])";
  for (const thing of document.querySelectorAll(areas.map(area => area + " *"))) {
    if (!thing.matches(field) && ![...thing.childNodes].some(holdsText)) continue;
    if (!thing.checkVisibility({visibilityProperty: true})) continue;
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(thing);
    const look = [color, fontSize, fontWeight, textShadow];
    for (let one = thing; one; one = one.parentElement) {
      const {backgroundColor, backgroundImage, opacity, filter, position} = getComputedStyle(one);
      look.push(backgroundColor, backgroundImage, opacity, filter, position);
    }
    const plain = ",rgba(0, 0, 0, 0),none,1,none,static";
    const told = look.join().replaceAll(plain, "");
    measured[told] = (measured[told] ?? 0) + 1;
    if (measured[told] <= each) thing.dataset.look = "";
  }
  return measured;
}"""


def barriers(page, areas=("body",), left_out=(), rules=None) -> list[str]:
    """Return what bars somebody's way on a page as it stands, in axe's words, with the place.

    Args:
        page: a page in the browser.
        areas: selectors of what is looked at.
        left_out: selectors of what is not.
        rules: settings of axe's rules.

    The contrast of words is measured at three places of each look in a run: what is of one colour,
    size and weight before the same ground has one contrast, on whatever page it stands.
    """
    MEASURED.update(page.evaluate(MARK, [areas, MEASURED, EACH]))
    context = {"include": [[area] for area in areas], "exclude": [[area] for area in left_out]}
    # Half of the time goes into reporting what is well; that is left out.
    options = {"resultTypes": ["violations"], "rules": rules or {}}
    found = AXE.run(page, context, options).response
    assert found["passes"]
    return [
        f"{barrier['impact']}: {barrier['help']}: {place['html'][:300]}"
        for barrier in found["violations"]
        for place in barrier["nodes"]
    ]
