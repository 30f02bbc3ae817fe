"""Small files of each format that ``add`` takes in, made here: what a word processor, a browser or a crawler writes."""

import gzip
import io
import zipfile
from pathlib import Path

ADDRESS = "https://www.rana.kommune.no/dialogmote"
PROSE = "Det ble et godt møte, og noen av dem som deltok, kom fra Mo etter en lang reise."
PAGE = f"""<!doctype html>
<html lang="no"><head><meta charset="utf-8"><title>Dialogmøte – Rana kommune</title>
<link rel="canonical" href="{ADDRESS}">
<meta property="article:published_time" content="2022-11-29T10:00:00+01:00">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "datePublished": "2022-11-29"}}]}}</script>
</head><body>
<header><nav><ul><li>Hjem<li>Kontakt</ul></nav></header>
<main><article><header><h1>Dialogmøte i <em>Rana</em></h1></header>
<p>Rana kom&shy;mune arrangerte <b>mø</b>tet&nbsp;tirsdag.<br>Møtet var på rådhuset.
<p>{PROSE}
<p>Til stede:
<ul><li>Kari Nordmann<li>Ola Hansen</ul>
<table><tr><th>Møteleder<td>Åse Ødegård</tr><tr><th>Navn<th>Tittel</tr><tr><td>Per Olsen<td>rådmann</tr></table>
<aside>Fakta: <b>tre</b> ting</aside>
<button>Del</button><div hidden>skjult</div><script>alert("nei")</script>
<footer>Skrevet av kommunen</footer>
</article></main>
<footer>Besøk oss på rådhuset</footer></body></html>
"""
PAGE_TEXT = f"""Dialogmøte i Rana

Rana kommune arrangerte møtet tirsdag.
Møtet var på rådhuset.

{PROSE}

Til stede:
Kari Nordmann
Ola Hansen

Møteleder: Åse Ødegård
Navn | Tittel
Per Olsen | rådmann

Fakta: tre ting

Skrevet av kommunen
"""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str | None = None, **parts: str) -> bytes:
    """A DOCX with these paragraphs, or with a heading, a list and a table."""
    if body is None:
        item = "<w:pPr><w:numPr><w:ilvl w:val='0'/></w:numPr></w:pPr>"
        cells = "".join(f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>" for words in ("Per Olsen", "rådmann"))
        body = (
            "<w:p><w:r><w:t>Møte i </w:t></w:r><w:r><w:t>Rana</w:t></w:r></w:p>"
            f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>"
            f"<w:p>{item}<w:r><w:t>Kari Nordmann</w:t></w:r></w:p><w:p>{item}<w:r><w:t>Ola Hansen</w:t></w:r></w:p>"
            f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
            "<w:p><w:del><w:r><w:delText>strøket</w:delText></w:r></w:del><w:r><w:t>Slutt</w:t></w:r></w:p>"
        )
    document = f"<?xml version='1.0' encoding='UTF-8'?><w:document {_W}><w:body>{body}</w:body></w:document>"
    head = f"<w:hdr {_W}><w:p><w:r><w:t>Rana kommune</w:t></w:r></w:p></w:hdr>"
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dc:title>Møte i Rana</dc:title><dcterms:created>2022-11-28T08:00:00Z</dcterms:created></cp:coreProperties>"
    )
    files = {"word/document.xml": document, "word/header1.xml": head, "docProps/core.xml": core}
    return packed(files | parts)


def odt() -> bytes:
    """An ODT with a heading, a list, a table, and a note that is no part of the text."""
    spaces = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }
    declared = " ".join(f'xmlns:{name}="{iri}"' for name, iri in spaces.items())
    cells = "".join(f"<table:table-cell><text:p>{w}</text:p></table:table-cell>" for w in ("Per Olsen", "rådmann"))
    items = "".join(f"<text:list-item><text:p>{w}</text:p></text:list-item>" for w in ("Kari Nordmann", "Ola Hansen"))
    note = "<text:note><text:note-body><text:p>en note</text:p></text:note-body></text:note>"
    content = (
        f"<office:document-content {declared}><office:body><office:text>"
        f"<text:h>Møte i <text:span>Rana</text:span></text:h><text:p>{PROSE}{note}</text:p>"
        f"<text:list>{items}</text:list><table:table><table:table-row>{cells}</table:table-row></table:table>"
        "</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {declared}><office:meta>"
        "<dc:title>Møte i Rana</dc:title><dc:language>nb-NO</dc:language>"
        "<meta:creation-date>2022-11-28T08:00:00</meta:creation-date></office:meta></office:document-meta>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "meta.xml": meta})


def packed(files: dict[str, str]) -> bytes:
    """A ZIP file of these."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def pdf(*pages: list[str], title: str = "", made: str = "20221128") -> bytes:
    """A PDF with these lines on its pages, one below another."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        drawn = b"".join(b"(" + line.encode("cp1252").translate(None, b"()\\") + b") Tj T*\n" for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 50 780 Td\n" + drawn + b"ET"
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (len(objects) + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    objects.append(b"<< /Title (%s) /CreationDate (D:%s120000) >>" % (title.encode("cp1252"), made.encode()))
    result, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return result + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(objects), len(result))
    )


def warc(*pages: tuple[str, str, bytes], compressed: bool = True) -> bytes:
    """A WARC file of responses: address, media type and body of each."""
    records = []
    for address, media_type, body in pages:
        response = (
            f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        )
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2022-12-05T10:11:12Z\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
        )
        record = head.encode() + response + b"\r\n\r\n"
        records.append(gzip.compress(record) if compressed else record)
    return b"".join(records)


def saved(folder: Path, data: bytes, name: str = "page") -> Path:
    """A file with these bytes."""
    file = folder / name
    file.write_bytes(data)
    return file
