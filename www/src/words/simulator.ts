import type { Mischief } from "../simulator/protocol.ts";

/** What can be broken, in the words of a button. */
export const MISCHIEF: Record<Mischief, string> = {
  crash: "Crash it",
  crashAsItWrites: "Crash it in the middle of a commit",
  partition: "Cut it off from the store",
  clockForward: "Move its clock 3 minutes forward",
  clockBack: "Move its clock 2 minutes back",
  loseAnswers: "Lose its answers",
  hang: "Make it hang",
  comeLate: "Make it act too late",
  restore: "Restore an older copy of it",
  loseSnapshot: "Lose its snapshot",
  refuseMail: "Refuse all mail",
  hangMail: "Make it hang",
  loseMailAnswers: "Accept mail but lose the answers",
};

/** What is held to be so, by the name that its checker has. */
export const TRUTH: Readonly<Record<string, string>> = {
  everybody_who_has_access_was_let_in: "Nobody has access that was never granted",
  whoever_was_let_in_has_access: "Nobody is refused access that was granted",
  a_revocation_is_everywhere_within_its_bound: "A revocation reaches every server in time",
  nobody_inherits_an_office: "A re-used account id inherits no rights",
  no_mail_says_what_is_not_so: "No mail says anything untrue",
  no_mail_reaches_a_newcomer: "No mail reaches the next owner of an account id",
  no_message_goes_out_twice: "No message is sent twice",
  servers_that_have_heard_everything_agree: "Servers at the same version agree",
  a_record_that_was_replaced_is_noticed: "A replaced record is noticed",
  nothing_acknowledged_is_lost: "Nothing that was acknowledged is lost",
  a_repeated_command_acts_once: "A repeated command acts once",
  what_is_promised_is_kept: "What the engine says you can do, you can do",
  what_is_due_happens: "Everything that is due happens",
  each_due_event_happens_once: "Nothing that is due happens twice",
};

export const itCouldNotBeLoaded = "it could not be loaded";
