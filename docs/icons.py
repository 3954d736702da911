"""Draws the icons of the face from `web/static/icon.svg`: `python docs/icons.py`. The files are in the repository."""

import shutil
import struct
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).resolve().parent.parent / "web" / "static"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZES = (32, 180, 192, 512)
PADDED = (180, 192, 512)
"""Telephones cut the corners off these by themselves, so the ground reaches to the edge."""

PAGE = "<body style='margin:0;background:{ground}'><div style='width:{size}px;height:{size}px'>{svg}</div>"


def main() -> None:
    """Write the PNG files, and `favicon.ico` with the smallest of them in it."""
    svg = (STATIC / "icon.svg").read_text("utf-8")
    ground = svg.partition('fill="')[2].partition('"')[0]
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size in SIZES:
            page = browser.new_page(viewport={"width": size, "height": size})
            colour = ground if size in PADDED else "transparent"
            page.set_content(PAGE.format(svg=svg, size=size, ground=colour))
            page.screenshot(path=STATIC / f"icon-{size}.png", omit_background=True)
        browser.close()
    small = (STATIC / "icon-32.png").read_bytes()
    head = struct.pack("<HHH BBBBHHII", 0, 1, 1, 32, 32, 0, 0, 1, 32, len(small), 22)
    (STATIC / "favicon.ico").write_bytes(head + small)


if __name__ == "__main__":
    main()
