"""Names as they are written and as people type them: what the graph finds, and what the interactive page finds."""

# A name, and spellings of it that must find it.
ALIASES = {
    "Łukasz Nowak": ("Lukasz Nowak", "lukasz nowak", "ŁUKASZ NOWAK", "Łukasz Nowak"),
    "Jürgen Groß": ("Jurgen Gross", "JÜRGEN GROSS", "Ju\u0308rgen Groß", "Jürgen GROẞ"),
    "Ayşe Işık": ("Ayse Isik", "AYŞE IŞIK", "ayşe ışık"),
    "İlham Əliyev": ("Ilham Aliyev", "ilham əliyev"),
    "Guðrún Þórðardóttir": ("Gudrun Thordardottir", "guðrún þórðardóttir"),
    "Aimé Œuvrard": ("Aime Oeuvrard", "AIMÉ ŒUVRARD"),
    "Ole Henrik Ŋáŋŋá": ("Ole Henrik Nanna", "ole henrik ŋáŋŋá"),
    "Áhkká Guđđi": ("Ahkka Guddi", "ahkka guđđi"),
    "Åse Bjørnø Ærlig": ("Ase Bjorno Aerlig", "AASE BJOERNOE AERLIG", "Åse Bjo\u0338rnø Ærlig"),
    "Йоран Калльмюр": ("йоран калльмюр", "ЙОРАН КАЛЛЬМЮР", "И\u0306оран Калльмюр", "Йо\u0301ран Калльмюр"),
    "Семён Петров": ("Семен Петров", "СЕМЁН ПЕТРОВ"),
    "Γιώργος Παπαδόπουλος": ("γιωργος παπαδοπουλος", "ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ"),
    "王小明": ("王小明",),
    "محمد علي": ("محمد علي",),
    "かがみ": ("かがみ",),
    "Anna\u00adLena Oﬁr": ("AnnaLena Ofir", "anna\u00adlena oﬁr"),
}
# What is no spelling of any of these, though it is written in the same letters, or in none. Two Japanese and two
# Russian letters that differ in a mark alone are different letters.
NO_MATCH = (
    *("Мария Сидорова", "Иоран Калльмюр", "王", "李小明", "正義會", "منى سعيد", "かかみ"),
    *("???", "—", "«»", "\u200b"),
)
