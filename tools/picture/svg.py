"""Coloured lines of a terminal as a picture."""

from html import escape

from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import MONOKAI
from rich.text import Text

CHARACTER, LINE, MARGIN = 8.4, 19, 14
FONT = (
    'font-size="14" xml:space="preserve" '
    'font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"'
)


def svg(text: str) -> str:
    """The picture of a text with ANSI colours. Each line is one `text` element, so it can be read again."""
    console = Console(width=1000, color_system="truecolor")
    lines = [Text.from_ansi(line) for line in text.splitlines()]
    width = max(line.cell_len for line in lines) * CHARACTER + 2 * MARGIN
    height = len(lines) * LINE + 2 * MARGIN
    drawn = [_line(console, line, MARGIN + (number + 0.8) * LINE) for number, line in enumerate(lines)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" {FONT}>'
    background = f'<rect width="100%" height="100%" rx="8" fill="{_hex(MONOKAI.background_color)}"/>'
    return "\n".join([head, background, *drawn, "</svg>\n"])


def _line(console: Console, line: Text, y: float) -> str:
    parts, column = [], 0
    for part, style, _ in line.render(console):
        x = MARGIN + column * CHARACTER
        parts.append(f'<tspan x="{x:.1f}" {_attributes(style or Style())}>{escape(part)}</tspan>')
        column += len(part)
    return f'<text y="{y:.1f}">{"".join(parts)}</text>'


def _attributes(style: Style) -> str:
    color = style.color or Color.default()
    attributes = {"fill": _hex(color.get_truecolor(MONOKAI))}
    if style.bold:
        attributes["font-weight"] = "bold"
    if style.underline:
        attributes["text-decoration"] = "underline"
    return " ".join(f'{name}="{value}"' for name, value in attributes.items())


def _hex(rgb: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)
