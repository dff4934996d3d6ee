"""What cells must look like to be what a heading says, and what their words mean."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hcpgraph.importers.suggestions.cell_shapes import CellShape


def _any(_: CellShape) -> bool:
    return True


# Column of the study -> whether cells may be that.
FITS: Final[Mapping[str, Callable[[CellShape], bool]]] = MappingProxyType(
    {
        # posts
        "author": lambda s: s.handles and not (s.times or s.dids),
        "author_id": lambda s: s.ids,
        "author_name": lambda s: not s.links and not s.ats and not s.numbers,
        "bio": lambda s: s.words,
        "followers": lambda s: s.numbers,
        "text": lambda s: (
            not (s.numbers or s.links or s.times) and (s.differ or not s.few)
        ),
        "time": lambda s: s.times,
        "id": lambda s: (s.ids and not s.counts_rows) or s.post_links,
        "link": lambda s: s.links,
        "parent": lambda s: s.ids or s.links,
        "parent_author": lambda s: s.handles and not s.dids,
        "repost_of": lambda s: s.ids or s.links,
        "reposted_author": lambda s: s.handles and not s.dids,
        "quote_of": lambda s: s.ids or s.links,
        "quoted_author": lambda s: s.handles and not s.dids,
        "kind": lambda s: s.few,
        "lang": lambda s: s.few and not s.numbers,
        "platform": lambda s: s.share(lambda c: c.casefold() in PLATFORM_OF) > 0.5,
        "mentions": lambda s: s.share(lambda c: "@" in c) > 0.5 or s.handles,
        "hashtags": _any,
        # ties
        "source": lambda s: not (s.times or s.texts),
        "source_name": _any,
        "target": lambda s: not (s.times or s.texts),
        "target_name": _any,
        "layer": lambda s: s.few and not s.numbers,
        "weight": lambda s: s.numbers,
        "area": lambda s: s.few,
        # people
        "handle": lambda s: s.handles or s.links,
        "npi": lambda s: s.share(lambda c: c.isdecimal() and len(c) == 10) > 0.9,
        "name": lambda s: not s.numbers,
        "role": lambda s: not s.numbers,
        "specialty": lambda s: not s.numbers,
        "institution": lambda s: not s.numbers,
        "country": lambda s: not s.numbers,
        "region": lambda s: not s.numbers,
    }
)

PLATFORM_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("x", "twitter", "x.com", "twitter.com", "x (twitter)"), "x"),
        **dict.fromkeys(("bluesky", "bsky.app"), "bluesky"),
        **{
            name: platform
            for platform in (
                *("linkedin", "instagram", "facebook", "tiktok", "youtube", "reddit"),
                *("threads", "mastodon", "wechat", "weibo"),
            )
            for name in (platform, f"{platform}.com")
        },
    }
)

# Kind of post -> parts of folded cells that mean it; a quote is often a kind of repost.
KIND_PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "quote": (*("quote", "zitat", "zitier", "citation", "citaz", "alinti"), "引用"),
        "reply": (
            *("reply", "replies", "replied", "antwort", "reponse", "respuesta"),
            *("risposta", "resposta", "antwoord", "yanit", "返信"),
        ),
        "repost": (
            *("rt", "retweet", "repost", "reshare", "share", "boost", "geteilt"),
            *("partage", "compartid", "compartilh", "condivi", "gedeeld", "paylas"),
            *("リポスト", "リツイート"),
        ),
        "original": (
            *("original", "tweet", "post", "beitrag", "status", "publicacion"),
            *("publication", "pubblicazione", "publicacao", "bericht", "gonderi"),
            *("投稿", "ツイート", "ポスト"),
        ),
    }
)

# Layer -> parts of folded cells that mean it.
LAYER_PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "follow": ("folgt", "suit", "sigue", "segue", "volgt", "takip"),
        "mention": ("erwahn", "mencion", "menzion", "mencao", "vermeld"),
        "referral": ("uberweis", "referr", "adress", "deriv", "verwij", "sevk"),
        "nomination": ("nomin", "benenn", "empfehl", "recommand", "recomend"),
        "coauthor": ("coaut", "koaut", "ortakyazar"),
        "colleague": ("kolleg", "collegue", "coleg", "colleg", "meslektas"),
        "reply": ("antwort", "reponse", "respuesta", "risposta", "antwoord", "yanit"),
        "repost": ("geteilt", "partage", "compart", "condivi", "gedeeld"),
    }
)

# Role -> parts of folded cells that mean it, besides the words that rosters know.
ROLE_PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "pharmacist": ("apothek", "pharmac", "farmac", "eczaci", "薬剤師"),
        "nurse": (
            *("pflege", "krankenschwester", "infirm", "enferm", "verpleeg", "hemsire"),
            "看護",
        ),
        "researcher": (
            *("forsch", "chercheu", "investigad", "ricercat", "pesquisad", "onderzoek"),
            *("arastirmaci", "研究"),
        ),
        "clinician": (
            *("arzt", "medico", "medica", "medecin", "dokter", "doktor", "hekim"),
            "医師",
        ),
    }
)
