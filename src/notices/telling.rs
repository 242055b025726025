use super::message::DropReason;
use super::scene::Scene;
use super::words::{About, Wording};
use crate::approval::Blockage;
use crate::people::Personal;
use crate::values::{Name, RequestId, SubjectId, Text};

/// What every kind of notice can do.
pub(super) trait Telling {
    /// The request it is about.
    fn request_id(&self) -> Option<&RequestId> {
        None
    }

    /// Whether it still concerns a recipient: he sees what it is about, and what he is asked for is not over. What is
    /// about no request is for administrators.
    fn check(&self, scene: Scene<'_>, to: &SubjectId) -> Result<(), DropReason> {
        match self.request_id() {
            Some(id) => scene.visible(id, to).map(drop),
            None => scene.check_administers(to),
        }
    }

    /// What its message says beside what it knows itself.
    fn find(&self, _: Scene<'_>) -> Found {
        Found::default()
    }

    /// What its message says: subject, lead, and facts beside those of its request.
    fn words(&self, about: &About<'_>) -> Wording;
}

/// What is found for a message when it is delivered.
#[derive(Default)]
pub(super) struct Found {
    /// Who did it.
    pub(super) by: Option<Name>,
    /// What was written about it.
    pub(super) said: Option<Personal<Text>>,
    /// What that is called which it is about.
    pub(super) topics: Vec<Name>,
    /// Whether what it tells of is over.
    pub(super) over: bool,
    /// Why the request it is about cannot be approved.
    pub(super) blockage: Option<Blockage>,
}
