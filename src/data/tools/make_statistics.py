#!/usr/bin/env python3
"""Writes src/data/statistics/*.tsv from the tables of public statistics.

Usage: make_statistics.py FOLDER  (with occupations_us.tsv, conditions.tsv,
events.tsv, age_single_us.tsv, states_us.tsv)

Keeps what the group-size estimate needs: the words, one rate, the share of
men, how it varies, the source and whether it was seen (V) or is from memory
(M). Words that mean something else in a post more often than not go.
"""
import csv
import re
import sys
from pathlib import Path

US = 340_110_988  # July 2024, Census Bureau, NC-EST2024-AGESEX-RES
FOLDER = Path(sys.argv[1])
OUT = Path(__file__).resolve().parent.parent / "statistics"

# In a post these are something else, somebody on the staff, or no fact.
NOT_A_WORD = set("""sub PA TA DC OD CO PT OT RT NP FF LEO PI AT MA NP PCP ID GP CP MS PD AD CD RA OA CT infection coded shot exposure
super admin server builder sparky resident intern fellow doctor surgeon nurse RN LPN CNA EMT medic paramedic
director editor trader caretaker cleaner guard coach scout academic therapist counselor physio chemist
provost dean auditor caregiver attending hospitalist internist intensivist ortho physician MD DO dentist pharmacist
dietitian nutritionist midwife phlebotomist sonographer audiologist optometrist optician podiatrist chiropractor
orderly radiologist pathologist cardiologist dermatologist neurologist pediatrician paediatrician psychiatrist
anesthesiologist anaesthetist obstetrician gynecologist ophthalmologist urologist allergist nephrologist
pulmonologist endocrinologist rheumatologist gastroenterologist oncologist hematologist neonatologist geriatrician
physiatrist electrophysiologist neurosurgeon otolaryngologist hygienist psychologist librarian's model monk's
academic producer grower pilot's super mover captain super steward PAM PE SLE MAC ASD PPM ICD HD AF AFib mono
depressed blind deaf self-harm consumption crypto cocci histo blasto sugar stent ventilator coronary ectopic
termination transposition Fontan famous hanging impaled hospitalised ID blood CT surgeon dwarf exposure
intubated trach trached coronavirus covid flu pregnant expecting gravid tubal megacolon psychosis
hypertensive diabetic asthmatic obese seizures DDS DMD DVM DPM OB RD RDN MLS LCSW ATC crypto super grief
newborn twins quads quints Survivor reality refugee elderly tornado robbery bear bull wasp host hostess
medium sitter talent dealer orderly assistant Sister Father cardinal trooper driller escort mason conductor chaplain
prince princess duke hotshot incarcerated soprano minister printer valet secretary tutor bouncer piercer shopper coder
striker kicker actuary flagger stocker sailor mezzo baritone maid porter teller animator decorator spokesperson historian
DC FL medalist cook decorator""".split())
NOT_A_PHRASE = {
    "had a baby", "killed by", "heart doctor", "kidney doctor", "lung doctor", "cancer doctor", "foot doctor",
    "eye doctor", "er doctor", "family doctor", "country doctor", "medical doctor", "trainee doctor", "gas doctor",
    "em doc", "ed physician", "pt (uk)", "medical resident", "medical student", "med student", "nurse practitioner",
    "registered nurse", "icu nurse", "er nurse", "or nurse", "l&d nurse", "school nurse", "travel nurse", "staff nurse",
    "live birth", "story was in the news", "you may have seen this", "went viral", "made national news",
    "on the local news", "case report", "i wrote this case up", "testified", "first-ever case",
    "first in the world", "first reported case", "only survivor", "sole survivor", "class president", "85+",
    "court case or lawsuit", "malpractice trial", "case published in a journal", "twin pregnancy",
    "er physician", "physician assistant", "physical therapist", "occupational therapist", "respiratory therapist",
    "speech therapist", "medical assistant", "nursing assistant", "emergency physician", "family physician",
    "radiology technician", "general practitioner", "general surgeon", "flight paramedic", "blood clot in leg",
    "wrong-site surgery", "operated on the wrong leg", "physician", "oldest patient ever", "youngest person to",
    "world's oldest, youngest, tallest or heaviest", "first in the us", "first patient in texas", "mechanical ventilation",
    "influenza", "covid-19", "pregnancy", "preterm birth", "premature baby", "emergency visit",
}
# Words that the table lacks, by the name of its row.
MORE = {
    "mayor": "vice mayor; deputy mayor; lord mayor; ex-mayor; alcalde; alcaldesa",
    "judge": "county judge; circuit judge; district judge; family court judge; probate judge; juez; jueza",
    "sheriff": "town constable; undersheriff",
    "postmaster": "postmistress",
    "school superintendent": "superintendent; school district superintendent",
    "school principal (public)": "principal; headmaster; headmistress; headteacher; head teacher; school principal; vice principal; assistant principal; directora de la escuela; director de la escuela",
    "city council member": "councilmember; city councilor; councillor; selectman; selectwoman; county commissioner; city councilman; city councilwoman; concejal",
    "state legislator": "state rep; legislator; assemblywoman; lawmaker; MLA; member of parliament; diputado; diputada; senadora",
    "member of Congress": "senator; ambassador; cabinet secretary; cabinet minister; attorney general; lieutenant governor",
    "fire chief (head of department)": "fire chief; assistant fire chief; deputy fire chief; jefe de bomberos",
    "police chief": "deputy chief; police commissioner; jefe de policia",
    "bishop": "archbishop; monsignor; abbot; abbess; mother superior; obispo",
    "TV meteorologist": "weatherman; weather girl; weather woman; weather guy; weather anchor; weathergirl; weather man; tv weather",
    "TV news anchor": "anchorwoman; morning show host; talk show host; tv host; television host; tv presenter; celebrity chef; tv reporter",
    "Olympian": "paralympian; olympic gymnast; olympic swimmer; olympic skater; paralympic sprinter; olympic rower",
    "NHL player": "pro hockey goalie; nhl goalie",
    "NFL player": "nfl quarterback; nfl linebacker; nfl kicker",
    "rodeo cowboy": "professional bull rider; barrel racer; steer wrestler; bull fighter; bullfighter",
    "circus performer": "circus clown; acrobat; aerialist",
    "astronaut": "astronaut candidate; cosmonaut",
    "university president": "college president; university chancellor",
    "police officer": "policia",
    "farmer": "dairyman; cattleman; granjero; agricultor",
    "firefighter": "bombero; bombera",
    "clergy": "baptist preacher; methodist minister; youth minister; padre; sacerdote; pastora; lutheran pastor; sacristan; vicar's",
    "funeral home owner": "funeral director; undertaker; mortician",
    "bus driver": "city bus driver",
}
# Rows of our own for words that the tables lack: words; how many, to an order
# of magnitude; women in per cent; one per.
OWN = """
harbormaster; harbourmaster; harbor master; lighthouse keeper; town manager; city manager; town marshal	5000	20	place
town librarian; town clerk; county clerk; town treasurer; school trustee; town doctor; town pharmacist; town vet; town drunk; town historian	30000	50	place
tribal chairman; tribal chief; tribal elder; chief of the tribe; tribal president	2000	30	place
crossing guard; lollipop lady; lollipop man	90000	57	institution
high school quarterback; quarterback; point guard; shortstop; goalkeeper; goalie; starting pitcher; team captain; head cheerleader; cheer captain; varsity captain; center forward; running back; linebacker; wide receiver; tight end; star pitcher; drum major; drum majorette	30000	20	team
head coach; football coach; basketball coach; varsity coach; wrestling coach; baseball coach; soccer coach; softball coach; volleyball coach; hockey coach; track coach; cheer coach; swim coach; entrenador	80000	30	institution
band director; drama teacher; scoutmaster; choir director; choirmaster; church secretary; sexton; parish secretary; music director; scout leader; brownie leader; school secretary; lunch lady; school janitor; school nurse; shop teacher; gym teacher; pe teacher; art teacher; school bus driver	150000	50	institution
homecoming queen; prom queen; prom king; valedictorian; salutatorian; class president; student body president; student council president; homecoming king; school mascot	80000	55	institution
pageant queen; dairy princess; fair queen; miss universe; rodeo queen; beauty queen; pageant winner; strawberry queen; carnival queen; harvest queen	500	98	place
rodeo announcer; rodeo clown; announcer; ringmaster; county fair announcer; ring announcer; carnival barker; carny	600	10	institution
sword swallower; trapeze artist; lion tamer; fire eater; fire breather; tightrope walker; human cannonball; contortionist; knife thrower; escape artist; snake charmer; wing walker; stilt walker; alligator wrestler; bearded lady; strongman	200	30	public
test pilot; stunt pilot; air show pilot; submarine captain; stunt double; stuntwoman	2000	8	
competitive eater; hand model; voice actor; mall santa; ventriloquist; puppeteer; hypnotist; professional mermaid; exorcist; town crier; mime; body double; foley artist; falconer; bounty hunter; storm chaser; treasure hunter; chess grandmaster; grandmaster; professional wrestler; roller derby captain; ice road trucker; dog musher; musher; iditarod musher; snake milker; sumo wrestler; poker pro; water slide tester; matador; torero	800	20	
talk radio host; radio personality; morning dj; news presenter; sports anchor; play-by-play announcer; radio preacher; televangelist; locutor; locutora; columnist; newspaper editor	4000	35	market
world champion; national champion; olympic hopeful; olympic medalist; olympic champion; gold medalist; silver medalist; bronze medalist; medallist; paralympic medalist; figure skater; grand slam winner; heavyweight champion; iditarod winner; boston marathon winner; title holder; world record holder; record holder; guinness record holder	3000	40	public
concert pianist; concert cellist; concert violinist; prima ballerina; principal dancer; lead singer; lead guitarist; frontman; concertmaster; harpist; opera tenor; countertenor; first violinist	4000	35	
poet laureate; nobel laureate; war correspondent; pulitzer winner; bestselling author; famous author; famous novelist; cookbook author	800	40	public
soap star; soap actress; pop star; rock star; country singer; rapper; sitcom star; stand-up comedian; child actor; film actress; movie star; film star; soap opera actor; boy band member; famous actor; famous actress; famous singer; tv star; tv actress; tv actor; film director; supermodel; telenovela star; telenovela actress; reality star; k-pop singer; hollywood actress	1500	45	public
reality tv contestant; game show contestant; jeopardy champion; bachelor contestant; survivor contestant; game show winner; baking show contestant; talent show finalist; reality show contestant; lottery winner; powerball winner; jackpot winner; reality show winner; spelling bee champion; bake off winner	800	45	public
pro hockey goalie; pro golfer; pro surfer; pro cyclist; pro boxer; pro skater; pro soccer goalkeeper; pro footballer; premier league footballer; premier league player; pro basketball player; pro baseball player; major league pitcher; nba center; luchador; race car driver; nascar driver; formula one driver; ufc champion; test cricketer; rugby international; cricketer	1500	15	public
tiktoker; instagrammer; vlogger; streamer; youtuber; influencer; podcaster	30000	50	
drag queen; burlesque dancer; bagpiper; bell ringer; bellringer; elvis impersonator; clockmaker; thatcher; cheesemaker; glassblower; luthier; chimney sweep; auctioneer; cattle auctioneer; alpaca farmer; ostrich farmer; oysterman; goat farmer; bonsai artist; bush pilot; glider pilot; balloonist; balloon pilot; flight instructor	3000	25	
whistleblower; whistle blower; state witness; star witness; protected witness	500	40	public
crown prince; duchess; first lady of; prime minister; president's wife; cabinet minister; vice president; chief justice; supreme court justice; attorney general; secretary of state; lieutenant governor	200	35	public
police chief's wife; preacher's kid	10000	50	place
teacher; schoolteacher; maestra	4000000	76	
national guardsman; marine; army ranger; paratrooper; drill sergeant	300000	10	
pilot; helicopter pilot	100000	9	
bodybuilder; powerlifter; triathlete; ultramarathoner; gymnast; mountaineer; free diver; kite surfer; base jumper; rock climber; parkour athlete	60000	35	
"""
# How a role names one person where the table does not say so.
ONE_PER = {
    "judge": "county", "state legislator": "district", "city council member": "place", "school superintendent": "district",
    "Catholic priest": "institution", "school board member": "place", "game warden": "county", "member of Congress": "district",
    "church organist": "institution", "funeral home owner": "place", "funeral director": "place", "federal judge": "county",
    "detective": "", "NFL player": "public", "NBA player": "public", "WNBA player": "public", "MLB player": "public",
    "NHL player": "public", "MLS player": "public", "astronaut": "public", "Olympian": "public", "governor": "public",
    "Nobel laureate": "public", "billionaire": "public", "bestselling author": "public", "Hollywood actor": "public",
    "NASCAR driver": "public", "bishop": "diocese", "member of Congress": "public", "beauty queen": "public",
    "high school football coach": "institution", "college football head coach": "institution", "opera singer": "",
    "clergy": "institution", "rabbi": "institution", "imam": "institution", "UFC fighter": "public",
}
# Rows that say nothing about one person, or whose words mean the staff.
DROP_ROWS = {
    "school principal", "fire chief", "stay-at-home parent", "retired person", "college student", "medical student",
    "police sergeant", "sports anchor", "foster parent", "journalist", "model", "high school student", "veteran",
    "homeless person", "prison inmate", "YouTuber", "crossing guard", "funeral director",
}


def rows(name):
    with open(FOLDER / name, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def words(row, name="name", extra=""):
    found = []
    for word in [row[name], *row["synonyms"].split(";"), *extra.split(";")]:
        word = word.split("(")[0].strip() if word.strip().endswith(")") else word.strip()
        if not word or word in NOT_A_WORD or word.lower() in NOT_A_PHRASE or len(re.findall(r"[a-z]+|[0-9]+", word.lower())) > 5:
            continue
        if len(word) == 2 or not word.isascii() or word in found:
            continue
        found.append(word)
    return found


def write(name, head, lines):
    OUT.mkdir(exist_ok=True)
    with open(OUT / name, "w", encoding="utf-8") as file:
        file.write(head.strip() + "\n")
        for line in lines:
            file.write("\t".join(str(cell) for cell in line) + "\n")


class Sources:
    """Numbers the sources, so that each line names its own."""

    def __init__(self):
        self.known = {}

    def number(self, text):
        return self.known.setdefault(text.strip().replace("\t", " "), len(self.known) + 1)

    def lines(self):
        return "\n".join(f"#   {number} {text}" for text, number in self.known.items())


def occupations():
    sources, lines, taken = Sources(), [], set()
    table = list(rows("occupations_us.tsv"))
    # Rows of one office stand before general trades: the first row that has a word keeps it.
    table.sort(key=lambda row: not (row["one_per"] or ONE_PER.get(row["name"])))
    own = {w.strip().lower() for line in OWN.strip("\n").split("\n") for w in line.split("\t")[0].split(";")}
    for row in table:
        if row["name"] in DROP_ROWS or not row["employed_us"]:
            continue
        if "AAMC" in row["name"] or row["soc"].startswith("29-"):
            continue
        found = [w for w in words(row, extra=MORE.get(row["name"], "")) if w.lower() not in taken | own]
        taken.update(w.lower() for w in found)
        if not found:
            continue
        sure = "V" if row["sure_count"] == "V" else "M"
        lines.append([
            "; ".join(found), row["employed_us"], row["women_pct"] or "", ONE_PER.get(row["name"], row["one_per"]),
            row["state_sd_ln"] or "", sure, sources.number(row["source_count"] or "from memory"), row["soc"],
        ])
    for line in OWN.strip("\n").split("\n"):
        names, count, women, scope = line.split("\t")
        found = [w.strip() for w in names.split(";") if w.strip().lower() not in taken]
        taken.update(w.lower() for w in found)
        lines.append(["; ".join(found), count, women, scope, "", "M", sources.number("our own order of magnitude"), ""])
    write("occupations.tsv", f"""
# Occupations and roles: how many people in the US have them. Made by tools/make_statistics.py; edit that.
# words; workers; women in per cent; one per place, county, district, state, institution, team, market, country,
# or public: known to many by face or record;
# spread over the states (standard deviation of the log of the rate); V seen or M from memory; source; SOC code.
# Sources:
{sources.lines()}""", lines)


MEASURES = {"prevalence": "p", "annual_incidence": "i", "birth_prevalence": "b"}


def rate(row):
    """Per 100,000 of the whole population, or per 100,000 births for `b`."""
    if row["measure"] == "birth_prevalence":
        return float(row.get("memory_per_100k") or row["per_100k"])
    if row.get("us_expected_2024"):
        return float(row["us_expected_2024"]) / US * 1e5
    return float(row["per_100k"] or 0)


def conditions():
    sources, lines, taken = Sources(), [], set()
    for row in rows("conditions.tsv"):
        found = [w for w in words(row, "condition") if w.lower() not in taken]
        taken.update(w.lower() for w in found)
        value = rate(row)
        if not found or value <= 0:
            continue
        lines.append(["; ".join(found), MEASURES[row["measure"]], f"{value:.4g}", row["male_pct"], row["sure"],
                      sources.number(row["source"] or "from memory")])
    write("conditions.tsv", f"""
# Conditions, injuries, procedures. Made by tools/make_statistics.py; edit that.
# Orphadata: Free access data from Orphanet, INSERM 1999, CC BY 4.0 (https://www.orphadata.com), rates simplified.
# words; p prevalence, i new cases in a year, both per 100,000 of the population, b per 100,000 births;
# rate; men in per cent; V seen or M from memory; source.
# Sources:
{sources.lines()}""", lines)


def events():
    sources, lines, taken = Sources(), [], set()
    for row in rows("events.tsv"):
        found = [w for w in words(row, "event") if w.lower() not in taken]
        taken.update(w.lower() for w in found)
        if not found or row["measure"] == "unique":
            continue
        measure = {"prevalence": "p"}.get(row["measure"], "i")
        lines.append(["; ".join(found), measure, f"{rate(row):.4g}", row["unique"], row["sure"],
                      sources.number(row["source"] or "from memory")])
    write("events.tsv", f"""
# Newsworthy and exceptional circumstances. Made by tools/make_statistics.py; edit that.
# words; p people living with it, i new ones in a year, per 100,000 of the population; rate;
# yes: it identifies by itself, near: with a place or a date, no: by its rate; V seen or M from memory; source.
# Sources:
{sources.lines()}""", lines)


def ages():
    lines = []
    for row in rows("age_single_us.tsv"):
        values = list(row.values())
        age = row.get("age") or values[0]
        lines.append([age, row["male"], row["female"]])
    write("ages.tsv", """
# Residents of the US by year of age, July 2024: age, men, women. 100 stands for 100 and over.
# Source: Census Bureau, NC-EST2024-AGESEX-RES (public domain). Seen. Made by tools/make_statistics.py.""", lines)


def states():
    write("states.tsv", """
# States: code, name, residents in July 2024.
# Source: Census Bureau, NST-EST2024-ALLDATA (public domain). Seen. Made by tools/make_statistics.py.""",
          [[row["state"], row["name"], row["population_2024"]] for row in rows("states_us.tsv")])


for part in (occupations, conditions, events, ages, states):
    part()
