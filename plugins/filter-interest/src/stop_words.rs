//! Words that do not say what an interest is about: those that hold a sentence together, and those by which a
//! reader asks. In small letters without accents, as they stand in a text.

use std::collections::HashSet;

use crate::words::hash_of;

/// French and English, with what an apostrophe leaves: `l`, `qu`, `don`, `ll`.
const FUNCTION: &str = "
    a about above across after again against ago all almost along already also although always am among an and
    another any anybody anyone anything are aren around as at away back be became because become been before behind
    being below between both but by came can cannot come could couldn did didn do does doesn doing don done down
    during each either else enough even ever every everybody everyone everything few for from further get gets
    getting give gives go goes going gone gonna got had hadn has hasn have haven having he her here hers herself him
    himself his how however i if in instead into is isn it its itself just keep kept least less let lets like ll made
    make makes many may maybe me might mine more most much must my myself near need neither never no nobody none nor
    not nothing now of off often oh ok okay on once one only onto or other others our ours ourselves out over own per
    perhaps please put quite rather re really s said same say says see seem seemed seems shall she should shouldn
    since so some somebody someone something sometimes somewhere soon still such sure t take than that the their
    theirs them themselves then there these they thing things this those though through thus till to together too
    toward towards u under unless until up upon ur us use used uses using ve very via was wasn way we well went were
    weren what whatever when whenever where whether which while who whoever whole whom whose why will with within
    without won would wouldn yes yet you your yours yourself d m im ive dont cant rt amp
    ai aie ainsi alors apres as assez au aucun aucune aujourd aupres auquel aura aurait auront aussi autant autour
    autre autres aux avaient avais avait avant avec avez avoir avons ayant beaucoup bien c ca car ce ceci cela celle
    celles celui cependant certain certaine certaines certains ces cet cette ceux chacun chacune chaque chez ci
    combien comme comment contre dans de deja dehors depuis derriere des desormais dessous dessus devant devoir doit
    doivent donc dont du duquel durant elle elles en encore enfin ensuite entre envers es est et etaient etais etait
    etant ete etes etre eu eux faire fais faisait fait faites faut font fut hors hui ici il ils j jamais je jusqu
    jusque l la laquelle le lequel les lesquels leur leurs loin lors lorsqu lorsque lui ma mais malgre me meme memes
    mes mettre mieux moi moins mon n ne ni non nos notre notres nous on ont ou par parce parfois parmi pas pendant
    peu peut peuvent peux plus plusieurs plutot pour pourquoi pourtant pouvoir pres presque pu puis puisqu puisque
    qu quand quant que quel quelle quelles quelqu quelque quelques quels qui quiconque quoi quoique sa sans sauf se
    selon sera serait seront ses seulement si sinon soi soient sois soit sommes son sont souvent sous suis sur surtout
    ta tandis tant te tel telle telles tellement tels tes toi ton toujours tous tout toute toutes tres trop tu un une
    va vais vas vers voici voila vont vos votre vous vraiment vu y
";

/// How a reader says that something is wanted.
const ASKING: &str = "
    anything article articles care cares concerning curious everything find follow following hear hearing important
    info information interest interested interesting interests know learn learning looking love message messages
    news post posts read reading regarding related search show stories story stuff tell topic topics tweet tweets
    update updates want wanting wish
    actu actualite actualites aime aimerais aimerait aimer article articles chercher cherche concernant concerne
    connaitre infos information informations interesse interessent interesser interessant lire message messages
    nouvelle nouvelles parle parlent parler posts propos savoir suivre sujet sujets touche trouver veut veux voir
    voudrais vouloir
";

/// The words that hold a sentence together.
pub(crate) fn function_words() -> HashSet<&'static str> {
    FUNCTION.split_whitespace().collect()
}

/// The words by which a reader asks.
pub(crate) fn words_of_asking() -> HashSet<&'static str> {
    ASKING.split_whitespace().collect()
}

/// The hashes of the stems of the words that hold a sentence together.
pub(crate) fn function_hashes() -> HashSet<u64> {
    FUNCTION.split_whitespace().map(hash_of).collect()
}
