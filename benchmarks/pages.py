"""Pages of the five outlets with known boilerplate, put together from real parts by the outlets' templates.

    python benchmarks/pages.py [--corpus ../shared/corpus] [--outlet viva] [--template amp] [--layout flat]

prints pages with their boilerplate in ⟦…⟧. The templates (`pages_*.py`) are written from what the outlets'
pages look like, not from the packs in `patterns/`: what both miss can't be seen, what one of them misses
can.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from functools import partial

import parts
from corpus import FIVE, arguments
from draft import LAYOUTS, Draft, Page, Template
from pages_kompastv import (
    kompastv_2022,
    kompastv_2023,
    kompastv_2025,
    kompastv_amp,
    kompastv_amp_glued,
    kompastv_video,
)
from pages_radarcirebon import radar_disway, radar_id, radar_migrated, radar_rss, radar_tv
from pages_viva import (
    viva_amp,
    viva_baca,
    viva_container,
    viva_desktop,
    viva_flat,
    viva_last_page,
    viva_regional,
    viva_related_list,
    viva_round_up,
    viva_siap,
    viva_vivanews,
)
from pages_wordpress import andalpost, tangselife
from parts import Parts

TEMPLATES: dict[tuple[str, str], tuple[str, Template]] = {
    ("viva", "desktop"): ("https://www.viva.co.id/berita/dunia/{n}-{slug}", viva_desktop),
    ("viva", "last-page"): ("https://www.viva.co.id/berita/bisnis/{n}-{slug}?page=3", viva_last_page),
    ("viva", "amp"): ("https://www.viva.co.id/amp/berita/nasional/{n}-{slug}", viva_amp),
    ("viva", "flat"): ("https://www.viva.co.id/showbiz/gosip/{n}-{slug}?page=all", viva_flat),
    ("viva", "round-up"): ("https://www.viva.co.id/trending/{n}-{slug}", viva_round_up),
    ("viva", "baca"): ("http://www.viva.co.id/berita/nasional/{n}-{slug}", viva_baca),
    ("viva", "vivanews"): ("http://www.viva.co.id/news/read/{n}-{slug}", viva_vivanews),
    ("viva", "related-list"): ("https://jatim.viva.co.id/kabar/{n}-{slug}", viva_related_list),
    ("viva", "container"): ("http://www.viva.co.id/berita/dunia/{n}-{slug}", viva_container),
    ("viva", "regional"): ("https://lampung.viva.co.id/berita/{n}-{slug}", viva_regional),
    ("viva", "siap"): ("https://siap.viva.co.id/news/{n}-{slug}", viva_siap),
    ("kompastv", "amp"): ("https://www.kompas.tv/amp/internasional/{n}/{slug}", kompastv_amp),
    ("kompastv", "amp-glued"): ("https://www.kompas.tv/amp/video/{n}/{slug}", kompastv_amp_glued),
    ("kompastv", "desktop-2022"): ("https://www.kompas.tv/article/{n}/{slug}", kompastv_2022),
    ("kompastv", "desktop-2023"): ("https://www.kompas.tv/article/{n}/{slug}?page=all", kompastv_2023),
    ("kompastv", "desktop-2025"): ("https://www.kompas.tv/nasional/{n}/{slug}", kompastv_2025),
    ("kompastv", "video"): ("https://www.kompas.tv/video/{n}/{slug}", kompastv_video),
    ("radarcirebon", "tv"): ("https://radarcirebon.tv/{slug}/", radar_tv),
    ("radarcirebon", "id"): ("https://radarcirebon.id/{slug}/", radar_id),
    ("radarcirebon", "disway"): ("https://radarcirebon.disway.id/read/{n}/{slug}", radar_disway),
    ("radarcirebon", "migrated"): ("https://radarcirebon.disway.id/read/{n}/{slug}", radar_migrated),
    ("radarcirebon", "rss"): ("https://www.radarcirebon.com/{slug}/", radar_rss),
    ("tangselife", "titled"): ("https://tangselife.com/{slug}/", partial(tangselife, titled=True)),
    ("tangselife", "untitled"): ("https://tangselife.com/{slug}/", partial(tangselife, titled=False)),
    ("andalpost", "first-page"): ("https://www.andalpost.com/{slug}/", partial(andalpost, last=True)),
    ("andalpost", "single-page"): ("https://www.andalpost.com/{slug}/", partial(andalpost, last=False)),
}


def pages(
    source: Parts,
    count: int = 30,
    seed: int = 1,
    outlets: Sequence[str] = FIVE,
    layouts: Sequence[str] = LAYOUTS,
) -> Iterator[Page]:
    """`count` pages of every template of `outlets` in each of `layouts`; the same for the same seed."""
    for (outlet, template), (address, fill) in TEMPLATES.items():
        for layout in layouts if outlet in outlets else ():
            for number in range(count):
                id_ = f"{outlet}/{template}/{layout}/{number}"
                draft = Draft(source, layout, random.Random(f"{seed}/{id_}"))
                fill(draft)
                url = address.format(n=100_000 + number, slug=parts.slug(draft.article.title))
                yield Page(
                    id_, outlet, template, layout, url, draft.article.title, draft.text, tuple(draft.gold)
                )


def shown(page: Page) -> str:
    """The page's text with its boilerplate in ⟦…⟧."""
    text = page.text
    for gold in reversed(page.gold):
        text = f"{text[: gold.start]}⟦{text[gold.start : gold.end]}⟧{text[gold.end :]}"
    return text


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1, help="pages of every template in every layout")
    parser.add_argument("--outlet", help="only this outlet's")
    parser.add_argument("--template", help="only this template's")
    parser.add_argument("--layout", choices=LAYOUTS, help="only in this layout")
    args = parser.parse_args()
    for page in pages(Parts(args.corpus), args.count, args.seed):
        wanted = ((args.outlet, page.outlet), (args.template, page.template), (args.layout, page.layout))
        if any(want and want != have for want, have in wanted):
            continue
        if args.json:
            gold = [[g.start, g.end, g.kind, g.tier, g.element] for g in page.gold]
            row = {
                "id": page.id,
                "outlet": page.outlet,
                "url": page.url,
                "title": page.title,
                "text": page.text,
                "remove": gold,
            }
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(f"=== {page.id}  {page.url}\n{shown(page)}\n")


if __name__ == "__main__":
    main()
