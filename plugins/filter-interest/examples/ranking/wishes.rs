//! What the interests are, written before anything was measured: a channel, and what a reader might write to
//! find what belongs there.

/// Events of `crisislex_t6`: a sentence, and a few words.
pub(crate) const EVENTS: [(&str, &str, &str); 6] = [
    (
        "2012_Sandy_Hurricane",
        "I want news about hurricane Sandy in New York and New Jersey: the storm, flooding, power outages, damage, evacuation and help for the victims.",
        "hurricane sandy",
    ),
    (
        "2013_Boston_Bombings",
        "The bombing at the Boston marathon: explosions, victims, the suspects, the police search and how people can help.",
        "boston marathon bombing",
    ),
    (
        "2013_Queensland_Floods",
        "Floods in Queensland and Brisbane, Australia: rain, rising rivers, evacuation, damage, help for the people.",
        "queensland floods",
    ),
    (
        "2013_West_Texas_Explosion",
        "The explosion of the fertilizer plant in West, Texas: fire, injured and dead, rescue, donations.",
        "west texas explosion",
    ),
    (
        "2013_Alberta_Floods",
        "The flood in Alberta and Calgary: help, damage, evacuation, volunteers, rivers.",
        "alberta floods",
    ),
    (
        "2013_Oklahoma_Tornado",
        "The tornado in Moore, Oklahoma: destroyed houses, victims, rescue, donations, relief.",
        "oklahoma tornado",
    ),
];

/// Channels about French-speaking places, mostly asked for in French.
pub(crate) const FRENCH: [(&str, &str); 10] = [
    (
        "r/Quebec",
        "Tout ce qui concerne le Québec : la politique, le Parti québécois, Pauline Marois, Jean Charest, la grève étudiante et les manifestations, la loi 78, la langue française au Québec.",
    ),
    (
        "r/france",
        "La vie politique en France : Hollande, Sarkozy, le gouvernement français, l'Assemblée nationale, les élections, Hadopi, la gauche et la droite, les impôts.",
    ),
    (
        "r/montreal",
        "Ce qui se passe à Montréal : le métro, la STM, les quartiers, les rues, les restaurants, le festival, la construction et la police du SPVM.",
    ),
    (
        "r/belgium",
        "La Belgique : Bruxelles, les Flamands et les Wallons, la crise politique belge, la bière et les frites.",
    ),
    (
        "r/paris",
        "Je cherche des informations sur Paris : restaurants, cafés, hôtels, musées, métro, tour Eiffel, que voir et que faire.",
    ),
    (
        "r/French",
        "Learning the French language: grammar, pronunciation, verbs, vocabulary, translation, books and lessons for learners.",
    ),
    ("r/Quebec", "grève étudiante Québec"),
    ("r/france", "politique France Hollande Sarkozy"),
    ("r/montreal", "métro Montréal"),
    ("r/belgium", "Belgique Bruxelles gouvernement"),
];

/// Channels in English.
pub(crate) const SENTENCES: [(&str, &str); 26] = [
    (
        "r/cannabis",
        "The legalization of marijuana: medical cannabis, laws, votes, police raids and dispensaries.",
    ),
    ("r/TaylorSwift", "I like Taylor Swift: her songs, concerts, albums, photos and videos."),
    (
        "r/911truth",
        "The truth about 9/11: the collapse of building 7, the World Trade Center towers, evidence of explosives, the official story.",
    ),
    ("r/lego", "Lego builds: sets, bricks, minifigures, models that people made."),
    (
        "r/doctorwho",
        "Doctor Who: the Doctor, the TARDIS, Daleks, companions, Matt Smith and David Tennant, episodes.",
    ),
    (
        "r/thewalkingdead",
        "The Walking Dead: zombies, Rick, Daryl, the governor, walkers, season and episodes.",
    ),
    ("r/Gunners", "Arsenal football club: Wenger, transfers, matches, goals, the Emirates."),
    ("r/Pizza", "Homemade pizza: dough, cheese, sauce, oven, crust, pepperoni."),
    ("r/MLS", "Major League Soccer: teams, stadiums, players, the Sounders, the Timbers, the Galaxy."),
    ("r/weather", "Weather: storms, tornadoes, hurricanes, radar pictures, snow, lightning and forecasts."),
    ("r/snowboarding", "Snowboarding: boards, tricks, powder, mountains, resorts."),
    ("r/django", "Django, the Python web framework: releases, tutorials, packages, deployment."),
    ("r/scala", "The Scala programming language: libraries, compiler, type system, functional programming."),
    ("r/motorcycles", "Motorcycles: riding, bikes, helmets, crashes, Honda and Ducati."),
    ("r/beards", "Beards: growing one, shaving, months of growth, moustaches."),
    ("r/tattoo", "Tattoos: new ink, sleeves, artists."),
    ("r/Horses", "Horses: riding, foals, mares, stables, jumping."),
    ("r/Nirvana", "Nirvana the band: Kurt Cobain, Dave Grohl, Nevermind, In Utero, concerts."),
    ("r/vexillology", "Flags: designs of new flags, flags of states, cities and countries."),
    (
        "r/ukpolitics",
        "Politics in the United Kingdom: Cameron, Labour, the Tories, the Lib Dems, the NHS, Parliament.",
    ),
    ("r/highereducation", "Universities and colleges: tuition, student debt, professors, online courses."),
    (
        "r/Piracy",
        "Piracy on the internet: torrents, the Pirate Bay, copyright, MPAA and RIAA, lawsuits, file sharing.",
    ),
    ("r/florida", "News from Florida: Miami, Tampa, Orlando, the governor Rick Scott, alligators, beaches."),
    ("r/sweden", "Sweden: Stockholm, Swedish people, the Swedish language, Ikea."),
    (
        "r/DCcomics",
        "DC Comics: Batman, Superman, Green Lantern, Wonder Woman, the Justice League, the new 52.",
    ),
    (
        "r/Conservative",
        "American conservatives: Obama, Republicans, Romney, taxes, liberals, Obamacare, the Tea Party.",
    ),
];
