//! Points that must be reached sometimes: a simulator that never gets there says nothing of them.

use std::collections::BTreeMap;

use strum::VariantNames;

/// Something worth seeing happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "title_case")]
pub(crate) enum Point {
    RaceLost,
    RaceLostTwice,
    RaceLostThatNobodyWon,
    CommitWrittenWithoutAnAnswer,
    CommitWrittenAfterItsTimeout,
    CrashBetweenAppendAndApply,
    CrashWhileSending,
    OpenedFromASnapshot,
    OpenedFromASnapshotWithATail,
    OpenedFromNothing,
    SnapshotOfWhatIsLostPassedOver,
    SnapshotLost,
    RepeatedOnAnotherServer,
    RepeatedAfterACrash,
    TickLostARace,
    TickThatCameLate,
    RecordReplacedUnderAnOpenEngine,
    AcknowledgedAndLostByARestore,
    ReviewVoidedAfterACrash,
    ReviewOfWhatHasChanged,
    ReviewInAnothersPlace,
    StepOpenedAgain,
    EscalatedToOthers,
    Reminded,
    ApprovedAfterTwoSteps,
    GlassBroken,
    GlassBrokenAndAcknowledged,
    GrantRenewed,
    GrantNarrowedByALaterPolicy,
    RevokedAndStillOpenElsewhere,
    IdTakenByANewcomer,
    RequestsRestartedByAPolicy,
    ErasedAndReadAgain,
    Archived,
    MailAcceptedTwice,
    MailDropped,
    MailRefusedAndSentLater,
    MailGivenUp,
    ClockWentBack,
    CommandGivenUp,
    ExpiredInTime,
}

/// How often each was reached.
#[derive(Clone, Debug, Default)]
pub(crate) struct Points(BTreeMap<Point, u64>);

impl Points {
    pub(crate) fn reach(&mut self, point: Point) {
        *self.0.entry(point).or_default() += 1;
    }

    /// Adds what another run reached.
    pub(crate) fn add(&mut self, more: &Self) {
        more.0.iter().for_each(|(point, count)| *self.0.entry(*point).or_default() += count);
    }

    /// Each by name.
    pub(crate) fn counts(&self) -> Vec<(&'static str, u64)> {
        let by_name: BTreeMap<&str, u64> =
            self.0.iter().map(|(point, count)| ((*point).into(), *count)).collect();
        Point::VARIANTS.iter().map(|name| (*name, by_name.get(name).copied().unwrap_or_default())).collect()
    }
}
