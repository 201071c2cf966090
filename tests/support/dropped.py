"""Files as people have them, written by the programs that write them: twenty of many kinds."""

import io
import json
import struct
import wave
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import docx
import openpyxl
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

PROSE = (
    "Every retailer with more than ten shops has to report the origin of its timber once a year. "
    "The register opens in March and closes on the last day of May. "
    "Whoever misses the date pays a fine of two per cent of the yearly turnover."
)
MORE = (
    "Invoices, delivery notes and the certificates of the mills are kept for seven years. "
    "An auditor must find each of them within a day, whoever filed it."
)


def pdf(pages: Iterable[Sequence[str]], title: str = "") -> bytes:
    """Return a PDF with these lines on its pages."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    if title:
        canvas.setTitle(title)
    for number, lines in enumerate(pages, start=1):
        text = canvas.beginText(72, 780)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)
        canvas.drawString(72, 40, f"Timber Register 2026, page {number}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def wrapped(text: str, width: int = 80) -> list[str]:
    """Return a text in lines, as a page has them."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


def word_file(fill: Callable[[Any], None]) -> bytes:
    """Return a Word file."""
    document = docx.Document()
    fill(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def report(document: Any) -> None:
    """Fill a Word file with a title, headings, a list and a table."""
    document.add_heading("Supplier onboarding for the spring season", 0)
    document.add_paragraph(PROSE)
    document.add_heading("What a supplier hands in", 1)
    for entry in ("a certificate of origin", "a signed price list", "two references"):
        document.add_paragraph(entry, style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Step", "Days"
    for step, days in (("Application", "2"), ("Review | audit", "10")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = step, days


def lines_of(text: str) -> Callable[[Any], None]:
    """Return what fills a Word file with a paragraph for each line."""

    def fill(document: Any) -> None:
        for line in text.split("\n"):
            document.add_paragraph(line)

    return fill


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """Return an Excel file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def picture(kind: str, size: tuple[int, int] = (640, 400), **options: Any) -> bytes:
    """Return a picture."""
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(target, kind, **options)
    return target.getvalue()


def photograph() -> bytes:
    """Return a JPEG that says when and where it was taken, and by whom."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0132] = "2026:02:03 10:00:00"
    exif.get_ifd(0x8769)[0x9003] = "2025:08:17 18:30:12"
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 19.0, 46.0), 3: "E", 4: (18.0, 4.0, 7.0)})
    return picture("JPEG", exif=exif)


def sound(seconds: float = 1.5) -> bytes:
    """Return a WAV file with a title, an artist and silence."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(int(seconds * 16_000)))
    told = b"INFO" + b"".join(
        struct.pack("<4sI", name, len(text)) + text
        for name, text in ((b"INAM", b"Harvest talk\0\0"), (b"IART", b"Ada Byron\0"))
    )
    data = target.getvalue() + struct.pack("<4sI", b"LIST", len(told)) + told
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


SALES: list[Sequence[object]] = [
    ["Month", "Region", "Revenue"],
    ["January", "North", 18250.5],
    ["February", "South", 20310.0],
    ["March", "North & West", 22100.25],
]
POINTS = ((1, "fees"), (2, "the new office"), (3, "guests"))
HTML = f"""<!doctype html><html><head><title>Opening a shop in Porto</title>
<meta name="keywords" content="retail, opening"><meta property="article:published_time"
content="2026-03-09T08:00:00Z"><style>p {{ color: red }}</style></head><body>
<nav><a href="/">Home</a> <a href="/all">All articles of our magazine</a></nav>
<main><h1>Opening a shop in Porto</h1><p>{PROSE}</p><h2>Permits</h2><ul><li>Fire safety
<li>Opening hours</ul><script>alert("stolen")</script><p onclick="x()">Ask the <b>town hall</b>
first.</p><table><tr><th>Permit<th>Weeks<tr><td>Fire<td>6</table></main>
<footer>© All rights reserved</footer></body></html>"""
MARKDOWN = f"""---
title: "Timber, by the book"
intent: report where the timber of our shops comes from
tags: [timber, audit]
colour: green
sector: Nowhere
date: 2026-01-05
---
# Another title

{MORE}

![A pile of planks](planks.jpg)

| a | b |
| --- | --- |
| 1 | 2 |
"""


def everyday_files() -> dict[str, bytes]:
    """Return twenty files by name."""
    two = [wrapped(PROSE), ["Archive", *wrapped(MORE)]]
    rows = "".join(f"{day},sensor-{day % 3},{day * 1.5}\n" for day in range(1, 81))
    records = [{"id": n, "name": f"Shop {n}", "open": n % 2 == 0} for n in range(1, 6)]
    nested = {"openapi": "3.1.0", "paths": {"/orders": {"get": {"summary": "All orders"}}}}
    return {
        "timber-register.pdf": pdf(two, "Timber register: how to report"),
        "Microsoft Word - minutes.pdf": pdf(
            [["Minutes of the board", f"Point {n}: {word}", *wrapped(MORE)] for n, word in POINTS]
        ),
        "onboarding.docx": word_file(report),
        "letter.docx": word_file(lines_of(f"Dear Ms Lindqvist,\n{MORE}\nKind regards")),
        "Sales Q1.xlsx": workbook({"Sales": SALES}),
        "plan.xlsx": workbook({"Staff": [["Name", "Hours"], ["Ines", 38]], "Shops": SALES}),
        "readings.csv": f"day,sensor,celsius\n{rows}".encode(),
        "kunden.csv": "Name;Ort;Umsatz\nMüller;Köln;1,5\nWeiß;Ulm;2,5\n".encode("cp1252"),
        "stock.tsv": b"item\tcount\nplank\t12\nbeam\t7\n",
        "shops.json": json.dumps(records).encode(),
        "api.json": json.dumps(nested).encode(),
        "porto.html": HTML.encode(),
        "timber.md": MARKDOWN.encode(),
        "notes.txt": f"How we file invoices\n\n{MORE}\n\n- scan\n- name\n- store\n".encode(),
        "memo.txt": f"{PROSE}\n\n{MORE}\n".encode("utf-16"),
        "harbour.jpg": photograph(),
        "diagram.png": picture("PNG"),
        "photo.webp": picture("WEBP"),
        "talk.wav": sound(),
        "season.zip": packed({"a/minutes.txt": MORE.encode(), "b/sales.csv": b"a,b\n1,2\n3,4\n"}),
    }
