"""The words of the pages of ready questions."""

from graph.model.labels import Label

TEXTS = {
    "front": Label("Forsiden", "Front page"),
    "questions": Label("Spørsmål", "Questions"),
    "ask": Label("Vis svar", "Show the answer"),
    "values": Label("Avgrens spørsmålet", "Narrow the question"),
    "any": Label("Alle", "All"),
    "certainty": Label("Hvor sikkert", "How certain"),
    "which": Label("Hvem eller hva mener du?", "Whom or what do you mean?"),
    "ambiguous": Label(
        "«{value}» kan bety flere. Velg ett av svarene under.", "“{value}” can mean several. Choose one of those below."
    ),
    "unknown": Label("Her finnes ikke «{value}».", "There is no “{value}” here."),
    "other_time": Label(
        "«{value}» er et område fra en annen tid enn den spørsmålet gjelder.",
        "“{value}” is an area of another time than the question is about.",
    ),
    "malformed_date": Label(
        "«{value}» er ingen dag. Skriv for eksempel 2014-10-31.",
        "“{value}” is not a day. Write, for example, 2014-10-31.",
    ),
    "malformed_period": Label("Tidsrommet slutter før det begynner.", "The period ends before it begins."),
    "malformed_number": Label("«{value}» er ikke et helt tall.", "“{value}” is not a whole number."),
    "or_": Label("eller", "or"),
    "malformed_certainty": Label("«{value}» er ikke noe av dette.", "“{value}” is none of these."),
    "similar": Label("Mente du", "Did you mean"),
    "answer": Label("Svar", "Answer"),
    "one_row": Label("1 rad", "1 row"),
    "rows": Label("{count} rader", "{count} rows"),
    "part": Label("Rad {first}–{last} av {count}", "Rows {first}–{last} of {count}"),
    "truncated": Label(
        "Svaret er lengre; her er bare de første {count} radene. Avgrens spørsmålet, eller last ned dataene.",
        "The answer is longer; these are only the first {count} rows. Narrow the question, or download the data.",
    ),
    "previous": Label("Forrige rader", "Previous rows"),
    "next": Label("Neste rader", "Next rows"),
    "parts": Label("Deler av svaret", "Parts of the answer"),
    "nothing": Label("Ingenting i disse dataene svarer på det.", "Nothing in these data answers it."),
    "nothing_certain": Label("Ingenting svarer på det for sikkert.", "Nothing answers it for certain."),
    "try_possible": Label("Se om noe er mulig", "See whether anything is possible"),
    "also_possible": Label("Vis også det som er mulig", "Show what is possible too"),
    "meaning": Label("Hva «sikker» og «mulig» betyr", "What “certain” and “possible” mean"),
    "proof": Label("Belegg", "Proof"),
    "sentences": Label("Belegg: {count} setninger", "Proof: {count} sentences"),
    "left_out": Label(
        "{count} påstander til sier det samme; nedlastingene har setningene fra alle.",
        "{count} more claims say the same; the downloads have the sentences of all.",
    ),
    "ended": Label("Svaret ble ikke ferdig", "The answer was not finished"),
    "ended_advice": Label(
        "Avgrens spørsmålet, for eksempel til én person eller ett sted, og prøv igjen.",
        "Narrow the question, for example to one person or one place, and try again.",
    ),
    "ignored": Label(
        "Spørsmålet har ingen parameter som heter {names}.", "The question has no parameter of the name {names}."
    ),
    "more": Label("Bruk svaret", "Use the answer"),
    "download": Label("Last ned", "Download"),
    "spreadsheet": Label("Regneark (CSV)", "Spreadsheet (CSV)"),
    "csv": Label("CSV med adresser", "CSV with addresses"),
    "json": Label("JSON", "JSON"),
    "cite": Label("Siter", "Cite"),
    "sparql": Label("Spørringen i SPARQL", "The query in SPARQL"),
    "form": Label("Endre den i skjemaet", "Change it in the form"),
    "yasgui": Label("Endre den i YASGUI", "Change it in YASGUI"),
    "permalink": Label(
        "Adressen til denne siden viser alltid dette svaret.", "The address of this page always shows this answer."
    ),
    "list_lead": Label(
        "Ferdige spørsmål til dataene. Hvert svar viser setningene som sier det.",
        "Ready questions to the data. Each answer shows the sentences that say so.",
    ),
    "filter": Label("Spørsmål som inneholder", "Questions that contain"),
    "find": Label("Finn", "Find"),
    "all": Label("Vis alle spørsmålene", "Show all questions"),
    "groups": Label("Grupper", "Groups"),
    "none": Label("Ingen spørsmål inneholder «{words}».", "No question contains “{words}”."),
    "missing": Label("Det finnes ikke noe spørsmål som heter «{name}».", "There is no question of the name “{name}”."),
    "own": Label("Skriv et eget spørsmål i SPARQL", "Write a question of your own in SPARQL"),
}
