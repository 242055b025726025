use std::collections::BTreeMap;
use std::ops::Deref;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::moment::Chance;
use super::written::Written;
use crate::json::{digest, hex, unhex};
use crate::values::SubjectId;

/// What people are called or wrote: it can be erased, and the record still be verified.
///
/// In what is hashed a [`Commitment`] stands in its place, which says nothing of the text once the salt is gone. To
/// people the text is shown, or that it was erased. Two are equal if they say the same, whatever their salts.
#[derive(Clone, Debug)]
pub struct Personal<T>(Box<Sealed<T>>);

/// Apart from its owner: most of what may be said is not, and then takes no place.
#[derive(Clone, Debug)]
struct Sealed<T> {
    text: T,
    seal: Seal,
}

/// SHA-256 over a salt and a text: it binds to the text without saying it.
pub type Commitment = [u8; 32];

/// What keeps a short text from being guessed from its commitment.
pub type Salt = [u8; 16];

#[derive(Clone, Copy, Debug)]
enum Seal {
    /// Written by no commit yet.
    Unsalted,
    /// Written by the commit of that version.
    Salted { salt: Salt, version: u64 },
    /// The text is gone, or has not been read yet.
    Closed(Commitment),
}

/// A text, with the salt that goes with its commitment. An idempotency key's command has a salt only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// The salt.
    pub salt: Salt,
    /// The text.
    pub text: Option<String>,
}

/// What can be erased of a record.
pub trait Erasable {
    /// What stands in its place in what is hashed.
    fn commitment(&self) -> Commitment;

    /// What stands beside it, outside the hash; nothing once it is erased.
    fn disclosure(&self) -> Option<Disclosure>;

    /// Gives it a salt, in the commit of that version.
    fn seal(&mut self, salt: Salt, version: u64);

    /// Takes up what stood beside it in the commit of that version; whether that is what the commitment was made of.
    fn disclose(&mut self, disclosure: &Disclosure, version: u64) -> bool;

    /// Forgets the text and its salt.
    fn erase(&mut self);

    /// The commit that wrote it, while it is not erased.
    fn written_in(&self) -> Option<u64>;
}

/// Whose a text is, each with the commit up to which an erasure of theirs must reach to take it along: the one that wrote
/// it, or where it is about somebody whose id was taken over before, the last that they had it in.
pub type Owners = BTreeMap<SubjectId, u64>;

/// Is shown what can be erased, with the subject who wrote it or is called so.
pub type Visit<'v> = dyn FnMut(&mut dyn Erasable, Option<&SubjectId>) + 'v;

impl<T> Personal<T> {
    fn sealed(text: T, seal: Seal) -> Self {
        Self(Box::new(Sealed { text, seal }))
    }

    /// Whether it was erased.
    pub fn is_erased(&self) -> bool {
        matches!(self.0.seal, Seal::Closed(_))
    }
}

impl<T> From<T> for Personal<T> {
    fn from(text: T) -> Self {
        Self::sealed(text, Seal::Unsalted)
    }
}

impl<T> Deref for Personal<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.text
    }
}

impl<T: PartialEq> PartialEq for Personal<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl<T: Eq> Eq for Personal<T> {}

impl<T: Written> Erasable for Personal<T> {
    fn commitment(&self) -> Commitment {
        match self.0.seal {
            Seal::Unsalted => commitment(&Salt::default(), &self.0.text.written()),
            Seal::Salted { salt, .. } => commitment(&salt, &self.0.text.written()),
            Seal::Closed(commitment) => commitment,
        }
    }

    fn disclosure(&self) -> Option<Disclosure> {
        let Seal::Salted { salt, .. } = self.0.seal else { return None };
        Some(Disclosure { salt, text: Some(self.0.text.written()) })
    }

    fn seal(&mut self, salt: Salt, version: u64) {
        if !self.is_erased() {
            self.0.seal = Seal::Salted { salt, version };
        }
    }

    fn disclose(&mut self, disclosure: &Disclosure, version: u64) -> bool {
        let Disclosure { salt, text: Some(text) } = disclosure else { return false };
        let read = T::read(text).filter(|_| commitment(salt, text) == self.commitment());
        let Some(text) = read else { return false };
        *self = Self::sealed(text, Seal::Salted { salt: *salt, version });
        true
    }

    fn erase(&mut self) {
        *self = Self::sealed(T::erased(), Seal::Closed(self.commitment()));
    }

    fn written_in(&self) -> Option<u64> {
        match self.0.seal {
            Seal::Unsalted | Seal::Closed(_) => None,
            Seal::Salted { version, .. } => Some(version),
        }
    }
}

/// The canonical writer, for which this is the only form, is not for people.
impl<T: Written + Serialize> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            self.0.text.serialize(serializer)
        } else {
            serializer.serialize_str(&hex(&self.commitment()))
        }
    }
}

/// From what is hashed: the text is taken up afterwards.
impl<'de, T: Written> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let commitment = unhex(&text).ok_or_else(|| D::Error::custom("not a commitment"))?;
        Ok(Self::sealed(T::erased(), Seal::Closed(commitment)))
    }
}

fn commitment(salt: &Salt, text: &str) -> Commitment {
    digest([salt, text.as_bytes()])
}

/// Gives one salt after the other, all from one draw of chance.
#[derive(Debug)]
pub struct Salts<'c> {
    chance: &'c Chance,
    given: u32,
}

impl<'c> Salts<'c> {
    /// The salts of one commit.
    pub fn new(chance: &'c Chance) -> Self {
        Self { chance, given: 0 }
    }

    /// The next one.
    pub fn next_salt(&mut self) -> Salt {
        let drawn = digest([self.chance.as_bytes(), &self.given.to_be_bytes()]);
        self.given = self.given.saturating_add(1);
        let [first, ..] = drawn.as_chunks().0 else { return Salt::default() };
        *first
    }
}
