//! The same person on several channels.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::report::authors::account::{Account, Tally};
use crate::report::authors::homes::{Sure, bears_name, is_home};
use crate::report::authors::names::{Folded, Folder};

/// People with the same home page who are compared with each other.
const COMPARED: usize = 16;

/// Why two accounts are taken for one person's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Because {
    /// Handle and name are the same.
    HandleAndName,
    /// Both have this home page.
    Home(String),
}

/// One who writes, on one channel or on several.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Where they write most comes first.
    pub(crate) accounts: Vec<Account>,
    /// Why the accounts are taken for one person's. Where that is empty and there are several, they have the same
    /// handle and no names, as filters too take a handle for an author.
    pub(crate) because: BTreeSet<Because>,
}

impl Person {
    /// The account by which the person is called.
    pub(crate) fn main(&self) -> &Account {
        &self.accounts[0]
    }

    pub(crate) fn written(&self) -> u64 {
        self.accounts.iter().map(|account| account.written).sum()
    }

    pub(crate) fn retold(&self) -> u64 {
        self.accounts.iter().map(|account| account.retold).sum()
    }

    /// What the person wrote, by theme.
    pub(crate) fn tallies(&self) -> BTreeMap<usize, Tally> {
        let mut all: BTreeMap<usize, Tally> = BTreeMap::new();
        for tally in self.accounts.iter().flat_map(|account| &account.tallies) {
            let of = all.entry(tally.theme).or_insert(Tally { theme: tally.theme, ..Tally::default() });
            of.add(tally);
        }
        all
    }

    /// Whether there is evidence that one person writes on several channels.
    pub(crate) fn is_on_several(&self) -> bool {
        !self.because.is_empty() && self.accounts.iter().any(|of| of.channel != self.main().channel)
    }
}

/// Who the accounts belong to; those who write most come first.
pub(crate) fn persons(accounts: Vec<Account>) -> Vec<Person> {
    let mut joins = Joins::new(&accounts);
    joins.by_handle();
    joins.by_home();
    let (roots, mut because) = joins.end();
    let mut grouped: BTreeMap<usize, Vec<Account>> = BTreeMap::new();
    for (account, root) in accounts.into_iter().zip(roots) {
        grouped.entry(root).or_default().push(account);
    }
    let person = |(root, mut accounts): (usize, Vec<Account>)| {
        let rank = |of: &Account| std::cmp::Reverse((of.written, of.retold));
        accounts.sort_by(|a, b| {
            let by_name = || (&a.channel, &a.handle).cmp(&(&b.channel, &b.handle));
            rank(a).cmp(&rank(b)).then_with(by_name)
        });
        Person { accounts, because: because.remove(&root).unwrap_or_default() }
    };
    let mut persons: Vec<Person> = grouped.into_iter().map(person).collect();
    persons.sort_by(|a, b| {
        let by_name = || (&a.main().handle, &a.main().channel).cmp(&(&b.main().handle, &b.main().channel));
        b.written().cmp(&a.written()).then_with(by_name)
    });
    persons
}

/// Accounts, and which of them were joined (union-find).
struct Joins<'a> {
    accounts: &'a [Account],
    folded: Vec<Folded>,
    folder: Folder,
    /// For each account another one of the same person, or itself.
    parents: Vec<usize>,
    joined: Vec<(usize, Because)>,
}

impl<'a> Joins<'a> {
    fn new(accounts: &'a [Account]) -> Self {
        let mut folder = Folder::default();
        let folded = accounts.iter().map(|of| folder.fold(&of.handle, &of.name)).collect();
        let parents = (0..accounts.len()).collect();
        Self { accounts, folded, folder, parents, joined: Vec::new() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize, because: Option<Because>) {
        let (one, other) = (self.root(one), self.root(other));
        self.parents[one.max(other)] = one.min(other);
        self.joined.extend(because.map(|because| (one, because)));
    }

    /// Join those of the same handle and name, and those of the same handle where neither has a name.
    fn by_handle(&mut self) {
        let mut known: HashMap<(String, String), usize> = HashMap::new();
        for at in 0..self.accounts.len() {
            let of = &self.folded[at];
            if of.is_nobody() {
                continue;
            }
            let (key, because) = match of.name.is_empty() {
                true => ((of.handle.clone(), String::new()), None),
                false => ((of.local.clone(), of.name.join(" ")), Some(Because::HandleAndName)),
            };
            match known.get(&key) {
                Some(&first) => self.join(first, at, because),
                None => drop(known.insert(key, at)),
            }
        }
    }

    /// Join those with the same home page. A page of two who write on one channel is nobody's alone.
    fn by_home(&mut self) {
        let mut homes: BTreeMap<&str, Vec<(usize, Sure)>> = BTreeMap::new();
        for (at, account) in self.accounts.iter().enumerate() {
            for home in &account.homes {
                let named = bears_name(&home.address, &self.folded[at], &mut self.folder);
                let sure = is_home(home, account, named);
                homes.entry(&home.address).or_default().extend(sure.map(|sure| (at, sure)));
            }
        }
        for (address, of) in homes {
            let because = || Some(Because::Home(address.to_owned()));
            let mut on_channels: HashMap<&str, usize> = HashMap::new();
            // Of each who is known to be one person, one account.
            let mut persons: BTreeMap<usize, (usize, Sure)> = BTreeMap::new();
            let mut same = Vec::new();
            let mut shared = false;
            for (at, sure) in of {
                let root = self.root(at);
                shared |= *on_channels.entry(&self.accounts[at].channel).or_insert(root) != root;
                let (first, surest) = persons.entry(root).or_insert((at, sure));
                *surest = sure.max(*surest);
                if *first != at {
                    same.push((*first, at));
                }
            }
            if shared {
                continue;
            }
            same.into_iter().for_each(|(one, other)| self.join(one, other, because()));
            let persons: Vec<(usize, Sure)> = persons.into_values().take(COMPARED).collect();
            for (place, &other) in persons.iter().enumerate() {
                for &one in &persons[..place] {
                    if self.may_share(address, one, other) {
                        self.join(one.0, other.0, because());
                    }
                }
            }
        }
    }

    /// Whether a home page that both have is one person's: a site may be that of a whole office, and another's
    /// page may be linked to day after day.
    fn may_share(&mut self, address: &str, one: (usize, Sure), other: (usize, Sure)) -> bool {
        let (a, b) = (&self.folded[one.0], &self.folded[other.0]);
        match one.1.min(other.1) {
            Sure::Perhaps => a.shares_a_word(b),
            Sure::Surely => {
                a.may_be(b)
                    || bears_name(address, a, &mut self.folder)
                    || bears_name(address, b, &mut self.folder)
            }
        }
    }

    /// For each account the person's first, and for those why they were joined.
    fn end(mut self) -> (Vec<usize>, HashMap<usize, BTreeSet<Because>>) {
        let mut because: HashMap<usize, BTreeSet<Because>> = HashMap::new();
        for (at, why) in std::mem::take(&mut self.joined) {
            because.entry(self.root(at)).or_default().insert(why);
        }
        let roots = (0..self.parents.len()).map(|at| self.root(at)).collect();
        (roots, because)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::report::authors::account::Home;

    fn account(channel: &str, handle: &str, name: &str, home: Option<&str>) -> Account {
        let home = home.map(|address| Home { address: address.into(), declared: true, messages: 1 });
        let [channel, handle, name] = [channel, handle, name].map(str::to_owned);
        Account { channel, handle, name, written: 1, homes: home.into_iter().collect(), ..Account::default() }
    }

    /// Whether the accounts are one person's, and why.
    fn joined(accounts: &[Account]) -> Option<Vec<Because>> {
        let persons = persons(accounts.to_vec());
        (persons.len() == 1).then(|| persons[0].because.iter().cloned().collect())
    }

    #[test]
    fn handle_and_name_together_are_enough() {
        let forum = account("forum", "Zoe", "Zoé Martin", None);
        let blog = account("blog", "zoé@exemple.fr", "ZOÉ MARTIN 🎄", None);
        assert_eq!(joined(&[forum.clone(), blog]), Some(vec![Because::HandleAndName]));
        assert_eq!(joined(&[forum.clone(), account("blog", "zoe", "Zoé Dupont", None)]), None);
        assert_eq!(joined(&[forum.clone(), account("blog", "zm", "Zoé Martin", None)]), None);
        assert_eq!(joined(&[forum, account("blog", "zoe", "", None)]), None);
        let admin = |channel| account(channel, "admin", "Admin", None);
        assert_eq!(joined(&[admin("forum"), admin("blog")]), None);
    }

    #[test]
    fn a_handle_alone_is_one_author_and_no_evidence() {
        let accounts = [account("r/ville", "zoe", "", None), account("r/eau", "zoe", "", None)];
        let persons = persons(accounts.to_vec());
        assert_eq!(persons.len(), 1);
        assert!(!persons[0].is_on_several());
    }

    #[test]
    fn a_home_page_joins_other_handles() {
        let home = Some("zoe-martin.fr");
        let forum = account("forum", "zoe", "Zoé Martin", home);
        let because = Some(vec![Because::Home("zoe-martin.fr".into())]);
        assert_eq!(joined(&[forum.clone(), account("blog", "zm75", "", home)]), because);
        assert_eq!(joined(&[forum.clone(), account("blog", "zm75", "La Plume", home)]), because);
        // Two journalists of one newspaper.
        let paper = Some("journal.fr");
        let zoe = account("forum", "zoe", "Zoé Martin", paper);
        let paul = account("blog", "paul", "Paul Durand", paper);
        assert_eq!(joined(&[zoe.clone(), paul.clone()]), None);
        // On one channel they are two, so that the page says nothing.
        let other = account("forum", "max", "", paper);
        assert_eq!(persons(vec![zoe, paul, other]).len(), 3);
    }

    #[test]
    fn who_links_to_a_page_day_after_day_need_not_be_its_owner() {
        let home = |messages| Home { address: "zoe-martin.fr".into(), declared: false, messages };
        let zoe =
            Account { written: 9, homes: vec![home(2)], ..account("forum", "zoe", "Zoé Martin", None) };
        let fan = |name| Account { written: 4, homes: vec![home(4)], ..account("blog", "fan75", name, None) };
        assert_eq!(joined(&[zoe.clone(), fan("Paul Durand")]), None);
        assert_eq!(joined(&[zoe.clone(), fan("")]), None);
        assert!(joined(&[zoe, fan("Z. Martin")]).is_some());
    }

    #[test]
    fn reasons_add_up_whatever_the_order() {
        let mut accounts = vec![
            account("a", "zoe", "Zoé Martin", None),
            account("b", "zoe", "Zoé Martin", Some("zoe-martin.fr")),
            account("c", "zm", "Zoé Martin", Some("zoe-martin.fr")),
        ];
        let expected = vec![Because::HandleAndName, Because::Home("zoe-martin.fr".into())];
        assert_eq!(joined(&accounts), Some(expected.clone()));
        accounts.reverse();
        assert_eq!(joined(&accounts), Some(expected));
    }
}
