"""Turn the statements that were selected into a file of the format that was asked for."""

from collections.abc import Callable, Mapping

from graph.publish.formats import NETWORK_FORMATS, RDF_FORMATS, Export, ExportOptions


def serialize(rows: list[str], format: str, options: ExportOptions) -> Export:
    """Return the N-Quads lines as a file of that format, with what it leaves out."""
    if format in RDF_FORMATS:
        from graph.publish.rdf_files import export_rdf

        return Export(export_rdf(rows, format, options.base, options.framed_by))
    if format in NETWORK_FORMATS:
        return _network(rows, format)
    return _WRITERS[format](rows, options)


def _network(rows: list[str], format: str) -> Export:
    from graph.network.presence import presence_network
    from graph.publish import network_files
    from graph.query.stores import connect_lines

    run = connect_lines(rows)
    network = presence_network(run, groups=True)
    data: bytes = getattr(network_files, f"to_{format.replace('-', '_')}")(network)
    return Export(data, network_files.left_out(network, run))


def _participations(rows: list[str], options: ExportOptions) -> Export:
    from graph.publish.participation_table import participation_table
    from graph.query.stores import connect_lines

    return Export(participation_table(connect_lines(rows), options.lang, options.separator))


def _ftm(rows: list[str], options: ExportOptions) -> Export:
    from graph.publish.followthemoney import to_followthemoney

    return to_followthemoney(rows, options.base, options.lang)


def _popolo(rows: list[str], options: ExportOptions) -> Export:
    from graph.publish.popolo import to_popolo

    return to_popolo(rows, options.lang)


def _geojson(rows: list[str], options: ExportOptions) -> Export:
    from graph.publish.geojson import to_geojson
    from graph.registry.areas import read_positions

    return to_geojson(rows, read_positions(options.home / "registry"), options.lang)


def _icalendar(rows: list[str], options: ExportOptions) -> Export:
    from graph.publish.icalendar import to_icalendar

    return to_icalendar(rows, options.lang)


_WRITERS: Mapping[str, Callable[[list[str], ExportOptions], Export]] = {
    "participations": _participations,
    "ftm": _ftm,
    "popolo": _popolo,
    "geojson": _geojson,
    "icalendar": _icalendar,
}
