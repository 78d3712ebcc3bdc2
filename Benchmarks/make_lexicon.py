"""Makes a table of distinct terms as variants of the staged ontologies and drug names, seeded.

usage: make_lexicon.py COUNT|staged DATA_FOLDER OUTPUT.tsv

`staged` stands for the staged terms alone.

The columns are term, type, code, preferred and status. Besides the terms themselves: diseases with modifiers, sites, causes and
stages, names turned around their comma, drugs with strengths and dose forms, eponyms and compounds that are new words. Four in ten
variants are concepts of their own, the others are synonyms, about as in the UMLS.
"""

import gzip
import pathlib
import random
import sys

count = 0 if sys.argv[1] == "staged" else int(sys.argv[1])
data, output = pathlib.Path(sys.argv[2]) / "lexicons", sys.argv[3]
chooser = random.Random(20)


def table(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        header = next(file).rstrip("\n").split("\t")
        return [dict(zip(header, line.rstrip("\n").split("\t"))) for line in file]


labels, diseases, drugs = {}, [], []
for row in table(data / "disease-ontology" / "do-terms.tsv.gz"):
    if row["kind"] == "label":
        labels[row["doid"]] = row["term"]
    diseases.append((row["term"], row["doid"], row["kind"]))
for row in table(data / "rxnorm" / "ingredients.tsv"):
    drugs.append((row["name"], f"RXNORM:{row['rxcui']}"))
brands = [(row["name"], f"RXNORM:{row['rxcui']}") for row in table(data / "rxnorm" / "brand-names.tsv")]
forms = [row["dose_form"].lower() for row in table(data / "rxnorm" / "dose-forms.tsv")]

severities = "acute chronic subacute recurrent severe mild moderate bilateral congenital acquired primary secondary familial".split()
sites = """left knee|right knee|left hip|right hip|left lung|right lung|upper lobe|lower lobe|lumbar spine|cervical spine|left breast|
right breast|liver|left kidney|right kidney|skin of the face|skin of the trunk|left foot|right foot|left hand|right hand|left eye|
right eye|abdominal wall|chest wall|brain|small intestine|colon|stomach|bladder""".replace("\n", "").split("|")
causes = "infection|trauma|drug reaction|pregnancy|surgery|radiation|alcohol|tobacco|diabetes|autoimmune disease".split("|")
stages = "stage I|stage II|stage III|stage IV|in remission|in relapse|with complications|NOS|unspecified".split("|")
amounts = "1 2 2.5 5 10 20 25 40 50 75 100 150 200 250 300 500 750 1000".split()
strengths = [f"{amount} {unit}" for amount in amounts for unit in ("mg", "mcg", "mg/ml", "unt/ml")]
onsets = "b br c ch d dr f fr g gr h j k kl kr l m n p pr r s sch sk st t th tr v w z".split()
vowels = "a e i o u ae ei oo ia".split()
codas = "ck ld lm lt mann n nd ng nn rg rn rt s sen sky ss st tz witz x".split()
stems = "cyclo methyl ethyl hydroxy chloro fluoro benzo propyl amino nitro oxy dihydro phenyl butyl acetyl sulfo thio iso".split()
ends = "ine ol one ate amide azole mycin pril sartan statin vir mab nib cillin oxacin idine epam".split()


def name():
    syllables = [chooser.choice(onsets) + chooser.choice(vowels) for _ in range(chooser.randint(1, 2))]
    return "".join(syllables) + chooser.choice(codas)


def disease_variant():
    term, code, _ = chooser.choice(diseases)
    kind = chooser.randrange(6)
    if kind == 0:
        term = f"{chooser.choice(severities)} {term}"
    elif kind == 1:
        term = f"{chooser.choice(severities)} {term} of the {chooser.choice(sites)}"
    elif kind == 2:
        term = f"{term} due to {chooser.choice(causes)}"
    elif kind == 3:
        term = f"{term}, {chooser.choice(stages)}"
    elif kind == 4:
        *modifiers, head = term.split(" ")
        term = ", ".join([head] + ([" ".join(modifiers)] if modifiers else []) + [chooser.choice(severities)])
    else:
        term = f"{chooser.choice(severities)} {term} {chooser.choice(stages)}"
    return term, "Disease", code, labels.get(code, "")


def drug_variant():
    term, code = chooser.choice(drugs)
    kind = chooser.randrange(3)
    if kind == 0:
        return f"{term} {chooser.choice(strengths)} {chooser.choice(forms)}", "Medication", code, term
    if kind == 1:
        brand, brand_code = chooser.choice(brands)
        return f"{brand} {chooser.choice(strengths)}", "Medication", brand_code, brand
    return f"{chooser.choice(strengths)} {term} {chooser.choice(forms)}", "Medication", code, term


def new_word():
    if chooser.randrange(2):
        made = f"{name().capitalize()} {chooser.choice(['disease', 'syndrome', 'sign', 'procedure', 'test'])}"
        return made, "Disease", "", made
    parts = chooser.sample(stems, chooser.randint(1, 3))
    made = "".join(parts + [chooser.choice(part) for part in (onsets, vowels, ends)])
    return made, "Medication", "", made


written, seen = 0, set()
with open(output, "w", encoding="utf-8") as file:
    file.write("term\ttype\tcode\tpreferred\tstatus\n")

    def put(term, type, code, preferred, status):
        global written
        key = term.lower()
        if (not count or written < count) and key not in seen:
            seen.add(key)
            written += 1
            file.write(f"{term}\t{type}\t{code}\t{preferred}\t{status}\n")

    for term, code, kind in diseases:
        put(term, "Disease", code, labels.get(code, ""), kind)
    for term, code in drugs:
        put(term, "Medication", code, term, "preferred")
    for term, code in brands:
        put(term, "Medication", code, term, "brand")
    while written < count:
        term, type, code, preferred = chooser.choices((disease_variant, drug_variant, new_word), (60, 28, 12))[0]()
        if not code or chooser.random() < 0.4:
            code, preferred = f"MADE:{written:07}", term
        put(term, type, code, preferred, "preferred" if preferred == term else "synonym")
