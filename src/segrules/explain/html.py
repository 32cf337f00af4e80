"""A trace as HTML for a notebook: the same lines as in text, folded by `<details>`; no script, any background."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from segrules.diagnostics.source import Span
from segrules.explain.outline import Item, Outline

_STYLE = (
    "<style>.segrules-trace{line-height:1.5}.segrules-trace ul{list-style:none;margin:0;padding-left:1.4em}"
    ".segrules-trace summary{cursor:pointer}.segrules-trace .place{opacity:.6;font-size:.85em}"
    ".segrules-trace .failed{opacity:.75}</style>"
)


def render_html(told: Outline) -> str:
    """Return an outline as HTML that can stand in any page."""
    parts = "".join(_Rendering(told).part(part) for part in told.parts)
    note = f"<p>{escape(told.note)}</p>" if told.note else ""
    return f'<div class="segrules-trace">{_STYLE}<p><strong>{escape(told.sentence)}</strong></p>{parts}{note}</div>'


@dataclass(frozen=True, slots=True)
class _Rendering:
    """Renders the items of one outline."""

    told: Outline

    def part(self, part: Item) -> str:
        title = f"<summary><b>{escape(part.text)}</b>{self._place(part.span)}</summary>"
        return f"<details{' open' if part.matters else ''}>{title}{self._under(part)}</details>"

    def _item(self, item: Item) -> str:
        mark = ' class="failed"' if item.outcome == "failed" else ""
        line = escape(item.text if item.brief is None else item.brief) + self._place(item.span)
        if item.brief is not None and item.items:
            return f"<li{mark}><details><summary>{line}</summary>{self._list(item.items)}</details></li>"
        return f"<li{mark}>{line}{self._under(item) if item.brief is None else ''}</li>"

    def _under(self, item: Item) -> str:
        """Return what stands under a line; what does not matter is there too, folded behind what it was."""
        aside = self._list(item.folded)
        more = f"<details><summary>{escape(item.rest or 'more')}</summary>{aside}</details>" if aside else ""
        return f"{self._list(item.shown)}{more}"

    def _list(self, items: tuple[Item, ...]) -> str:
        return f"<ul>{''.join(map(self._item, items))}</ul>" if items else ""

    def _place(self, span: Span | None) -> str:
        if span is None:
            return ""
        return f' <span class="place" title="{escape(str(span))}">{escape(self.told.place(span))}</span>'
