"""What is about the alliance, its members and their quarrel, and stands in no table.

Everything here is a name, a colour or the id of a record that a measure means by name. What a
query over the tables can say is said there.
"""

from __future__ import annotations

from typing import NamedTuple

from csto.palette import LIGHT

# ---- states and organisations ------------------------------------------------------------

LEAVER, CONTENDER, CENTRE = "armenia", "belarus", "russia"
RIVAL = "azerbaijan"  # no member, and at odds with one
ORGANISATION = ("csto", "csto-council")

#: What a chart's colour stands for, by what it draws; `csto.palette` has what each colour means.
PALETTE = {
    "adverse": LIGHT["red"],  # what is done against the alliance
    "other": LIGHT["grey"],
    "outside": LIGHT["magenta"],  # the outside record, in this colour alone
}

# ---- the post ----------------------------------------------------------------------------

RECALL, COUNCIL = "khachaturov-recalled", "astana-no-secretary-general"
LAST_WORD = "peskov-no-vacuum"

#: Steps of the quarrel over the post that the clock shows.
CLOCK = (
    RECALL,
    "nazarbayev-backs-belarus",
    COUNCIL,
    "lukashenka-names-three-candidates",
    "mnatsakanyan-claims-right-to-post",
    "pashinyan-criticizes-nazarbayev",
    "mnatsakanyan-armenia-eager",
    "glaz-presses-armenia",
    LAST_WORD,
)

OWN_CANDIDATE = "asiaplus-2019.pashinyan-counts-on-his-own-candidate"

BEFORE = "avetisyan-2016"

#: What prose and cells call the stances on who should hold the post.
SUCCESSOR = {
    "armenian": "an Armenian",
    "belarusian": "a Belarusian",
    "not_armenian": "not an Armenian",
    "not_belarusian": "not a Belarusian",
    "acting_until_2020": "acting head to 2020",
    "acting_until_clarified": "acting head for now",
    "declines": "keeps silent",
}
GUESS = ("Q5", "backs_belarus")  # of an author, on what Russia wants
CLAIMANT = "asiaplus-2019.belarus-claims-the-post"
GIVEN_UP = "the spot was given up, and no rule is named"
THEORIES = {
    "state_term": "the term belongs to the state",
    "rotation_alphabetical": "the post goes by the alphabet",
}

# ---- dealings with the rival -------------------------------------------------------------

LEAK, ENVOY = "lukashenka-discloses-session", "lukashenka-meets-ambassador"
ANSWER, VISIT = "pashinyan-demands-clarifications", "aliyev-visits-belarus"
REBUKE = "belarusian-ministry-rebukes-pashinyan"
COLLUSION = "pashinyan-accuses-belarus-of-collusion"

#: What the session is called where its closed doors matter, and not what it decided.
SESSION = "Leaders talk behind closed doors in Astana"
#: What a step of the time line is: whether it is between the two who fall out.
QUARREL = {True: "the quarrel", False: "other steps"}
#: Steps from the closed session on that the time line shows.
LEAK_CLOCK = (
    COUNCIL,
    ENVOY,
    LEAK,
    ANSWER,
    REBUKE,
    COLLUSION,
    VISIT,
)

# ---- the drift ---------------------------------------------------------------------------

AFTER_GAP = 2022  # the first year after the last stretch that no document covers
PERIODS = {False: "up to 2019", True: "from 2022 on"}
CLAIM, RENUNCIATION = "mnatsakanyan-armenia-eager", "armenia-renounces-deputy-quota-2023"
#: Acts at the edges of the stretch without data.
EDGES = (LAST_WORD, "armenia-sends-sappers-and-medics", "azerbaijani-incursion-2022")
EXCEPTION = "armenia-sends-sappers-and-medics"  # the one deed that leads back
#: Passages in which leaving is spoken of and not said to happen.
NO_EXIT = ("eurasianet-2023.authorities-coy", "eurasianet-2023.abrahamyan-declines-to-predict")

#: The steps of the codebook in plain words, from the nearest to the farthest.
RUNGS = {
    "L0": "stays loyal",
    "R1": "speaks out",
    "R2": "contests inside",
    "R3": "refuses, stays away",
    "R4": "gives up a right",
    "R5": "leaves",
}
SPEAKS, AWAY, LEFT = "R1", "R3", "R5"

#: To whom an act is done, by addressee; acts of the outside record are all done to the alliance.
#: Where deeds alone are drawn, what tells of them takes its place.
TOWARDS = {
    "organisation": "to the alliance",
    "member or officer": "to a member or an officer",
    "nobody named": "to nobody by name",
    "outside": "to the alliance, by public pages",
    "articles": "by the articles",
}
OUTSIDE = "public pages"  # who tells of them
WEIGHTS = {True: "a deed", False: "words", None: "by another reading"}
#: Acts that the picture of the steps names, and in which words.
NAMED = {
    "armenia-condemns-downing-of-jet": "a condemnation",
    "armenia-warns-russia-2016": "a warning",
    "khachaturov-charged": "charge",
    RECALL: "recall",
    "mnatsakanyan-claims-right-to-post": "a claim",
    "mnatsakanyan-armenia-eager": "eagerness",
    "pashinyan-demands-clarifications": "a demand",
    "pashinyan-criticizes-nazarbayev": "criticism",
    "pashinyan-alludes-to-dictatorship": "an allusion",
    "pashinyan-accuses-belarus-of-collusion": "all but accuses",
    "armenia-insists-on-post": "insistence",
    "armenia-sends-sappers-and-medics": "Syria",
    "armenia-requests-intervention-2022": "an appeal",
    "pashinyan-refuses-summit-declaration-2022": "two texts",
    "armenia-refuses-exercise-2023": "exercise",
    "pashinyan-asks-who-leaves-2023": "a question",
    RENUNCIATION: "quota",
    "armen-grigoryan-accuses-csto-2023": "a reproach",
}
#: The act of the outside record that is only said, and stands twice.
FREEZE = "participation-frozen"
#: The same of the outside record, of summits that were missed by one word.
NAMED_OUTSIDE = {
    "representative-recalled": "envoy",
    "budget-refused": "budget",
    FREEZE: "“freeze”",
    "ministers-of-2024-missed": "ministers",
    "exercises-of-2024-missed": "exercises",
    "ministers-of-2025-missed": "ministers",
}
NAMED_SUMMIT = "summit"


class Explanation(NamedTuple):
    """Why Armenia turned away: what is said, and by which positions and passages."""

    says: str
    stances: tuple[tuple[str, str], ...]
    passages: tuple[str, ...]
    fits: str
    leaves_open: str
    begins: str
    against: tuple[str, ...] = ()  # passages, besides those that the claim names
    elsewhere: tuple[str, ...] = ()  # passages with these positions that explain something else


#: Rival explanations, by the claim that states each.
EXPLANATIONS = {
    "withdrawal.abandoned": Explanation(
        "Its allies did not help it",
        (("Q4", "csto_inaction"), ("Q5", "inactive_ally")),
        ("eurasianet-2023.csto-does-not-recognize-border",),
        "the refusals after the attack of September 2022; Avetisyan’s complaint is older",
        "why the paper on assistance was refused, too",
        "after September 2022; the complaint is of 2016",
        against=("eurasianet-2023.refused-to-sign-assistance-document",),
        elsewhere=("eurasianet-2023.consequence-of-inaction",),  # why a European mission came
    ),
    "withdrawal.courting-the-west": Explanation(
        "It is courting the West",
        (("Q10", "courts_west"), ("Q10", "membership_is_obstacle")),
        (),
        "that Armenia took less part, and gave up its quota",
        "why it contested a post of the alliance in 2018",
        "given no date",
    ),
    "withdrawal.domestic-turn": Explanation(
        "The country itself had changed",
        (("Q9", "2018"),),
        (),
        "the charge and the recall of 2018",
        "complaints as old as 2016, refusals only from 2022 on",
        "2018",
    ),
}
#: What later articles make of a forecast, in plain words.
CAME = {
    "supported": "came about",
    "contradicted": "did not come about",
    "direction_only": "in that direction",
    "unresolved": "open",
    "not_found": "not found",
}
#: Forecasts that somebody else tells of their holders, and what is said of that beside these.
TOLD_BY = {"russia-no-head-until-term-ends": "as Asia-Plus tells it, after Eurasianet"}

# ---- how sure ----------------------------------------------------------------------------

#: The number whose answers under all readings are drawn.
ASKED = "rotation.backers-all"
NO_OUTLET = "lost-outlet"  # stands for outlets whose names are lost: no source in common
MUCH_USED = "kommersant"

DISAGREEMENTS = {
    "naming": "two names or numbers",
    "weight": "what matters more",
    "firmness": "how firmly it is said",
    "inside_one": "inside one article",
}
#: What is compared between readings, as tables call it.
UNITS = {"event": "acts", "position": "answers", "forecast": "forecasts", "passage": "passages"}
VARIABLES = {
    ("event", "kind"): "kind of act",
    ("event", "sign"): "sign of an act",
    ("event", "intensity"): "intensity of an act",
    ("event", "rung"): "rung of an Armenian act",
    ("event", "distancing"): "distancing of an Armenian act",
    ("event", "actors"): "who acts",
    ("event", "recipients"): "for or against whom",
    ("event", "days"): "days of an act",
    ("event", "basis"): "how its date is known",
    ("position", "holder"): "who holds an answer",
    ("position", "stance"): "stance on a question",
    ("forecast", "holder"): "who expects it",
    ("forecast", "hedged"): "whether it is hedged",
    ("forecast", "horizon"): "by when",
    ("passage", "attribution"): "who speaks in a passage",
    ("passage", "mode"): "how the words reach the reader",
    ("passage", "status"): "how firmly it is said",
}
RULED = {"first": "this report", "other": "the other", "undecidable": "neither"}
#: Codes in plain words, by what is coded; "–" is a unit that has none.
CODES = {
    "sign": {"-1": "adverse", "0": "neutral", "1": "cooperative"},
    "rung": RUNGS,
    "distancing": {"strict": "strict", "broad": "broad", "none": "neither strict nor broad"},
    "recipients": {"–": "nobody"},
    "basis": {
        "stated": "printed",
        "inferred_year": "printed without its year",
        "relative": "told by another date",
        "report_date": "by the day of a report",
        "undated": "not told",
    },
    "attribution": {
        "unattributed": "nobody: told as news",
        "author": "the author, judging",
        "collective": "a group that speaks as one",
    },
    "mode": {
        "authorial": "the document’s own words",
        "direct": "a quotation",
        "partial_direct": "reported, with words quoted",
        "indirect": "reported speech",
    },
    "status": {
        "asserted": "flatly",
        "attributed": "as somebody’s words",
        "hedged": "with a hedge",
    },
    "horizon": {"–": "no time"},
}
NOT_CODED = "not coded"
#: The report's own reading, which the table of the others does not have.
FIRST = {
    "label": "First",
    "reader": "A language model; this report’s coding.",
    "task": "Chose the passages, one reader to a document, and coded all that this report counts.",
    "masked": "Not recorded.",
    "read_on": "by 22 November 2026",
}

# ---- the outside record ------------------------------------------------------------------

ORDER_ROW, START_ROW, TERM_ROW = "rotation-order", "rotation-start", "rotation-term"
RULE_ROWS = (ORDER_ROW, START_ROW, TERM_ROW)
NO_FREEZE = "no-freeze-in-the-rules"
SESSIONS_YEAR, SESSIONS_ROW = 2022, "sessions-2022"
PARTS = {
    "attended": "Armenia took part",
    "absent": "Armenia stayed away",
    "not_said": "whether it came is not said",
}
NOT_HELD = {"cancelled": "called off", "announced": "announced"}

# ---- the story ---------------------------------------------------------------------------

LISTS_MEMBERS = "eurasianet-2023.six-members"
#: Steps that the time line of the story shows.
STORY = (
    "april-war-2016",
    "belarus-kazakhstan-support-azerbaijan-april-2016",
    "karabakh-resolution-rejected-2016",
    "appointment-delayed-october-2016",
    "khachaturov-charged",
    RECALL,
    COUNCIL,
    LEAK,
    ANSWER,
    CLAIM,
    "armenia-sends-sappers-and-medics",
    "glaz-presses-armenia",
    LAST_WORD,
    "azerbaijani-incursion-2022",
    "csto-refuses-to-intervene-2022",
    "pashinyan-refuses-summit-declaration-2022",
    "armenia-refuses-exercise-2023",
    RENUNCIATION,
)
#: What a step is about, by the first of its themes that is here.
MATTERS = {
    "rotation": "the top post",
    "azerbaijan": "Azerbaijan",
    "drift": "Armenia and the alliance",
}

# ---- between the articles, from the outside record ---------------------------------------

#: Figures that the prose prints: what each is, and its unit.
FIGURES = {
    "battle-deaths-2020": ("Battle deaths of 2020 in the data set, best estimate", "deaths"),
    "peacekeepers-in-karabakh": ("Russian peacekeepers by the statement of 2020", "soldiers"),
    "soldiers-armenia": ("Armenian soldiers sent to Kazakhstan", "soldiers"),
    "soldiers-russia": ("Russian soldiers sent to Kazakhstan, as reported", "soldiers"),
    "sessions-called-by-armenia": ("Sessions of 2022 called by Armenia, as Zas says", "sessions"),
    "dead-september-2022-armenia": ("Armenian dead of September 2022 by Armenia’s count", "dead"),
    "dead-september-2022-azerbaijan": ("Azerbaijani dead of September 2022, as relayed", "dead"),
    "land-held-2022": ("Armenian land lost in two years by Armenia’s count", "square kilometres"),
    "decisions-of-yerevan": ("Decisions of the summit in Yerevan, by the alliance", "decisions"),
}
INCIDENT = ("article-2-appeal", "border-incident")
KAZAKHSTAN = ("armenia-sends-soldiers", "armenians-fly-home")
MISSION = ("article-4-appeal", "mission-sent")
#: What was asked of the alliance or of Russia, and what came back.
APPEALS = {
    "emergency-council-called": ("emergency-council-postponed",),
    "letter-to-putin": ("moscow-promises-help",),
    INCIDENT[0]: ("consultations-ordered", "ministers-in-dushanbe", INCIDENT[1]),
    "russia-asked-in-november-2021": ("ceasefire-of-november-2021",),
    "kazakhstan-asks-for-help": ("peacekeepers-decided",),
    MISSION[0]: (
        "summit-2022-09-13",
        MISSION[1],
        "monitors-on-offer",
        "summit-2022-10-28",
        "help-without-assessment",
    ),
}

# ---- what holds it together --------------------------------------------------------------

#: Questions on the alliance, and how the table of verdicts asks them.
VERDICTS = {
    "Q3": "Is it united?",
    "Q4": "What is to blame?",
    "Q5": "What is Russia to it?",
    "Q7": "Its future?",
}
#: Stances in plain words, but for those on who should hold the post.
STANCES = {
    **THEORIES,
    "unanimity": "every member must consent",
    "confidentiality": "what is discussed stays inside",
    "divided": "divided",
    "mixed": "mixed",
    "cohesive": "united",
    "internal": "its own make-up",
    "external": "outsiders",
    "armenia": "Armenia’s leader",
    "belarus": "Belarus",
    "divergent_interests": "interests that differ",
    "csto_inaction": "the alliance did not help",
    "other": "something else",
    "hegemon_glue": "holds it together",
    "double_game": "plays a double game",
    "arms_both": "arms both sides",
    "passive": "stays passive",
    "leverage": "has leverage to gain",
    "backs_belarus": "wants Belarus’s man in the post",
    "freezes": "lets the post stay empty",
    "inactive_ally": "does not help",
    "restraint": "will show restraint",
    "unclear": "unclear",
    "impossible_harmony": "no lasting harmony",
    "dissolution": "may dissolve",
    "depends_on_russia": "depends on Russia",
    "may_leave": "it may leave",
    "conditional_exit": "it might, on a condition",
    "may_threaten": "it may threaten to",
    "formal_only": "it stays in form only",
    "moving_away": "it is moving away",
    "evasive": "evades the question",
    "declines_to_predict": "makes no prediction",
    "enemy": "a member’s enemy",
    "neutral_influential": "a neutral with influence",
    "outsider": "an outsider without a say",
    "confirms": "that it is a fact",
    "no_political_message": "no political message",
    "reckless": "a reckless step",
    "lowering_bar": "lower relations",
    "courts_west": "a bid for the West",
    "membership_is_obstacle": "that membership stands in the way",
    "self_harm": "harm to Armenia itself",
}
WHAT_IT_IS = "Q8"  # what the country that the allies lean to is to the alliance
#: What a passage says in other words than its answer has.
WORDED = {
    "asiaplus-2019.russia-dominates": "dominates it",
    "eurasianet-2023.hostile-neighbours": "a member’s hostile neighbour, in the article’s words",
}
#: Answers on the alliance's future, none of which sees it strong.
DOUBTFUL = ("unclear", "impossible_harmony", "dissolution", "depends_on_russia")
#: Answers on leaving that leave it open.
OPEN = (
    "conditional_exit",
    "may_threaten",
    "formal_only",
    "moving_away",
    "evasive",
    "declines_to_predict",
)
THREATS = (
    "avetisyan-2016.threat-armenia-karabakh",
    "avetisyan-2016.threat-russia-belarus-missiles",
    "avetisyan-2016.threat-kazakhstan-kyrgyzstan-islamic",
)
#: Acts of each summit that the articles tell of.
SUMMITS = {
    "Yerevan 2016": (
        "ten-year-strategy-agreed-2016",
        "karabakh-resolution-rejected-2016",
        "appointment-delayed-october-2016",
    ),
    "Astana 2018": (
        "astana-position-on-inf-treaty",
        "status-of-partners-and-observers-agreed",
        "council-supports-russia-in-syria",
        COUNCIL,
    ),
    "Yerevan 2022": (
        "pashinyan-refuses-summit-declaration-2022",
        "pashinyan-refuses-assistance-document-2022",
    ),
}
AGREEING = ("joint_decision", "support_statement")

# ---- who leaned to whom ------------------------------------------------------------------

LEANING = ("belarus", "kazakhstan")
LEANING_UNTIL = 2018  # the last year in which an article tells of it
#: Pairs that the chart of leanings has, from the giver to the taker.
PAIRS = (
    ("belarus", RIVAL),
    ("kazakhstan", RIVAL),
    (CENTRE, RIVAL),
    (LEAVER, CENTRE),
    (CENTRE, LEAVER),
    (RIVAL, LEAVER),
)
#: Sorts of leaning by kind of act; force is none, and stands apart.
SORTS = {
    "support_statement": "support",
    "invitation": "a wish to invite",
    "visit_or_meeting": "a meeting",
    "disclosure": "a secret told",
    "deployment_or_mission": "sappers and medics",
    "arms_transfer": "arms",
    "arms_deal": "arms",
    "use_of_force": "force",
}
#: Sums that an article tells without an occasion.
SUMS = {
    "edm-2018.russia-arms-azerbaijan-5-billion": ("Sales of arms, as a sum", "arms"),
    "edm-2018.similar-actions-by-belarus-and-kazakhstan": (
        "“Similar actions”, without more",
        "“similar actions”",
    ),
}
