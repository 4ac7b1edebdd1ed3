//! Names of people, French first.

pub(crate) const FIRST_NAMES: &str = "Amina Anouk Aurélien Bastien Camille Chloé Damien Élise Fatou Gaël Hélène \
    Inès Jules Karim Léa Loïc Maëlle Nadia Noé Oscar Pauline Quentin Romane Sacha Théo Yasmine Alice Ben Carla \
    Dylan Emma Frank Grace Harry Iris Jack Kate Liam Megan Nora Owen Priya Rosa Sam Tara Victor Wendy Zoë";

pub(crate) const LAST_NAMES: &str = "Ardent Bellac Bonnefoy Carlier Castan Delmas Esnault Fabre Gauthron Hervieu \
    Jacquin Kerven Lagarde Marchal Nicolle Oberlé Perrault Quéré Roussel Sabatier Tardieu Vasseur Wagner Abbott \
    Barlow Cooper Dawson Ellery Fletcher Granger Hobbs Ingram Jarvis Kendrick Lowell Mercer Norwood Osborn Palmer \
    Quigley Radley Sefton Thorne Upton Vickers Whitby Yardley";
