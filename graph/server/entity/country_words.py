"""Names of countries by their ISO 3166-1 codes, of those in which meetings of Norwegian bodies are most often held."""

from graph.model.labels import Label
from graph.server.entity.records import in_language

_NAMES = {
    "AF": Label("Afghanistan", "Afghanistan"),
    "AT": Label("Østerrike", "Austria"),
    "AU": Label("Australia", "Australia"),
    "BE": Label("Belgia", "Belgium"),
    "BG": Label("Bulgaria", "Bulgaria"),
    "BR": Label("Brasil", "Brazil"),
    "CA": Label("Canada", "Canada"),
    "CH": Label("Sveits", "Switzerland"),
    "CN": Label("Kina", "China"),
    "CY": Label("Kypros", "Cyprus"),
    "CZ": Label("Tsjekkia", "Czechia"),
    "DE": Label("Tyskland", "Germany"),
    "DK": Label("Danmark", "Denmark"),
    "EE": Label("Estland", "Estonia"),
    "EG": Label("Egypt", "Egypt"),
    "ES": Label("Spania", "Spain"),
    "ET": Label("Etiopia", "Ethiopia"),
    "FI": Label("Finland", "Finland"),
    "FO": Label("Færøyene", "Faroe Islands"),
    "FR": Label("Frankrike", "France"),
    "GB": Label("Storbritannia", "United Kingdom"),
    "GL": Label("Grønland", "Greenland"),
    "GR": Label("Hellas", "Greece"),
    "HR": Label("Kroatia", "Croatia"),
    "HU": Label("Ungarn", "Hungary"),
    "IE": Label("Irland", "Ireland"),
    "IL": Label("Israel", "Israel"),
    "IN": Label("India", "India"),
    "IS": Label("Island", "Iceland"),
    "IT": Label("Italia", "Italy"),
    "JO": Label("Jordan", "Jordan"),
    "JP": Label("Japan", "Japan"),
    "KE": Label("Kenya", "Kenya"),
    "KR": Label("Sør-Korea", "South Korea"),
    "LT": Label("Litauen", "Lithuania"),
    "LU": Label("Luxembourg", "Luxembourg"),
    "LV": Label("Latvia", "Latvia"),
    "MT": Label("Malta", "Malta"),
    "NL": Label("Nederland", "Netherlands"),
    "NO": Label("Norge", "Norway"),
    "PL": Label("Polen", "Poland"),
    "PT": Label("Portugal", "Portugal"),
    "RO": Label("Romania", "Romania"),
    "RU": Label("Russland", "Russia"),
    "SE": Label("Sverige", "Sweden"),
    "SI": Label("Slovenia", "Slovenia"),
    "SK": Label("Slovakia", "Slovakia"),
    "TR": Label("Tyrkia", "Türkiye"),
    "UA": Label("Ukraina", "Ukraine"),
    "US": Label("USA", "United States"),
    "ZA": Label("Sør-Afrika", "South Africa"),
}


def country_in_words(code: str, lang: str) -> str:
    """Return the name of a country; an empty text of one whose name is not here: a code is no word for people."""
    return in_language(_NAMES[code], lang) if code in _NAMES else ""
