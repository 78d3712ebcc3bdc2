"""Records what the reference tokenizer makes of strings that are hard for a tokenizer of clinical notes.

usage: make_wordpiece.py MODEL_FOLDER > wordpiece.json
"""

import json
import sys

import tokenizers

CLINICAL = [
    "",
    " ",
    "Patient denies chest pain, SOB, or palpitations.",
    "HPI: 67yo M w/ h/o CAD s/p CABG x3 (2011), HTN, HLD, DM2 p/w 3d of worsening DOE.",
    "Lisinopril 10mg PO qd; metoprolol tartrate 25 mg p.o. b.i.d.",
    "ASA 81mg daily, atorvastatin 80mg qHS, NTG 0.4 mg SL prn CP q5min x3",
    "Vancomycin 1.25 g IV q12h (trough 15-20 mcg/mL)",
    "Levothyroxine 0.088mg; warfarin 2.5-5mg per INR",
    "insulin glargine 22 units SC at bedtime + sliding scale",
    "1,000 mL NS bolus @ 125cc/hr",
    "BP 142/88, HR 96, RR 18, T 38.4°C, SpO2 94% on 2L NC",
    "Temp 101.3ºF",
    "WBC 14.2 (H), Hgb 9.8 (L), Plt 212K, Na+ 133, K+ 5.1, HCO3- 19",
    "CT abd/pelvis: 3.2 x 2.8 x 4.1 cm hypodense lesion in segment VII.",
    "EF 35-40%; LVEDD 6.1cm; mod-severe MR",
    "A&O x3, NAD, PERRLA, EOMI, CTAB, RRR no m/r/g",
    "Pt c/o N/V/D x 2 days; +fever, -chills",
    "Allergies: PCN (anaphylaxis), sulfa -> rash",
    "Dx: acute-on-chronic systolic CHF exacerbation, NSTEMI type II",
    "Hepatosplenomegaly and thrombocytopenia; r/o HLH.",
    "Esophagogastroduodenoscopy showed grade II varices",
    "pneumonoultramicroscopicsilicovolcanoconiosis",
    "Ceftriaxone/azithromycin for CAP; d/c'd on day #5",
    "Mother's, patient's, pts' meds",
    "Seen by Dr. [**Last Name (STitle) 123**] on [**2118-6-7**].",
    "___ year old female with ___ disease",
    "1. Metformin 500mg\n2. Glipizide 5mg\n3. Gabapentin 300mg TID\n",
    "PLAN:\r\n- cont abx\r\n- f/u cx\r\n\r\n",
    "Meds:\tfurosemide\t40 mg\tdaily",
    "tid/qid/q.d./q.o.d./p.r.n.",
    "C5-C6 ACDF, L4/5 laminectomy",
    "HER2/neu 3+, ER-/PR-, Ki-67 >20%",
    "t(9;22)(q34;q11) BCR-ABL1",
    "p.V600E c.1799T>A BRAF",
    "O2 sat 88%->95%",
    "FEV1/FVC=0.58, DLCO≈45%",
    "≥3 episodes; ≤2 wks; ±nausea",
    "no e/o DVT/PE; D-dimer <0.5",
    "IV→PO; ↑Cr 1.2→2.4; ↓UOP",
    "½ tab qAM, ¼ tab qPM, 1½ tabs qhs",
    "5 µg vs 5 μg vs 5 mcg",
    "10^9/L ×10⁹/L H₂O 37.2℃ №4",
    "Hgb A1c 8.9% ; eAG 209",
    "EKG: NSR @ 72bpm, nl axis, no ST-T Δs",
    "The patient was admitted. He was discharged. She was readmitted.",
    "CONTINUE CURRENT MANAGEMENT",
    "cOnTiNuE cUrReNt",
    "email: none@example.org, tel. (555) 010-9999 x12",
    "https://example.org/path?x=1&y=2",
]

ACCENTS = [
    "naïve café résumé Ménière's",
    "nai\u0308ve cafe\u0301 re\u0301sume\u0301",
    "Sjögren, Guillain–Barré, Behçet, Crohn’s",
    "Köhler Müller Weiß Straße STRASSE ẞ",
    "İstanbul I ı i İ",
    "I\u0307 i\u0307 \u0130I",
    "Ångström Å \u212b A\u030a",
    "Łódź Ørsted Đorđe Æsop œuvre þorn ð",
    "Señor año niño el paciente presentó fiebre de 39ºC y disnea",
    "Paciente varón de 54 años, con antecedentes de hipertensión arterial",
    "Zażółć gęślą jaźń",
    "Příliš žluťoučký kůň",
    "Việt Nam Nguyễn Thị Hằng",
    "ΑΒΓ αβγ ά έ ώ Σίσυφος ΣΊΣΥΦΟΣ ς",
    "Привет Ёлка Йод й",
    "مرحبا بالعالم مَرْحَبًا",
    "שלום עולם שָׁלוֹם",
    "नमस्ते दुनिया हिन्दी",
    "ภาษาไทย สวัสดี",
    "한국어 환자 각 각",
    "ひらがな カタカナ ガ ガ ぱ",
    "e\u0301\u0323\u0308 multiple marks",
    "\u0301 lone mark",
    "a\u0301b \u0308c d\u0327",
    "q\u0307\u0323 \u1e69 s\u0323\u0307",
    "Zalgo h\u0300\u0301\u0302\u0303e\u0304\u0305l\u0306\u0307p",
    "ǅ ǆ Ǆ ŉ ǰ ΐ ﬁ ﬂ ﬃ ﬆ",
    "ﬁbrillation diﬃcult eﬄuent",
    "Ⅳ ⅳ ① ⓐ Ａｓｐｉｒｉｎ １００ｍｇ",
    "\u1e9e \u00df \u017f \u212a \u2126",
]

# Marks that change places in canonical order: what they stand for is dealt out anew.
REORDERED = [
    "\u302f\u302a",
    "\ufe20\u031a\u302e",
    "\u302e\u309a\u3063",
    "a\u302f\u0327\u0301 b",
    "\u1e69\u302e\u0323x",
    # Of Unicode 14, which the reference's decompositions do not know.
    "\U00010f82\u031f\u0353\uab76",
]

CJK = [
    "患者は58歳男性。",
    "病人主诉发热3天，咳嗽。",
    "CT示肺炎2cm",
    "中a文b字c",
    "\u3400\u4dbf\u4e00\u9fff",
    "\uf900\ufaff \ufa0e 豈",
    "\U00020000\U0002a6df\U0002f800 x",
    "、。「」・：；！？",
    "日本語とEnglish混在",
    "㐀㐁 ㋿ ㎎ ㎏ 5㎎",
    "〇 々 〆",
]

SYMBOLS = [
    "😀",
    "pain 😣 8/10 👍🏽 ok",
    "👩‍⚕️ said rest",
    "🇩🇪🇫🇷",
    "❤️ ❤ ♥",
    "𝒜𝓈𝓅 𝟏𝟎𝟎𝐦𝐠",
    "™ ® © ℞ § ¶ † ‡ • ◦ ▪ – — ― … ‰",
    "$5 €5 £5 ¥5 ₿ ¢",
    "^_^ `code` ~approx~ |pipe| \\back\\",
    "+++ --- *** ### ===== ~~~~~ ?????",
    "!!!???...,,,;;;:::",
    "(((([[[[{{{{<<<<>>>>}}}}]]]])))",
    "\"quoted\" 'single' “curly” ‘curly’ «guillemets» ‚low‘ „low“",
    "a-b a–b a—b a−b a‐b a‑b",
    "1/2 1⁄2 3×4 3÷4 √9 ∞ ≠ ∑ ∫",
    "....",
    "-",
    "--",
    "_",
    "a_b_c __init__",
    "don't can't o'clock d/c'd",
    "x=1;y=2&z=3",
    "@user #hashtag 50%",
    "§4 ¶5 ¿qué? ¡no!",
    "←↑→↓⇒⇔ ●○■□▲△ ✓✗☑☐",
    "░▒▓█",
    "☃☎☢☣⚕",
    "ʼ ʹ ´ ` ¨ ¯ ¸ ˆ ˜ ˇ",
]

CONTROL = [
    "tab\there",
    "line\nbreak",
    "carriage\rreturn",
    "crlf\r\nend",
    "\t\n\r ",
    "nul\x00inside",
    "\x01\x02control\x1f\x7fchars",
    "bell\x07 esc\x1b[0m",
    "c1\x80\x85\x9f controls",
    "nbsp\u00a0between",
    "en\u2002em\u2003thin\u2009hair\u200aspaces",
    "ideographic\u3000space ogham\u1680space",
    "line\u2028sep para\u2029sep",
    "vertical\x0btab form\x0cfeed",
    "soft\u00adhyphen hypo\u00adkalemia",
    "zero\u200bwidth\u200cnon\u200djoiner",
    "word\u2060joiner bom\ufeffinside",
    "\ufeffbom at start",
    "replacement\ufffdchar \ufffd",
    "ltr\u200emark rtl\u200fmark \u202aembed\u202c \u2066iso\u2069",
    "private\ue000use \U000f0000",
    "unassigned\u0378 \u0379 \U000e0080",
    "noncharacter\ufffe \uffff",
    "variation a\ufe0f b\ufe00 tag\U000e0041",
    "interlinear\ufff9anno\ufffatation\ufffb",
    "combining grapheme\u034fjoiner",
    "mongolian\u180evowel",
    "arabic\u0600number sign \u06dd",
    "  leading and trailing  ",
    "many     spaces      between",
    "\n\n\nleading newlines",
]

WORDS = [
    "a" * 99,
    "a" * 100,
    "a" * 101,
    "x" * 250 + " after",
    "ab" * 50,
    "é" * 100,
    "é" * 101,
    "e\u0301" * 100,
    "e\u0301" * 101,
    "中" * 101,
    "." * 101,
    "ACGT" * 40,
    "1" * 120,
    "antidisestablishmentarianism electroencephalographically",
    "sternocleidomastoid cholecystectomy laparoscopically",
    "qwrtpsdfgh zxcvbnmk xqzjv",
    "☃word word☃",
    "wordÿ ÿword 𐍈 \U00010400 \U0001f9ec",
    "ᚠᛇᚻ ꙮ ⴰⵣⵓⵍ ᎠᎡᎢ",
    "ABC\u0301DEF ÀÉÎÕÜ",
    "covid-19 SARS-CoV-2 COVID19 sars-cov2",
    "CD4+/CD8+ IL-6 TNF-α β-blocker γ-GT α1-antitrypsin",
    "3mg3mg 10mgPO 5mgBID2x",
    "0.5mg/kg/dose q6h×48h",
    "12:30 12/31/2019 2019-12-31 31.12.2019 06:45:00",
    "##ing ## #",
    "unbelievable unaffable embeddings",
]

# Text that spells special tokens: in notes it is text, so `encode_special_tokens` keeps it from becoming one.
SPECIAL = ["[CLS] [SEP] [MASK] [PAD] [UNK]", "value[MASK]value", "[mask] [Unk]", "see [SEP] below"]


def main():
    tokenizer = tokenizers.Tokenizer.from_file(f"{sys.argv[1]}/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True
    cases = []
    for text in CLINICAL + ACCENTS + REORDERED + CJK + SYMBOLS + CONTROL + WORDS + SPECIAL:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        cases.append(
            {"text": text, "ids": encoding.ids, "tokens": encoding.tokens, "offsets": [list(o) for o in encoding.offsets]}
        )
    print('{"made_with": "tokenizers %s", "cases": [' % tokenizers.__version__)
    print(",\n".join(json.dumps(case) for case in cases))
    print("]}")


main()
