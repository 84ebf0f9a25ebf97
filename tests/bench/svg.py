# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""A line of points, mostly over logarithmic axes, as SVG that reads well on light and on dark pages."""
from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 24, 56, 48
STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #656d76; }
  .title { font-size: 15px; font-weight: 600; } .title, .value { fill: #1f2328; }
  .value { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; }
  .page { fill: #ffffff; } .grid { stroke: #d8dee4; } .dot { fill: #0b6bcb; }
  .line { stroke: #0b6bcb; stroke-width: 2; fill: none; }
  @media (prefers-color-scheme: dark) {
    text { fill: #9198a1; } .title, .value { fill: #e6edf3; }
    .value { stroke: #0d1117; }
    .page { fill: #0d1117; } .grid { stroke: #30363d; } .dot { fill: #58a6ff; } .line { stroke: #58a6ff; }
  }
"""


@dataclass(frozen=True)
class Chart:
    """What is drawn: y over x; a y that is not logarithmic begins at zero."""

    title: str
    x_name: str
    y_name: str
    points: list[tuple[float, float]]
    log_x: bool = True
    log_y: bool = False
    values: bool = True  # written at each point

    def draw(self) -> str:
        lines = self._lines()
        low, high = self._scale(lines[0], self.log_y), self._scale(lines[-1], self.log_y)

        def y_of(value: float) -> float:
            part = (self._scale(value, self.log_y) - low) / (high - low)
            return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)

        places = [(self._x(x), y_of(y), y) for x, y in self.points]
        parts = [text(LEFT, 24, self.title, "title"), text(LEFT, 44, self.y_name),
                 text(WIDTH - RIGHT, HEIGHT - 10, self.x_name, anchor="end")]
        for value in lines:
            y = y_of(value)
            parts += [f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>',
                      text(LEFT - 8, y + 4, short(value), anchor="end")]
        parts += [text(self._x(x), HEIGHT - BOTTOM + 18, short(x), anchor="middle") for x in self._marks()]
        parts.append('<polyline class="line" points="%s"/>' %
                     " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places))
        for x, y, value in places if self.values else []:
            parts += [f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>',
                      text(x, y - 9, short(value), "value", "middle")]
        inside = "\n".join(parts)
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
                f'role="img" aria-label="{escape(self.title)}">\n<style>{STYLE}</style>\n'
                f'<rect class="page" width="{WIDTH}" height="{HEIGHT}"/>\n{inside}\n</svg>\n')

    @staticmethod
    def _scale(value: float, is_log: bool) -> float:
        return math.log10(value) if is_log else value

    def _lines(self) -> list[float]:
        """Where lines go across: at powers of ten, or in four steps from zero."""
        values = [y for _, y in self.points]
        if self.log_y:
            low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values) * 1.2))
            return [10.0**power for power in range(low, high + 1)]
        return [nice_ceiling(max(values)) * i / 4 for i in range(5)]

    def _x(self, x: float) -> float:
        low, here, high = (self._scale(each, self.log_x)
                           for each in (self.points[0][0], x, self.points[-1][0]))
        return LEFT + 20 + (here - low) / (high - low) * (WIDTH - LEFT - RIGHT - 40)

    def _marks(self) -> list[float]:
        if len(self.points) <= 10:
            return [x for x, _ in self.points]
        last = self.points[-1][0]
        return [last * i / 5 for i in range(1, 6)]


def text(x: float, y: float, words: str, style: str = "", anchor: str = "start") -> str:
    cls = f' class="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{cls}>{escape(words)}</text>'


def nice_ceiling(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * step for step in (1, 2, 4, 6, 8, 10, 20) if power * step >= value * 1.05)


def short(value: float) -> str:
    for size, unit in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.3g}{unit}"
    return f"{value:.3g}"
