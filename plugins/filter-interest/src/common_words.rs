//! How common words are before the first message: those that many short messages have in French and English, in
//! three bands. What is in none is taken to be rare.

/// In how many of a thousand messages each word of a band is.
pub(crate) const BANDS: [(u32, &str); 3] = [(200, HELD_TOGETHER), (20, EVERYDAY), (6, COMMON)];

/// Words of which every second sentence has some.
const HELD_TOGETHER: &str = "
    the a to and of in i is it you for on that my me with this at be are was have so just not but we your all what
    if from or an as by they do can will out up about he she his her no one more how when who now get like
    le la les de des du un une et en a au aux que qui dans pour pas sur est je ce il on par plus ne se avec c l d n
    s j son sont mais nous vous tout cette ses fait comme ou y si sa
";

/// Words that everybody writes every day.
const EVERYDAY: &str = "
    time day today people good new year love know want think see really work life here there make need right back
    first still going great got way never best great man never some thing things even too much over last only off
    also most tonight tomorrow week night home watch look help thanks please better let next live world news free
    video photo show 1 2 3 4 5 10 2012 2013 2014 2020 2021 2022 2023 2024 2025 2026
    temps jour aujourd demain soir matin an ans annee monde homme femme gens vie bon bonne bien merci faire dire
    voir aller peut faut va ont ete etre tres trop aussi encore toujours jamais rien apres avant deux premier
    nouveau nouvelle grand petite petit semaine heure heures france paris direct
";

/// Words that are no surprise anywhere.
const COMMON: &str = "
    friend friends family girl boy guy guys kid kids mom dad baby child men women house school class job money game
    games play team win music song movie tv book read story picture pic phone car food eat coffee drink dog cat city
    place town street country state government president police law war power water fire air power number part
    question problem idea fact reason point hand head eye face heart body health party business company market
    report call tell ask start stop try open close run move talk feel hope happy sad bad hard big small little old
    young high long late early real true full whole white black red blue post twitter facebook google internet
    morning weekend month minute minutes hour hours end top list name line link page american usa uk english
    media public national international local official update breaking support change find meet join follow check
    buy sell share watch listen learn write believe remember forget happen happened leave left
    ami amis amie famille fille garcon enfant enfants mere pere bebe maison ecole classe travail boulot argent jeu
    jeux jouer equipe gagner match musique chanson film livre lire histoire image telephone voiture manger cafe
    boire chien chat ville rue pays etat gouvernement president police loi guerre eau feu air chose choses question
    probleme idee fois moment raison point main tete yeux visage coeur corps sante parti entreprise marche rapport
    appel demander commencer arreter essayer ouvrir fermer parler espere content triste mauvais dur gros vieux jeune
    haut long tard tot vrai plein blanc noir rouge bleu mois minute minutes journee nuit lundi mardi mercredi jeudi
    vendredi samedi dimanche fin liste nom ligne lien page francais francaise europe national local officiel soutien
    changer trouver suivre acheter vendre partager regarder ecouter apprendre ecrire croire oublier quitter gauche
    droite monday tuesday wednesday thursday friday saturday sunday
";
