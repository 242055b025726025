import type { ReactNode } from "react";

export const outbox = "Outbox";
export const outboxHint = "Every message as the package’s mailers would send it, by SMTP or to Slack. Nothing leaves your browser.";
export const makeMailFail = "Make mail delivery fail";
export const onlyTo = (id: string) => `Only to ${id}`;
export const howToGetOne = "Ask for access, and the approvers of the first step get one.";
export const noMessagesYet = "No messages yet.";
export const thereIsNoSuchMessage = "There is no such message.";
export const allMessages = "All messages";

export const otherHeaders = "Other headers";
export const from = "From";
export const to = "To";
export const subject = "Subject";
export const messageId = "Message-ID";
export const inReplyTo = "In-Reply-To";
export const listId = "List-Id";
export const autoSubmitted = "Auto-Submitted";

export const formatOfTheMessage = "Format of the message";
export const text = "Text";
export const slack = "Slack";
export const mail = (about: string) => `Mail: ${about}`;

export const messages = "Messages";
export const toAt = (name: ReactNode, when: ReactNode) => <>{name} · {when}</>;

export const openAs = (name: string) => `Open as ${name}`;
export const followTheLink = "Follow the link";

export const theMessageInSlack = "The message in Slack";

export const notDelivered = "Not delivered";
export const triesAgain = (count: string) => `${count}. The engine tries again after 30 seconds, then waits twice as long each time.`;
export const sendAgain = "Send again";
export const messageTo = (about: string, recipientId: string) => `${about}, to ${recipientId}`;
export const aMessage = "A message";
export const tries = (state: string, attempts: string) => `${state} after ${attempts}`;
export const failed = "Failed";
export const waiting = "Waiting";
export const nextTry = (when: ReactNode) => <>. Next try: {when}</>;

export const accessRequests = "Access requests";
