use crate::names::Name;
use crate::paths::{Paths, Pattern, Wild};

/// Names that a sheet tells apart, a bit each; of all others one together.
pub type Bits = u64;

/// What one subject may do: rights, in the order in which an answer names them.
///
/// A right is one or more rows, and a row is a place for a time. A row may have rulings, which close parts of it: in each,
/// the first part that a question is in decides, and where there is none the row is open.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    rows: Vec<Row>,
    parts: Vec<Part>,
    actions: Distinct,
    environments: Distinct,
    paths: Paths,
}

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// By which the engine knows it.
    pub number: u32,
    /// Whether the engine must be asked what it opens.
    pub is_judged: bool,
    /// Whether it says no to what it does not open: else the question goes on as if it were not there.
    pub closes: bool,
}

/// A set of resources with what may be done to them.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// To do what.
    pub actions: Bits,
    /// Where.
    pub environments: Bits,
    /// To what kind of thing.
    pub kind: Name,
    /// To which ones.
    pub path: &'a str,
}

/// A question.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// To do what.
    pub action: Name,
    /// Where.
    pub environment: Name,
    /// To what kind of thing.
    pub kind: Name,
    /// To which one; canonical.
    pub path: &'a str,
    /// When.
    pub at: i64,
}

/// What a sheet answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes, by the right of that number.
    Open(u32),
    /// No: a right is for it, and does not open it.
    Closed,
    /// No: no right is for it.
    Nothing,
    /// Somebody who was asked could not tell.
    Unsure,
}

#[derive(Clone, Debug)]
struct Row {
    area: Area,
    starts_at: i64,
    ends_at: i64,
    /// Its parts: the first, and the one behind the last.
    parts: (u32, u32),
    right: Right,
}

#[derive(Clone, Debug)]
struct Part {
    area: Area,
    is_open: bool,
    /// Of its ruling.
    is_last: bool,
}

#[derive(Clone, Debug)]
struct Area {
    actions: Bits,
    environments: Bits,
    kind: Name,
    path: Pattern,
}

/// A question in the words of a sheet.
struct Point<'a> {
    action: Bits,
    environment: Bits,
    kind: Name,
    path: &'a str,
    wild: Wild,
}

impl Sheet {
    /// The bits of all names, also of those that are unknown.
    pub const ALL: Bits = Bits::MAX;

    /// The bit of an action; nothing once there are no more.
    pub fn action(&mut self, name: Name) -> Option<Bits> {
        self.actions.learn(name)
    }

    /// The bit of an environment; nothing once there are no more.
    pub fn environment(&mut self, name: Name) -> Option<Bits> {
        self.environments.learn(name)
    }

    /// Adds a row of a right, open from the first instant to the second, which is excluded; nothing once there is no more
    /// room.
    pub fn add(&mut self, right: Right, place: Place<'_>, from: i64, to: i64) -> Option<()> {
        let area = self.area(place)?;
        let first = u32::try_from(self.parts.len()).ok()?;
        self.rows.push(Row { area, starts_at: from, ends_at: to, parts: (first, first), right });
        Some(())
    }

    /// Adds a ruling to the last row; nothing once there is no more room.
    pub fn rule<'a>(&mut self, parts: impl IntoIterator<Item = (Place<'a>, bool)>) -> Option<()> {
        for (place, is_open) in parts {
            let area = self.area(place)?;
            self.parts.push(Part { area, is_open, is_last: false });
        }
        let (row, end) = (self.rows.last_mut()?, u32::try_from(self.parts.len()).ok()?);
        if row.parts.1 < end {
            row.parts.1 = end;
            self.parts.last_mut()?.is_last = true;
        }
        Some(())
    }

    /// What the sheet says. `judge` is asked of rights, `wild` whether a pattern without its first segments matches a path
    /// without as many.
    pub fn answer(
        &self,
        asked: &Asked<'_>,
        wild: fn(&str, &str) -> bool,
        judge: &mut dyn FnMut(u32) -> Option<bool>,
    ) -> Answer {
        let point = Point {
            action: self.actions.get(asked.action),
            environment: self.environments.get(asked.environment),
            kind: asked.kind,
            path: asked.path,
            wild,
        };
        let mut answer = Answer::Nothing;
        for row in &self.rows {
            if !self.is_in(&row.area, &point) || asked.at < row.starts_at || row.ends_at <= asked.at {
                continue;
            }
            let Right { number, is_judged, closes } = row.right;
            let opens = if is_judged { judge(number) } else { Some(self.is_open(row, &point)) };
            match opens {
                None => return Answer::Unsure,
                Some(true) => return Answer::Open(number),
                Some(false) if closes => answer = Answer::Closed,
                Some(false) => {}
            }
        }
        answer
    }

    #[inline]
    fn is_in(&self, area: &Area, point: &Point<'_>) -> bool {
        area.actions & point.action != 0
            && area.environments & point.environment != 0
            && area.kind == point.kind
            && self.paths.matches(&area.path, point.path, point.wild)
    }

    fn is_open(&self, row: &Row, point: &Point<'_>) -> bool {
        let parts = self.parts.get(row.parts.0 as usize..row.parts.1 as usize).unwrap_or_default();
        let mut is_decided = false;
        for part in parts {
            if !is_decided && self.is_in(&part.area, point) {
                if !part.is_open {
                    return false;
                }
                is_decided = true;
            }
            is_decided &= !part.is_last;
        }
        true
    }

    fn area(&mut self, Place { actions, environments, kind, path }: Place<'_>) -> Option<Area> {
        Some(Area { actions, environments, kind, path: self.paths.add(path)? })
    }
}

#[derive(Clone, Debug, Default)]
struct Distinct(Vec<Name>);

impl Distinct {
    const OTHERS: Bits = 1 << 63;

    /// The bit of a name, the next one where it has none; nothing once there are no more, or where it is unknown.
    fn learn(&mut self, name: Name) -> Option<Bits> {
        let known = self.get(name);
        if known != Self::OTHERS || name == Name::UNKNOWN {
            return Some(known).filter(|_| name != Name::UNKNOWN);
        }
        let bit = Self::bit(self.0.len());
        self.0.push(name);
        Some(bit).filter(|bit| *bit != Self::OTHERS)
    }

    #[inline]
    fn get(&self, name: Name) -> Bits {
        self.0.iter().position(|known| *known == name).map_or(Self::OTHERS, Self::bit)
    }

    fn bit(place: usize) -> Bits {
        u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or(Self::OTHERS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Names;

    const ALWAYS: (i64, i64) = (i64::MIN, i64::MAX);

    fn right(number: u32) -> Right {
        Right { number, is_judged: false, closes: true }
    }

    fn nobody(_: &str, _: &str) -> bool {
        panic!("it is plain")
    }

    #[test]
    fn a_row_opens_its_place_for_its_time() {
        let mut names = Names::default();
        let [kind, read, write, dev, live] =
            ["secret", "read", "write", "dev", "live"].map(|it| names.learn(it));
        let mut sheet = Sheet::default();
        let actions = sheet.action(read).unwrap();
        let environments = sheet.environment(dev).unwrap();
        sheet.add(right(7), Place { actions, environments, kind, path: "/app/*" }, 10, 20).unwrap();
        let asked = Asked { action: read, environment: dev, kind, path: "/app/x", at: 10 };
        let answer = |asked: Asked<'_>| sheet.answer(&asked, nobody, &mut |_| None);
        assert_eq!(answer(asked), Answer::Open(7));
        assert_eq!(answer(Asked { at: 19, ..asked }), Answer::Open(7));
        for other in [
            Asked { at: 9, ..asked },
            Asked { at: 20, ..asked },
            Asked { action: write, ..asked },
            Asked { action: Name::UNKNOWN, ..asked },
            Asked { environment: live, ..asked },
            Asked { kind: dev, ..asked },
            Asked { path: "/app", ..asked },
        ] {
            assert_eq!(answer(other), Answer::Nothing, "{other:?}");
        }
    }

    #[test]
    fn in_each_ruling_the_first_part_decides() {
        let kind = Name::numbered(0);
        let place = |path| Place { actions: Sheet::ALL, environments: Sheet::ALL, kind, path };
        let mut sheet = Sheet::default();
        sheet.add(right(1), place("/**"), ALWAYS.0, ALWAYS.1).unwrap();
        sheet.rule([(place("/a/b/c"), false), (place("/a/b/**"), true), (place("/a/**"), false)]).unwrap();
        sheet.rule([]).unwrap();
        sheet.rule([(place("/a/b/d"), false)]).unwrap();
        sheet.add(right(2), place("/a/b/d"), ALWAYS.0, ALWAYS.1).unwrap();
        for (path, expected) in [
            ("/", Answer::Open(1)),
            ("/a", Answer::Closed),
            ("/a/b", Answer::Open(1)),
            ("/a/b/c", Answer::Closed),
            ("/a/b/d", Answer::Open(2)),
            ("/a/b/e", Answer::Open(1)),
        ] {
            let asked = Asked { action: kind, environment: kind, kind, path, at: 0 };
            assert_eq!(sheet.answer(&asked, nobody, &mut |_| None), expected, "{path}");
        }
    }

    #[test]
    fn the_engine_is_asked_of_rights_that_it_judges() {
        let kind = Name::numbered(0);
        let place = Place { actions: Sheet::ALL, environments: Sheet::ALL, kind, path: "/a" };
        let mut sheet = Sheet::default();
        for (number, closes) in [(1, false), (2, true)] {
            let right = Right { number, is_judged: true, closes };
            sheet.add(right, place, ALWAYS.0, ALWAYS.1).unwrap();
        }
        let asked = Asked { action: kind, environment: kind, kind, path: "/a", at: 0 };
        let answer = |opened: u32| sheet.answer(&asked, nobody, &mut |number| Some(number == opened));
        assert_eq!([answer(1), answer(2), answer(3)], [Answer::Open(1), Answer::Open(2), Answer::Closed]);
        assert_eq!(
            sheet.answer(&asked, nobody, &mut |number| (number == 1).then_some(false)),
            Answer::Unsure
        );
    }

    #[test]
    fn a_sheet_tells_63_names_apart() {
        let mut sheet = Sheet::default();
        let bits: Vec<_> = (0..64).map(|number| sheet.action(Name::numbered(number))).collect();
        assert!(bits.iter().take(63).all(Option::is_some) && bits[63].is_none());
        assert_eq!(bits.iter().flatten().fold(0, |all, bit| all | bit), Sheet::ALL >> 1);
        assert_eq!(sheet.action(Name::numbered(5)), Some(1 << 5));
        assert_eq!(sheet.environment(Name::UNKNOWN), None);
    }
}
