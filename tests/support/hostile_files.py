"""Files that were made to do harm, each with what they try."""

import io
import zipfile

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NullObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from support.dropped import PROSE, packed, pdf, picture, report, word_file, workbook, wrapped

TOKEN = "ghp_" + "a1B2" * 9
KEY = "-----BEGIN " + "PRIVATE KEY-----\nMIIB\n" + "x" * 64 + "\n-----END " + "PRIVATE KEY-----"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return an office file with a text replaced in one of its parts."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            archive.writestr(name, content.replace(old, new) if name == part else content)
    return target.getvalue()


def word_with_type(declared: str) -> bytes:
    """Return a Word file whose text declares a document type and uses an entity."""
    head = b"<w:document"
    data = word_file(report)
    return rewritten(data, "word/document.xml", head, declared.encode() + head)


def bomb(size: int) -> bytes:
    """Return an archive with one file of zeros, a thousandth as large."""
    return packed({"zeros.txt": bytes(size)})


def lying_bomb() -> bytes:
    """Return an archive that says that its 80 MiB are 100 bytes."""
    data = bytearray(bomb(80 * 1024**2))
    size = (80 * 1024**2).to_bytes(4, "little")
    return bytes(data.replace(size, (100).to_bytes(4, "little")))


def word_bomb() -> bytes:
    """Return a Word file whose text has 200 MiB."""
    return rewritten(
        word_file(report), "word/document.xml", b"</w:body>", b" " * (200 * 1024**2) + b"</w:body>"
    )


def linked_archive() -> bytes:
    """Return an archive whose only file is a symbolic link."""
    entry = zipfile.ZipInfo("passwords.txt")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return target.getvalue()


def declared_rows() -> bytes:
    """Return an Excel file that claims a million rows, the last of them in the last row."""
    data = workbook({"Sheet": [["name", "sum"], ["a", 1]]})
    data = rewritten(data, "xl/worksheets/sheet1.xml", b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    return rewritten(data, "xl/worksheets/sheet1.xml", b'r="B2"', b'r="XFD1048576"')


def locked_pdf(password: str) -> bytes:
    """Return a PDF that is encrypted; with an empty password anybody can open it."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf([wrapped(PROSE)])))
    writer.encrypt(password, f"{password}of the owner", algorithm="RC4-128")
    return _saved(writer)


def running_pdf() -> bytes:
    """Return a PDF that runs JavaScript when it is opened."""
    return _opening("/JavaScript", "/JS", "app.alert('stolen')")


def starting_pdf() -> bytes:
    """Return a PDF that starts a program when it is opened."""
    return _opening("/Launch", "/F", "cmd.exe")


def _opening(kind: str, key: str, what: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf([wrapped(PROSE)])))
    action = {NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(what)}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return _saved(writer)


def looped_pdf() -> bytes:
    """Return a PDF whose tree of pages contains itself."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    pages = writer._root_object["/Pages"].get_object()
    assert isinstance(pages, DictionaryObject)
    kids = pages["/Kids"]
    assert isinstance(kids, ArrayObject)
    kids.append(NullObject() if pages.indirect_reference is None else pages.indirect_reference)
    return _saved(writer)


def endless_pdf(mib: int) -> bytes:
    """Return a PDF of some kilobytes whose page unpacks to so many MiB of drawing."""
    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=1, invariant=1)
    text = canvas.beginText(10, 10)
    text._code.append("(x) Tj  " * (mib * 131_072))
    canvas.drawText(text)
    canvas.save()
    return target.getvalue()


def _saved(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def pdf_and_archive() -> bytes:
    """Return a file that is a PDF for one program and an archive for another."""
    return pdf([wrapped(PROSE)]) + packed({"run.sh": b"rm -rf ~"})


def picture_and_page() -> bytes:
    """Return a picture with a page of HTML behind its end."""
    return picture("PNG") + b"<html><script>alert(1)</script></html>"
