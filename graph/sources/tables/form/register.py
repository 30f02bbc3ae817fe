"""The form of ``register.yaml``: where a register is from, and which files its table is in."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from graph.sources.form.entries import BodyEntry, Count, Digest, Form, PublishedEntry, RetrievedEntry, Text
from graph.sources.tables.form.values import Period

FileName = Annotated[str, Field(pattern=r"^[^/\\\x00-\x1f]+$", max_length=200)]


class FileForm(Form):
    """A file of the register, as it was received."""

    file: FileName
    sha256: Digest
    rows: Count | None = Field(None, description="How many rows it has below its headings")
    period: Period | None = Field(None, description="The first and the last day that it tells of, as 2010-10/2011-01")
    release: Period | None = Field(
        None, description="The day of this version, where the files are versions of one table: the newest wins"
    )
    url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"{}|\\^`]+$")] | None = None
    encoding: Text | None = Field(None, description="Of CSV and JSON, such as windows-1252")
    delimiter: Annotated[str, Field(min_length=1, max_length=9)] | None = Field(
        None, description="Of CSV: the sign between cells, or the word tab"
    )
    sheet: Text | None = Field(None, description="Of a workbook: the sheet to read")
    header_row: Count | None = Field(None, description="The row of the headings; 0 where there are none")
    items: Annotated[str, Field(pattern=r"^(/.*)?$", max_length=5000)] | None = Field(
        None, description="Of JSON: the pointer to the list, as /items; empty where the document is the list"
    )


def _one_or_list(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


class RegisterForm(Form):
    """A register: where it is from, and how its copy is known to be unchanged."""

    url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"{}|\\^`]+$")]
    title: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    publisher: Text | BodyEntry
    published: PublishedEntry
    retrieved: RetrievedEntry | None = None
    licence: Text
    files: Annotated[
        tuple[FileForm, ...],
        Field(min_length=1),
        BeforeValidator(_one_or_list, json_schema_input_type=FileForm | tuple[FileForm, ...]),
    ]

    @model_validator(mode="after")
    def releases_of_all_or_none(self) -> Self:
        """Refuse files of which some are versions and some are not, and a file that stands there twice."""
        if len({file.release is None for file in self.files}) > 1:
            raise ValueError("give release: for all files, or for none")
        names = [file.file for file in self.files]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"the file {twice[0]!r} stands there twice")
        return self
