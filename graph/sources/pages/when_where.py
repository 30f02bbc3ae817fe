"""Resolve the time and the place of an event, checked against the words that give them.

What the words do not give is inferred from what is known of the page, and kept as the reader's inference.
"""

from graph.model.claims import Place, When
from graph.model.countries import COUNTRIES
from graph.model.edtf import Bounds, bounds, years
from graph.model.sources import Source
from graph.registry.lookup import find_municipality
from graph.sources.form.entries import WhenEntry, WhereEntry
from graph.sources.pages.agents import refuse_choice
from graph.sources.pages.context import PageContext
from graph.sources.pages.evidence import EntryError, Proof
from graph.sources.pages.inferences import (
    check_area,
    check_day,
    check_no_other_area,
    check_said_to_be_there,
    check_years,
    inference_of,
)
from graph.sources.text.quotes import find, words_at


def time_of(
    context: PageContext, entry: WhenEntry | None, proof: Proof, source: Source, status: str | None = None
) -> When | None:
    """Return a time that its words can mean; these stand in the proof, and its year too unless it is inferred."""
    if entry is None:
        return None
    inference = inference_of(entry, "when")
    try:
        bounds(entry.edtf, entry.convention)
        # Only what is inferred from the day of publication is held against it.
        inferred = entry.inferred_from == "published"
        published = Bounds(source.published_earliest, source.published_latest) if inferred else None
        whole = _with_weekday(context, entry.said, proof) if entry.said else None
        conflict = context.language.conflicts(whole, entry.edtf, published, status) if whole else None
    except ValueError as error:
        raise EntryError(str(error), "when", "edtf") from error
    if entry.said is None:
        if entry.inferred_from is None:
            raise EntryError(
                "'said' is missing: the page's words for the time, or from: what it is inferred from", "when"
            )
        check_day(context, entry, source, "when", "edtf")
    elif not (conflict and find(entry.said, proof.text)):
        proof.require(entry.said, "when", "said")
    if conflict:
        raise EntryError(conflict, "when", "edtf")
    unproven = [year for year in years(entry.edtf) if not proof.contains(year)]
    if unproven and entry.inferred_from is None:
        mend = "add context: with words that do, or from: published, title or url"
        raise EntryError(f"no quote of this entry says {unproven[0]}; {mend}", "when", "edtf")
    check_years(entry, unproven, source, "when", "from")
    place = proof.locate(entry.said) if entry.said else None
    near = context.language.with_beside(proof.text, place.start, place.end) if place else entry.said
    excess = context.language.is_narrower(near, entry.edtf, entry.convention, published, status) if near else None
    if excess and (entry.inferred_from is None or (published and entry.because is None)):
        more = "; if more is known of it, say with because: from what" if published else ""
        raise EntryError(f"{excess}{more}", "when", "edtf")
    if published and entry.because is None and near and context.language.tells_no_time(near):
        message = f"the words {entry.said!r} tell no time from the day of publication"
        raise EntryError(f"{message}; say with because: from what it follows", "when", "said")
    _check_clock(context, entry, proof)
    said = " ".join(entry.said.split()) if entry.said else None
    time_said = proof.require(entry.time_said, "when", "time_said") if entry.time_said else None
    return When(entry.edtf, said, entry.reading, entry.convention, inference, entry.begins, entry.ends, time_said)


def _with_weekday(context: PageContext, words: str, proof: Proof) -> str:
    """Return the page's words for a time with the weekday that stands before them, which must agree too."""
    place = proof.locate(words)
    return context.language.with_weekday(proof.text, place.start, place.end) if place else words


def _check_clock(context: PageContext, entry: WhenEntry, proof: Proof) -> None:
    """Raise EntryError where the quotes do not say the hours, say others, or they are in the wrong order."""
    if entry.ends and entry.begins is None:
        raise EntryError("ends: needs begins:", "when", "ends")
    if entry.begins and entry.ends and entry.ends <= entry.begins:
        message = f"it ends at {entry.ends}, before it begins at {entry.begins}"
        raise EntryError(f"{message}; where that is on the next day, leave ends: out", "when", "ends")
    if entry.begins is None:
        return
    words = context.language.passages(entry.time_said) if entry.time_said else None
    near = (each for each in context.language.times_of_day(proof.text) if proof.holds(each.start, each.end))
    clocks = [(each.begins, each.ends) for each in (context.language.times_of_day(words) if words else near)]
    hours = {f"{clock:%H:%M}" for pair in clocks for clock in pair if clock}
    # "Kl. 7 om kvelden", "at 7 pm": the reader's words for the time of day tell which half of it.
    later = {f"{int(hour[:2]) + 12}{hour[2:]}" for hour in hours if entry.time_said and hour < "12:00"}
    for key, clock in (("begins", entry.begins), ("ends", entry.ends)):
        if clock and clocks and clock not in hours | later:
            raise EntryError(f"the page says {' and '.join(sorted(hours))}, not {clock}", "when", key)
        hour, minute = (str(int(part)) for part in (clock or "0:0").split(":"))
        if clock and not (clocks or words or all(map(proof.contains, [hour, minute][: 1 + (minute != "0")]))):
            raise EntryError(f"no quote of this entry says {clock}; add time_said: with the page's words", "when", key)


def place_of(context: PageContext, entry: WhereEntry, when: Bounds, proof: Proof, source: Source) -> Place:
    """Return where it is: a municipality that there was at the time, or a country, or the page's words alone."""
    inference = inference_of(entry, "where")
    venue = proof.require(entry.venue, "where", "venue") if entry.venue else None
    if entry.country is not None and entry.country not in COUNTRIES:
        raise EntryError(f"{entry.country!r} is no code of a country in ISO 3166-1, such as SE", "where", "country")
    if entry.municipality is None:
        if entry.written is None and venue is None:
            raise EntryError("write municipality:, or written: or venue: with the page's words for the place", "where")
        if entry.inferred_from:
            raise EntryError("from: belongs to municipality:", "where", "from")
        if entry.county:
            raise EntryError("county: belongs to municipality:", "where", "county")
        written = proof.require(entry.written, "where", "written") if entry.written else None
        if entry.country not in (None, "NO") and entry.because is None:
            _refuse_municipality(context, entry, proof)
        return Place(None, written, venue, entry.country, inference)
    if entry.country not in (None, "NO"):
        raise EntryError("a municipality is in Norway; leave out municipality: or country:", "where", "country")
    try:
        area = find_municipality(context.background.registry, entry.municipality, entry.county, when)
    except LookupError as error:
        raise EntryError(f"{error}{_elsewhere(entry.municipality, error)}", "where", "municipality") from error
    if entry.inferred_from:
        check_area(context, area, entry, source, "where", "from")
        check_no_other_area(context, area, entry, when, proof, "where", "from")
    if entry.written:
        written = _words_for_place(context, area, entry, proof)
        return Place(area, written, venue, None, inference)
    if entry.inferred_from:
        return Place(area, None, venue, None, inference)
    refuse_choice(context, area, proof, "where", "municipality")
    check_said_to_be_there(context, area, entry, when, proof, "where")
    for name in context.background.registry.spellings[area]:
        if any(proof.locate(f"{name}{ending}") for ending in ("", *context.language.genitive_endings)):
            return Place(area, name, venue, None, inference)
    mend = "add written: with the page's word, or from: publisher, title or url"
    raise EntryError(f"no quote of this entry names {entry.municipality}; {mend}", "where")


def _elsewhere(name: str, error: LookupError) -> str:
    """Return how a place is written that is no municipality, where a look-up found none of that name."""
    if "there is no municipality" not in str(error):
        return ""
    return f" For a place that is none, write where: {{written: {name}}}, with country: where it is abroad"


def _refuse_municipality(context: PageContext, entry: WhereEntry, proof: Proof) -> None:
    """Raise EntryError where the page's words for a place abroad are the name of a Norwegian municipality."""
    place = proof.locate(entry.written or "")
    for each in context.mentions:
        areas = sorted(id for id in each.meanings if id.startswith("kommune:"))
        if place and areas and place.start <= each.start and each.end <= place.end:
            words = proof.text.original[each.start : each.end]
            message = f"{words!r} is {' or '.join(areas)}; if another place is meant, say with because: why"
            raise EntryError(message, "where", "country")


def check_online(
    context: PageContext, online: str | None, place: Place | None, where: WhereEntry | None, proof: Proof
) -> str | None:
    """Return a warning where an event is on line and no quote says so, or one says so and the entry does not.

    Raise EntryError where a municipality is only inferred for an event of which the quotes say that it was on line.
    """
    told = [each for each in context.online if proof.owns(each.start, each.end)]
    if online is not None:
        if told or proof.unproven or not context.language.has_pack:
            return None
        cues = ", ".join(context.language.online_words[:4])
        return f"none of the quoted words is known to mean that it was on line (such as {cues}); quote more"
    if not told:
        return None
    words = words_at(proof.text, told[0].start, told[0].end)
    if place and place.area and where and where.inferred_from and where.because is None:
        message = f"the quotes say {words!r}: write online:, or say with because: why it was in a municipality"
        raise EntryError(message, "where", "from")
    return None if place else f"the quotes say {words!r}; if the event was on line, write online:"


def check_public(context: PageContext, public: str | None, proof: Proof) -> str | None:
    """Return a warning where no quote says that an event is open to everybody, or closed, or one does and no entry.

    Raise EntryError where the quotes say the contrary.
    """
    near = [each for each in context.access if proof.owns(each.start, each.end)]
    if public is None:
        closed = next((each for each in near if "false" in each.meanings), None)
        words = words_at(proof.text, closed.start, closed.end) if closed else ""
        return f"the quotes say {words!r}; if it was closed to the public, write public: false" if closed else None
    if any(public in each.meanings for each in near) or proof.unproven or not context.language.has_pack:
        return None
    if near:
        words = words_at(proof.text, near[0].start, near[0].end)
        raise EntryError(f"the quotes say {words!r}, which is not public: {public}", "public")
    cues = ", ".join(context.language.access_words(public)[:4])
    what = "open to everybody" if public == "true" else "closed"
    return f"none of the quoted words is known to mean that it was {what} (such as {cues}); quote more"


def _words_for_place(context: PageContext, area: str, entry: WhereEntry, proof: Proof) -> str:
    """Return the page's words for a municipality.

    They hold no name of another thing, and the name of its body only after a word that says where. Where they are no
    spelling of its name, the reader says why they mean it.
    """
    words = entry.written or ""
    written, place = proof.require(words, "where", "written"), proof.locate(words)
    registry = context.background.registry
    body, named = registry.areas[area].body, written in registry.spellings[area]
    for each in context.mentions:
        if place and place.start <= each.start and each.end <= place.end:
            named = named or area in each.meanings
            name, before = proof.text.original[each.start : each.end], proof.text.original[: each.start].split()
            local = body in each.meanings and before[-1:] in [[word] for word in context.language.place_words]
            if area not in each.meanings and not local and entry.because is None:
                raise EntryError(
                    f"{name!r} is {' or '.join(sorted(each.meanings))}, not where it was", "where", "written"
                )
            named = named or local
    if not named and entry.because is None:
        name = registry.areas[area].name
        abroad = f"for a place abroad, write where: {{written: {written}, country: …}}"
        message = f"{written!r} is no known name of {name}; {abroad}; where it lies in {name}, say why with because:"
        raise EntryError(message, "where", "written")
    return written
