//! Every limit of the engine, in one table. Going over one is refused with `limit_exceeded`, unless said otherwise.

/// Live policies in a project.
pub const LIVE_POLICIES: usize = 10_000;

/// Policies made by one command.
pub const POLICIES_AT_ONCE: usize = 100;

/// Policies imported at once.
pub const IMPORTED_POLICIES: usize = 1_000;

/// Steps in a policy.
pub const STEPS: usize = 20;

/// Quorums in a step.
pub const QUORUMS: usize = 10;

/// Lists of quorums in a step.
pub const LISTS: usize = 10;

/// Ways through the steps of a policy: the numbers of their lists, multiplied.
pub const WAYS: usize = 100;

/// Approvers named by a quorum.
pub const APPROVERS: usize = 100;

/// Bypassers named by a policy.
pub const BYPASSERS: usize = 100;

/// Environments, and likewise paths, that a policy targets.
pub const TARGETS: usize = 32;

/// Actions in a list.
pub const ACTIONS: usize = 64;

/// Live standing permissions in a project.
pub const LIVE_PERMISSIONS: usize = 10_000;

/// Holders named by a standing permission.
pub const HOLDERS: usize = 100;

/// Levels of conditions within conditions.
pub const CONDITION_LEVELS: usize = 8;

/// Comparisons in a condition.
pub const COMPARISONS: usize = 64;

/// Values in a list that a condition compares with.
pub const OPERANDS: usize = 64;

/// Subjects known to a project, disabled ones included.
pub const SUBJECTS: usize = 1_000_000;

/// Groups in a project.
pub const GROUPS: usize = 100_000;

/// Times that somebody breaks the glass in the window in which requests are counted.
pub const BREAK_GLASS_IN_WINDOW: usize = 20;

/// Bytes of an id.
pub const ID_BYTES: usize = 255;

/// Bytes of an action, an environment or a type.
pub const SLUG_BYTES: usize = 64;

/// Bytes of a path.
pub const PATH_BYTES: usize = 1_024;

/// Segments of a path.
pub const PATH_SEGMENTS: usize = 64;

/// Times `**` in a pattern.
pub const ANY_DEPTH_SEGMENTS: usize = 4;

/// Times `*` inside the segments of a pattern.
pub const STARS: usize = 16;

/// Entries of a page.
pub const PAGE: u32 = 200;

/// Resources that a search looks through.
pub const SEARCHED_RESOURCES: usize = 1_000;

/// Levels of groups within groups.
pub const GROUP_LEVELS: usize = 32;

/// Properties of a subject.
pub const PROPERTIES: usize = 64;

/// Levels of objects and lists in what a question brings: properties, or a context.
pub const ATTRIBUTE_LEVELS: usize = 16;

/// Bytes of names and texts in what a question brings, each value counting as one more.
pub const ATTRIBUTE_BYTES: usize = 32_768;

/// Unicode scalar values in a name.
pub const NAME_CHARS: usize = 255;

/// Unicode scalar values in a justification, a note or a comment.
pub const TEXT_CHARS: usize = 2_000;

/// Characters in a link to a ticket.
pub const URL_CHARS: usize = 2_048;

/// Bytes in an e-mail address (RFC 5321 §4.5.3.1).
pub const EMAIL_BYTES: usize = 254;

/// Bytes in the JSON of a command, or of policies to import.
pub const COMMAND_BYTES: usize = 1_048_576;

/// Bytes in the JSON of a client.
pub const CLIENT_BYTES: usize = 4_096;

/// Bytes in an idempotency key.
pub const KEY_BYTES: usize = 255;

/// Shortest access and shortest time to live, in seconds (`invalid_duration`).
pub const MIN_SECONDS: u64 = 60;

/// Longest access, ten years in seconds (`invalid_duration`).
pub const MAX_SECONDS: u64 = 315_360_000;

/// Longest time that a request stays open, one year in seconds (`invalid_duration`).
pub const MAX_REQUEST_TTL: u64 = 31_536_000;

/// How far ahead access may start, 90 days in seconds (`start_out_of_range`).
pub const MAX_START_AHEAD: u64 = 7_776_000;

/// Open requests of one requester (`too_many_requests`).
pub const OPEN_REQUESTS: usize = 50;

/// Requests and amendments of one requester within [`REQUEST_WINDOW`] (`too_many_requests`).
pub const REQUESTS_IN_WINDOW: usize = 100;

/// The window of [`REQUESTS_IN_WINDOW`], 24 hours in seconds.
pub const REQUEST_WINDOW: u64 = 86_400;

/// Delegations of one delegator that have not ended.
pub const OPEN_DELEGATIONS: usize = 50;

/// Delegations that one delegator makes in the window in which requests are counted.
pub const DELEGATIONS_IN_WINDOW: usize = 50;

/// Times that the duration of a request is shortened.
pub const DURATION_EDITS: usize = 20;

/// The shortest time between two reminders, 1 hour in seconds (`reminder_out_of_range`).
pub const MIN_REMINDER: u64 = 3_600;

/// How long an idempotency key is remembered after its commit, and after the requests it made have closed: 30 days in
/// seconds.
pub const KEY_MEMORY: u64 = 2_592_000;

/// How long a request stays in the working state after it has closed and its grant has ended, and a delegation after it
/// has ended: 35 days in seconds. Longer than whatever counts or remembers what is over. A part of the record's form: an
/// edition may wait longer, and must go on reading what left after this.
pub const ARCHIVED_AFTER: u64 = 3_024_000;

/// Characters, blank ones aside, that a break-glass justification needs (`justification_too_short`).
pub const BREAK_GLASS_CHARS: usize = 10;

/// How long before its end a grant's holder is warned, 15 minutes in seconds.
pub const ENDING_SOON: u64 = 900;

/// Paths of policies and permissions that an analysis compares before it stops with the permission.
pub const PATHS_COMPARED: usize = 10_000_000;

/// People whom an analysis counts in steps, for each requester whom it makes a difference to leave out, before it tries the
/// other policies without anybody in particular.
pub const PEOPLE_COUNTED: usize = 1_000_000;

/// People whom an answer lists of those whose approval counts; it counts them all.
pub const PEOPLE_LISTED: usize = 100;

/// Policies that a finding names.
pub const POLICIES_NAMED: usize = 10;

/// Commands in one simulation.
pub const SIMULATED_COMMANDS: usize = 100;

/// Queries in a batch, and of a batch asked about at once.
pub const QUERIES_AT_ONCE: usize = 100_000;

/// Commits that a host is asked for at once, at most.
pub const COMMITS_A_PAGE: u32 = 1_000;

/// Commits that are looked at for one page of a history, or of the archive.
pub const COMMITS_LOOKED_AT: usize = 2_000;

/// How often a lost race is decided again before `conflict` answers.
pub const RACES: u32 = 10;

/// Subjects that a notice names of those who have another manager or person.
pub const SUBJECTS_TOLD: usize = 100;

/// To how many recipients notices are sent at once, to each one after the other.
pub const RECIPIENTS_AT_ONCE: usize = 16;

/// How often a message is tried: about two days.
pub const DELIVERY_ATTEMPTS: u32 = 16;

/// After how long a message is tried for the second time; then after twice as long each time.
pub const RETRY_FIRST_SECONDS: u64 = 30;

/// The longest time between two attempts.
pub const RETRY_LAST_SECONDS: u64 = 6 * 60 * 60;

/// Characters of what went wrong with a message.
pub const PROBLEM_CHARS: usize = 500;
