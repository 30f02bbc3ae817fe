"""What each kind of entity is called, by the folder of its address."""

from graph.model.labels import Label

KIND_WORDS = {
    "event": Label("møte", "meeting"),
    "series": Label("møterekke", "series of meetings"),
    "participation": Label("deltakelse", "participation"),
    "possible": Label("mulig deltakelse", "possible participation"),
    "utterance": Label("uttalelse", "utterance"),
    "audience": Label("målgruppe", "audience"),
    "letter": Label("brev", "letter"),
    "plan": Label("plan", "plan"),
    "person": Label("person", "person"),
    "organisation": Label("organisasjon", "body"),
    "group": Label("gruppe", "group"),
    "post": Label("verv", "office"),
    "membership": Label("tid i et verv", "term of office"),
    "interval": Label("tidsrom", "period"),
    "change": Label("endring", "change"),
    "conflict": Label("uenighet mellom kilder", "disagreement of sources"),
    "kommune": Label("kommune", "municipality"),
    "fylke": Label("fylke", "county"),
    "when": Label("tid", "time"),
    "claim": Label("påstand", "claim"),
    "evidence": Label("sitat", "quote"),
    "inference": Label("slutning", "inference"),
    "decision": Label("avgjørelse", "decision"),
    "selector": Label("sted i en kilde", "place in a source"),
    "source": Label("kilde", "source"),
    "text": Label("teksten i en kilde", "text of a source"),
    "graph": Label("del av dataene", "part of the data"),
    "catalogue": Label("katalog", "catalogue"),
    "role": Label("rolle", "role"),
    "status": Label("status", "status"),
    "attendance": Label("oppmøte", "attendance"),
    "kind": Label("type", "kind"),
    "topic": Label("tema", "topic"),
    "list": Label("åpen liste", "open list"),
    "reading": Label("lesemåte for tid", "reading of a time"),
    "basis": Label("grunnlag for slutninger", "basis of inferences"),
    "body-type": Label("type organisasjon", "kind of body"),
    "question": Label("spørsmål", "question"),
    "shape": Label("regel for dataene", "rule of the data"),
    "mg": Label("ord i ontologien", "term of the ontology"),
}


def kind_word(name: str) -> Label | None:
    """Return what the kind of an entity is called, by its short name (``person:laila-bokhari``); None for others'."""
    return KIND_WORDS.get(name.partition(":")[0])
