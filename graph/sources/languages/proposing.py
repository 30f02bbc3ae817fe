"""The words of a language by which claims are proposed."""

from pydantic import Field

from graph.sources.languages.words import Part, Words


class Proposing(Part):
    """Words by which claims are proposed, beside those of roles and statuses, by which they are checked.

    ``titles`` are how the words for offices and occupations end that stand beside a name ("seniorrådgiver"),
    ``bodies`` how those for bodies end ("Konfliktrådet"), and ``groups`` how those for people in the plural do,
    with ``quantities`` before them ("flere"). ``quoting`` words tell what somebody says or thinks outside an event,
    ``contact`` those of whoever only answers questions, took a picture or wrote the text. ``time_labels`` and
    ``place_labels`` stand before a colon, ``date_labels`` before the day of a letter too. ``meeting`` verbs make an
    event of their sentence where persons are on both sides, ``gathering`` ones with a day. ``buildings`` are how words
    for places of meetings end ("rådhuset").
    ``another`` words tell of an event beside the one that the page is about; ``minutes`` and ``programme`` say of
    what kind a page is. ``addressees`` head a list of those invited, ``both`` are words for two people together;
    ``pauses`` head an item of a programme that is no talk; ``reserve`` words tell of whoever comes only if another
    does not; ``matters`` are what a meeting puts off or drops without being put off itself ("saken").

    Prepositions: ``away`` before somebody who only stands beside ("fra KS"), ``with_words`` and not those, ``inside``
    and ``hosted_at`` before places, ``behalf`` before whom another acts for, ``by`` before who has a part ("v/"),
    ``represented_by`` before who is there for a body, ``agents`` of a passive, ``meeting_in`` before whose meeting it
    is, ``minutes_of`` whose minutes, ``body_of``, ``body_for``, ``office_of`` and ``group_of`` within names, which
    ``body_places`` may end and ``group_ends`` words never belong to, ``invited_to`` before an event.
    ``reporting`` words begin what somebody says, ``attending`` nouns tell of coming.
    ``joints`` join two names, ``clause_joints`` two clauses, ``clause_begins`` those after a comma.
    Verbs: ``perfect`` auxiliaries, ``passive_endings`` and ``present_endings``; ``gathers`` verbs have whoever comes as
    their object, ``organisers_after`` words the organiser. ``bearers`` are how nouns end whose bearer follows them.
    Endings: ``plural`` (``singular`` words only look so), ``definite``, ``definite_offices``, ``definite_bodies``,
    ``adjectives``, ``municipal`` of a body that holds many others. ``body_begins`` is how heads of names of bodies
    begin, ``offices`` which words are one office, ``no_events`` are endings of too many other words ("torsdag").
    ``chaired`` is how words for what somebody leads end beside those for events ("diskusjonen"), ``people_endings`` how
    words for people in the plural do ("miljøarbeidere"), ``definite_people`` those of them in the definite, and
    ``no_people`` are words that end so and mean nobody ("tidligere"); ``title_endings`` are those of titles before two
    names. ``articles`` stand before one of several, ``of_all`` between an amount and them ("flere av de").
    ``pronouns`` are subjects: "fortalte hun". ``together`` joins those who do the same ("sammen med"), ``brings`` verbs
    have others with them, ``consents`` stand before what somebody will do ("har sagt ja til å"), ``bearers_after`` are
    words that those who have the part follow ("debatt mellom"), and ``parties`` stand between a meeting and who meets
    ("møte med", "møte mellom").
    ``about`` stands before a topic, such as one of the ``institutions``, ``goes_on`` words tell where a journey goes on
    to ("gikk turen"), ``same_place`` that an event is where another was, ``at_event`` stands between a verb of being
    and an event, ``present_copulas`` are those of the present, ``visits`` verbs of visiting, ``hears`` those of
    hearing, ``had`` participles of having, ``has`` words before what a body is to have, ``numbers`` count events,
    ``abstract`` is how nouns end that only look definite, ``later`` words begin what follows on the same day,
    ``particles`` end verbs of two words, whose subject may stand between ("la rådet fram"), ``one_person`` pronouns
    mean one person, ``definite_articles`` stand before an adjective, ``recorded`` says that somebody is only seen in
    a recording, ``asked_for`` follows verbs of asking that invite nobody ("bedt om"), ``of_things`` are verbs that
    things do too ("kom"), ``talks`` are how words for talks end that somebody holds, ``present_passives`` how
    passives in the present do ("inviteres"). Other events:
    ``apart`` is how words end for
    those that are their own within a programme; ``anaphors`` begin a sentence about the event before ("Der", "Det
    møtte"), ``previous`` words stand before one that is over ("forrige"), ``councils`` are how bodies end that do what
    ``decides`` words say in a meeting ("behandler"); ``travels`` verbs and ``to_place`` words lead to a place,
    ``opens`` verbs open a building; ``event_pronouns`` stand for events beside ``takes_place`` verbs ("holdes de") or
    ``copulas`` and ordinals or ``next_words`` ("det neste er"); ``afterwards`` stand before an event that another
    follows, with ``past_copulas`` where it is over ("Etter møtet var det middag").
    """

    titles: Words = ()
    bodies: Words = ()
    groups: Words = ()
    quantities: Words = ()
    quoting: Words = ()
    contact: Words = ()
    time_labels: Words = ()
    place_labels: Words = ()
    meeting: Words = ()
    gathering: Words = ()
    buildings: Words = ()
    another: Words = ()
    minutes: Words = ()
    programme: Words = ()
    pauses: Words = ()
    reserve: Words = ()
    matters: Words = ()
    both: Words = ()
    addressees: Words = ()
    away: Words = ()
    with_words: Words = ()
    inside: Words = ()
    hosted_at: Words = ()
    behalf: Words = ()
    by: Words = ()
    represented_by: Words = ()
    agents: Words = ()
    meeting_in: Words = ()
    minutes_of: Words = ()
    body_of: Words = ()
    body_for: Words = ()
    office_of: Words = ()
    group_of: Words = ()
    body_places: Words = ()
    group_ends: Words = ()
    invited_to: Words = ()
    joints: Words = ()
    clause_joints: Words = ()
    clause_begins: Words = ()
    perfect: Words = ()
    passive_endings: Words = ()
    present_endings: Words = ()
    gathers: Words = ()
    organisers_after: Words = ()
    bearers: Words = ()
    plural: Words = ()
    singular: Words = ()
    definite: Words = ()
    definite_offices: Words = ()
    definite_bodies: Words = ()
    adjectives: Words = ()
    municipal: Words = ()
    body_begins: Words = ()
    no_events: Words = ()
    reporting: Words = ()
    attending: Words = ()
    chaired: Words = ()
    people_endings: Words = ()
    title_endings: Words = ()
    no_people: Words = ()
    definite_people: Words = ()
    of_all: Words = ()
    articles: Words = ()
    pronouns: Words = ()
    together: Words = ()
    brings: Words = ()
    consents: Words = ()
    bearers_after: Words = ()
    parties: Words = ()
    anaphors: Words = ()
    apart: Words = ()
    previous: Words = ()
    councils: Words = ()
    decides: Words = ()
    travels: Words = ()
    to_place: Words = ()
    opens: Words = ()
    event_pronouns: Words = ()
    takes_place: Words = ()
    copulas: Words = ()
    next_words: Words = ()
    afterwards: Words = ()
    recorded: Words = ()
    goes_on: Words = ()
    same_place: Words = ()
    at_event: Words = ()
    present_copulas: Words = ()
    visits: Words = ()
    had: Words = ()
    hears: Words = ()
    abstract: Words = ()
    has: Words = ()
    particles: Words = ()
    one_person: Words = ()
    definite_articles: Words = ()
    date_labels: Words = ()
    numbers: Words = ()
    later: Words = ()
    about: Words = ()
    institutions: Words = ()
    asked_for: Words = ()
    of_things: Words = ()
    talks: Words = ()
    present_passives: Words = ()
    past_copulas: Words = ()
    offices: dict[str, str] = Field(default_factory=dict)
