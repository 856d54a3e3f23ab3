"""Everyday words that stand for one another when somebody looks for a memory: a lager is a beer, a GP is a doctor."""

from functools import lru_cache

_GROUPS = """
doctor gp physician surgery medic clinic
dentist tooth teeth dental brace
medicine medication medicines drug drugs pill pills tablet tablets prescription penicillin antibiotic
allergy allergic allergies intolerant intolerance rash
asthma inhaler breath breathing chest lungs
headache headaches migraine migraines
glasses spectacles lenses eyesight reading
ill sick illness disease health
wife husband spouse partner married marriage
kid kids child children son daughter boy girl
mother mum mom mummy
father dad daddy
grandmother gran granny grandma grandfather grandpa grandad
parents mother father mum dad
sister brother siblings sibling
friend friends mate mates buddy
boss manager supervisor chief
employer company firm work
job profession occupation work career
colleague colleagues coworker coworkers
client clients customer customers
schedule diary calendar agenda
appraisal review evaluation
project projects undertaking
lawyer solicitor legal attorney barrister
accountant taxes tax
babysitter nanny sitter babysit watch
cleaner cleans clean housekeeper
plumber sink tap leak leaking drain
beer lager ale pint bitter
wine red white bottle
drink drinks beverage coffee tea juice wine beer
coffee espresso latte cappuccino
milk lactose dairy cheese cream
nut nuts peanut peanuts almond almonds walnuts
fish prawns prawn shellfish seafood shrimp salmon
meat beef steak pork lamb chicken vegetarian
wheat gluten bread flour
herb herbs coriander parsley basil
curry spicy hot chilli
sweet sweets chocolate dessert cake candy
eat eats eating food meal meals dinner lunch breakfast supper cook cooking cooks
midday noon lunch
restaurant restaurants cafe bistro dine
dinner supper evening
flight flights fly flying plane planes airline airport
seat seats sit sitting window aisle
train trains rail railway
coach carriage compartment
boat ship ferry ferries sail
hotel hotels stay accommodation
luggage bags bag suitcase baggage
holiday holidays vacation leave
abroad visa passport
car vehicle automobile auto
plate licence registration
fuel petrol diesel gas tank
park parking garage
bicycle bike cycle
commute office work
house home flat apartment
address live lives
rent landlord lease
mortgage loan
insurance insured policy
bank account money
heating boiler radiator
rubbish bins bin trash garbage waste
key keys
password code combination pin
wall walls paint painted colour color
sofa couch furniture
pet pets cat dog
vet animal pet cat dog
shoe shoes boots trainers size
shirt shirts clothes size
perfume scent fragrance
gift gifts present presents give buy
flowers lilies roses bouquet
birthday birthdays born birth
wedding married marriage anniversary
school schools teacher class lessons lesson pupil
learn learning study studying
language languages french german english spanish italian
book books novel novels read reading
film films movie movies cinema
horror scary frightening
music jazz song songs listen concert
orchestra philharmonic symphony concert
television tv screen screens
tablet screen screens computer
sport sports exercise gym run running
football match soccer
team club support
swim swimming pool
run running jog jogging marathon
sleep asleep bed bedtime night
wake awake wakes getting
morning mornings breakfast early
evening evenings night
concentrate focus think thinking deep
meeting meetings appointment appointments call calls
email emails mail mails inbox
phone mobile telephone landline ring
charity donate donation donations
tip tips tipping
politics vote election party
church choir faith
software program programs application
"""
_OF: dict[str, frozenset[int]] = {}
for _number, _line in enumerate(_GROUPS.strip().splitlines()):
    for _word in _line.split():
        _OF[_word] = _OF.get(_word, frozenset()) | {_number}


@lru_cache(maxsize=20_000)
def groups(word: str) -> frozenset[int]:
    """The numbers of the groups a word belongs to, in the singular or the plural; none for most."""
    return _OF.get(word) or _OF.get(word.removesuffix("s")) or frozenset()
