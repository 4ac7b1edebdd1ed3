//! The words of the flood that were written by hand.

/// One of the two languages of the flood.
pub(super) struct Language {
    pub(super) code: &'static str,
    /// The most frequent words, most frequent first.
    pub(super) common: &'static str,
    /// Ordinary words, rarer than the common ones.
    pub(super) ordinary: &'static str,
    /// What rarer words are made of: a beginning, a middle (twice at most), an end.
    pub(super) syllables: [&'static str; 3],
    /// One per subject, in the order of [`SUBJECTS`].
    pub(super) subjects: [Subject; 12],
}

/// What people write about one subject.
pub(super) struct Subject {
    pub(super) words: &'static str,
    /// Expressions of several words, separated by commas.
    pub(super) phrases: &'static str,
}

/// The subjects: channels and hashtags bear these names.
pub(super) const SUBJECTS: [&str; 12] = [
    "webassembly",
    "rust",
    "climat",
    "santé",
    "football",
    "cuisine",
    "transports",
    "politique",
    "musique",
    "science",
    "emploi",
    "jardin",
];

const fn about(words: &'static str, phrases: &'static str) -> Subject {
    Subject { words, phrases }
}

pub(super) static FRENCH: Language = Language {
    code: "fr",
    common: "de la le et les à un est que des en je une pas pour on il ça qui dans ce du plus mais avec \
        tu au sur se vous nous me elle c'est tout j'ai si bien fait même comme ou son sa mon ma y ne \
        n'est d'un d'une être avoir faire très trop encore aussi toujours là quand peut rien ils cette \
        leur leurs où dit après avant sans jamais ici deux autre autres ont était sont va alors car chez",
    ordinary: "matin soir journée semaine maison travail bureau rue ville école enfant ami voisine collègue \
        chien chat café pain fromage voiture vélo train retard pluie soleil vent neige lumière porte fenêtre \
        table chaise livre film série photo téléphone écran message réponse question idée problème solution \
        raison façon moment minute heure demain hier aujourd'hui bientôt enfin presque vraiment peut-être \
        grand petit nouveau vieux beau joli rouge bleu vert noir blanc froid chaud lent rapide facile \
        difficile heureux triste fatigué content prêt libre seul ensemble marcher courir manger boire dormir \
        lire écrire parler écouter regarder acheter vendre payer chercher trouver perdre gagner ouvrir fermer \
        monter descendre arriver partir rester attendre penser croire savoir vouloir devoir aimer détester \
        espérer oublier commencer finir essayer réussir rater rire pleurer chanter jouer toilettes sieste \
        réunion courriel clavier souris réseau serveur panne mise-à-jour journal article auteur lecteur",
    syllables: [
        "ba bé bou bra ca cha clé co cra da dé dra é en fa fla fo gra gué ha i ju la lé lu ma mé mo na né o \
         pa pé pla pré qua ra ré ro sa sé sou ta té tra u va vé vi",
        "bi ca cé che da di fi ga gi la li lo ma mi mo na ni no pa pi ra ri ro sa si ta ti to va vi",
        "ble cle ction dage dé eau ée elle ence er esse eur euse if ique isme ité ment nage oire on ter tion \
         té tude ure",
    ],
    subjects: [
        about(
            "composant greffon interface module bac-à-sable wasmtime navigateur compilation octets hôte exécution \
             wit",
            "modèle à composants,hôte de greffons,machine virtuelle",
        ),
        about(
            "rust cargo emprunt compilateur crate propriétaire macro tokio async unsafe débogage clippy",
            "durée de vie,nouvelle version stable,gestion des erreurs",
        ),
        about(
            "climat canicule carbone émissions sécheresse inondation énergie éolienne solaire glacier biodiversité \
             crue",
            "réchauffement climatique,transition énergétique,eau potable",
        ),
        about(
            "hôpital vaccin infirmière urgence médecin épidémie traitement patient pharmacie grippe fièvre soin",
            "santé publique,pénurie de médicaments,désert médical",
        ),
        about(
            "match but arbitre ballon ligue stade penalty entraîneur buteur défenseur tribune mi-temps",
            "coupe de france,hors jeu,carton rouge",
        ),
        about(
            "recette four beurre farine gratin soupe marmite épice poireau tarte levure goûter",
            "pâte feuilletée,crème fraîche,marché du samedi",
        ),
        about(
            "tram bus métro gare quai contrôleur ligne abonnement bouchon travaux piste tgv",
            "grève des transports,piste cyclable,train supprimé",
        ),
        about(
            "conseil vote maire budget député loi amendement séance élection débat mandat réforme",
            "conseil municipal,motion de censure,budget participatif",
        ),
        about(
            "concert guitare album batterie refrain vinyle festival chanteuse basse répétition scène platine",
            "premier album,salle comble,à guichets fermés",
        ),
        about(
            "chercheuse hypothèse mesure protéine télescope dataset génome revue expérience cohorte neurone orbite",
            "jeu de données,relecture par les pairs,accès ouvert",
        ),
        about(
            "poste salaire entretien recrutement télétravail candidature contrat stage alternance diplôme équipe \
             embauche",
            "offre d'emploi,temps partiel,lettre de motivation",
        ),
        about(
            "semis tomate compost bêche rosier potager limace arrosage taille bouture paillage haie",
            "serre froide,engrais vert,arbre fruitier",
        ),
    ],
};

pub(super) static ENGLISH: Language = Language {
    code: "en",
    common: "the to and a of i in is it you that for my on this was so be with have just not at me are but \
        all what like we do can out up one get now they your from about if when no he as there time day \
        will more how good it's or i'm by she know an see go who had has don't new some too been back them \
        then very really people think here after only never still today why over because us where been",
    ordinary: "morning evening week house office street town school child friend neighbour colleague dog cat \
        coffee bread cheese car bicycle train delay rain sunshine wind snow light door window table chair book \
        film series picture phone screen message answer question idea problem solution reason moment minute \
        hour tomorrow yesterday tonight soon finally almost maybe perhaps big small old pretty red blue green \
        black white cold warm slow fast easy hard happy sad tired ready free alone together walk run eat drink \
        sleep read write talk listen watch buy sell pay search find lose win open close climb arrive leave stay \
        wait believe want need love hate hope forget start finish try fail laugh cry sing play bathroom nap \
        meeting email keyboard mouse network server outage update newspaper article author reader breakfast \
        lunch dinner weekend holiday birthday weather traffic kitchen garden shower mirror shoes jacket queue",
    syllables: [
        "ba be bo bra ca cha cla co cra da de dra el en fa fla fo gra gu ha i ju la le lu ma me mo na ne o pa \
         pe pla pre qua ra re ro sa se sho sta ta te tra un va ve wi",
        "bi ca ce da di fi ga gi la li lo ma mi mo na ni no pa pi ra ri ro sa si ta ti to va vi",
        "able age al ance ble cket dle ed er ful ing ish ism ist ity less ling ly ment ness ship sion ster tion \
         ture ward",
    ],
    subjects: [
        about(
            "component plugin interface module sandbox wasmtime browser compiler bytecode host runtime wit",
            "component model,plugin host,virtual machine",
        ),
        about(
            "rust cargo borrow lifetime crate ownership macro tokio async unsafe debugger clippy",
            "borrow checker,new stable release,error handling",
        ),
        about(
            "climate heatwave carbon emissions drought flooding energy turbine solar glacier wildlife river",
            "global warming,energy transition,drinking water",
        ),
        about(
            "hospital vaccine nurse emergency doctor outbreak treatment patient pharmacy flu fever clinic",
            "public health,drug shortage,waiting list",
        ),
        about(
            "match goal referee striker league stadium penalty coach defender kick-off halftime keeper",
            "champions league,red card,extra time",
        ),
        about(
            "recipe oven butter flour casserole soup saucepan spice leek pie yeast pudding",
            "puff pastry,sour cream,farmers market",
        ),
        about(
            "tram bus underground station platform inspector line ticket jam roadworks lane airport",
            "transport strike,bike lane,cancelled train",
        ),
        about(
            "council vote mayor budget senator law amendment session election debate mandate reform",
            "town council,confidence vote,public inquiry",
        ),
        about(
            "concert guitar album drums chorus vinyl festival singer bass rehearsal stage turntable",
            "debut album,sold out,open mic",
        ),
        about(
            "researcher hypothesis measurement protein telescope dataset genome journal experiment cohort neuron \
             orbit",
            "open data,peer review,open access",
        ),
        about(
            "position salary interview hiring remote application contract internship apprentice degree team payroll",
            "job offer,part time,cover letter",
        ),
        about(
            "seedling tomato compost spade rosebush allotment slug watering pruning cutting mulch hedge",
            "cold frame,green manure,fruit tree",
        ),
    ],
};

pub(super) const EMOJI: [&str; 16] =
    ["😀", "😂", "🙏", "🔥", "❤️", "👍", "🎉", "😭", "☕", "🌧️", "⚽", "🚀", "🥖", "🐱", "👩‍💻", "🇫🇷"];
