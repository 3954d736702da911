"""What a query marks in a text, and the passages of an article that show why it was found.

Everything points into the original text: tokens carry their offsets, so a mark is the word that stands there, in
whatever script or form.
"""

from .marking import Matcher
from .passages import enough, lead, passages
from .reading import Mark

__all__ = ["Mark", "Matcher", "enough", "lead", "passages"]
