"""Makes the fonts of the pages from their upstream files: `make fonts`, or `python docs/fonts.py FOLDER`.

FOLDER holds the npm packages named in UPSTREAM, as `npm pack` gives them, unpacked. Onest and Literata become variable
fonts of weights 400 to 600 from their masters at both ends, with the Cyrillic and the Latin letters of the Kazakh
alphabets in one file; of Noto Naskh Arabic one weight is enough. Hinting goes, kerning stays.
The same packages and the same fonttools give the same bytes.
"""

import shutil
import sys
from io import BytesIO
from pathlib import Path

from fontTools import varLib
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent.parent / "web" / "static" / "fonts"
UPSTREAM = {
    "onest": "expo-google-fonts-onest-0.4.2",
    "literata": "expo-google-fonts-literata-0.4.3",
    "naskh": "expo-google-fonts-noto-naskh-arabic-0.4.5",
}
WEIGHTS = {400: "400Regular", 600: "600SemiBold"}

# The same ranges stand, wider, in web/style/1-fonts.css.
TEXT = (
    "20-7E,A0,A7,A9,AB,AD,B0,B7,BB,D7,300,301,306,308,401,406,410-44F,451,456,492-493,49A-49B,4A2-4A3,4AE-4B1,4BA-4BB,"
    "4D8-4D9,4E8-4E9,2010-2015,2018-201A,201C-201E,2022,2026,2039-203A,20B8,2116,2190-2193,2212"
)
LATIN = (
    "C0-CF,D1-D6,D9-DD,DF-EF,F1-F6,F9-FD,FF,100-101,10C-10D,11E-11F,130-131,143-144,147-148,14A-14B,15E-161,16A-16B,"
    "17D-17E,1F4-1F5,2BC"
)
ARABIC = (
    "20-22,28-3B,3F,5B,5D,AB,BB,60C,61B,61F,621-63A,640-655,660-66D,670-675,67E,686,698,6A9,6AD,6AF,6BE,6C0-6CC,6D0,6D5,"
    "6F0-6F9,200C-200F,2010-2014,2018-201E,2026,2039-203A"
)


def main(folder: Path) -> None:
    """Make every file, with the licences beside them."""
    for name in ("onest", "literata"):
        save(variable([subset(master(folder, name, weight), f"{TEXT},{LATIN}") for weight in WEIGHTS]), name)
    save(subset(master(folder, "naskh", 400), ARABIC), "naskh")
    for name, package in UPSTREAM.items():
        shutil.copyfile(folder / package / "package" / "LICENSE_FONT", OUT / f"OFL-{name}.txt")


def master(folder: Path, name: str, weight: int) -> TTFont:
    """The upstream font of a weight."""
    [path] = (folder / UPSTREAM[name] / "package" / WEIGHTS[weight]).glob("*.ttf")
    return TTFont(path, recalcTimestamp=False)


def subset(font: TTFont, unicodes: str) -> TTFont:
    """The font with these characters alone, in memory."""
    arabic = unicodes is ARABIC
    options = Options(hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.layout_features = ["*"] if arabic else ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(unicodes))
    subsetter.subset(font)
    return reread(font)


def reread(font: TTFont) -> TTFont:
    """The font as it is read from its own bytes."""
    memory = BytesIO()
    font.save(memory)
    memory.seek(0)
    return TTFont(memory, recalcTimestamp=False)


def variable(masters: list[TTFont]) -> TTFont:
    """One font with an axis of weight between its masters."""
    design = DesignSpaceDocument()
    first, last = min(WEIGHTS), max(WEIGHTS)
    design.addAxis(AxisDescriptor(tag="wght", name="Weight", minimum=first, default=first, maximum=last))
    for weight, font in zip(WEIGHTS, masters, strict=True):
        design.addSource(SourceDescriptor(font=font, location={"Weight": weight}))
    font, *_ = varLib.build(design)
    font.recalcTimestamp = False
    return reread(font)


def save(font: TTFont, name: str) -> None:
    """Write the file that the pages load."""
    font.flavor = "woff2"
    font.save(OUT / f"{name}.woff2")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
