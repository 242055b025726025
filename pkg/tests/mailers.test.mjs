// oxlint-disable no-await-in-loop -- one after the other
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { after, test } from "node:test";
import { DeliveryError, renderNotice } from "access-engine";
import { consoleMailer } from "access-engine/mailers/console";
import { smtpMailer } from "access-engine/mailers/smtp";
import { webhookMailer } from "access-engine/mailers/webhook";
import { mailerCases } from "access-engine/testing";
import { simpleParser } from "mailparser";
import { createTransport } from "nodemailer";
import { SMTPServer } from "smtp-server";
import { Webhook } from "standardwebhooks";
import { ada, dev, draft, HOUR, open, refused, START, terms } from "./support.mjs";

const baseUrl = "https://access.example.com";
const from = { name: "Acme Access", address: "access@example.com" };
const secret = `whsec_${Buffer.from("a secret of at least twenty-four").toString("base64")}`;

/** What is closed in the end, if it is not before. */
const closing = new Set();
after(async () => {
  for (const close of closing) await close();
});

function closable(close) {
  const closeOnce = async () => {
    if (closing.delete(closeOnce)) await close();
  };
  closing.add(closeOnce);
  return closeOnce;
}

/** A mail server that keeps what it takes; its answers are as `replies` says. */
async function mailServer(replies = {}) {
  const taken = [];
  const reply = (name) => (address, _, done) => {
    const text = replies[name]?.(address.address ?? address);
    done(text && Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) }));
  };
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onMailFrom: reply("mail"),
    onRcptTo: reply("rcpt"),
    onData(stream, session, done) {
      const chunks = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString();
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const refusal = replies.data?.(raw);
        if (!refusal) taken.push({ raw, to });
        done(refusal && Object.assign(new Error(refusal.slice(4)), { responseCode: Number(refusal.slice(0, 3)) }));
      });
    },
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  return { taken, port: server.server.address().port, close: closable(() => new Promise((done) => server.close(done))) };
}

/** A mailer that sends to a port here. */
function smtpTo(port, { patience = 10_000, ...options } = {}) {
  const limits = { connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience };
  const transport = createTransport({ host: "127.0.0.1", port, pool: true, ...limits });
  return { mailer: smtpMailer({ transport, from, baseUrl, ...options }), close: closable(() => transport.close()) };
}

/** A server of HTTP that keeps what is posted to it, and answers as told: 204 unless it is. */
async function hookServer(answer = () => ({})) {
  const posts = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    posts.push({ path: request.url, method: request.method, headers: request.headers, body });
    const told = answer(posts.length);
    if (told === "hangs") return;
    response.writeHead(told.status ?? 204, told.headers).end(told.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = closable(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return { posts, url: `http://127.0.0.1:${server.address().port}/hook/T0PSECRET`, close };
}

function printedMail(mail) {
  const [, name, address, subject, text] = /^To: ([^\n]*) <(\S+)>\nSubject: ([^\n]*)\n\n(.*)$/s.exec(mail);
  return { to: [{ name, address }], subject, text, links: [text.trimEnd().split("\n").at(-1)] };
}

const consoleUnderTest = async () => {
  const printed = [];
  let isCut = false;
  const log = (mail) => {
    if (isCut) throw new Error("the terminal is gone");
    printed.push(mail);
  };
  return { mailer: consoleMailer({ baseUrl, log }), arrived: async () => printed.map(printedMail), cut: async () => void (isCut = true) };
};

async function takenMail({ raw, to: envelope }) {
  const mail = await simpleParser(raw);
  const to = mail.to.value.map(({ name, address }) => ({ name, address }));
  assert.deepEqual(envelope, to.map(({ address }) => address));
  assert.equal(mail.cc ?? mail.bcc, undefined);
  const linked = [...mail.html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, link]) => link);
  assert.ok(!/<img|<script/.test(mail.html));
  return { to, id: mail.messageId, subject: mail.subject, text: mail.text, links: [...linked, mail.text.trimEnd().split("\n").at(-1)] };
}

const smtpUnderTest = async () => {
  const server = await mailServer();
  const { mailer, close } = smtpTo(server.port);
  const cut = async () => {
    await close();
    await server.close();
  };
  return { mailer, arrived: () => Promise.all(server.taken.map(takenMail)), cut };
};

/** A mailer of that form, of whose posts the body is read as that says. */
const hookUnderTest = (format, read) => async () => {
  const server = await hookServer();
  const mailer = webhookMailer({ url: server.url, secret, baseUrl, format });
  const arrived = async () =>
    server.posts.map(({ headers, body }) => {
      new Webhook(secret).verify(body, headers);
      return { id: headers["webhook-id"], ...read(JSON.parse(body)) };
    });
  return { mailer, arrived, cut: server.close };
};

function standard({ data: { message, subject, text, link } }) {
  const { name, email } = message.recipient;
  return { to: [{ name, address: email }], subject, text, links: [link] };
}

const quoted = (lines) => lines.map((line) => `> ${line}`).join("\n");

/** As Slack shows it, where `rich_text` is text and what is in no block is markup. */
function slack({ text: notification, blocks: [{ elements }, { elements: buttons }] }) {
  assert.ok(!/[<>]/.test(notification), notification);
  const shown = elements.map(({ type, elements: parts }) => {
    const text = parts.map((part) => part.text ?? part.url).join("");
    return type === "rich_text_quote" ? quoted(text.split(/[\n\u2028\u2029]/)) : text;
  });
  const links = elements.flatMap((part) => part.elements.flatMap(({ url }) => url ?? []));
  const kinds = new Set(elements.flatMap((part) => part.elements.map(({ type }) => type)));
  assert.ok([...kinds].every((kind) => kind === "text" || kind === "link"), "mentions are elements of their own");
  return { subject: shown[0], text: shown.join("\n"), links: [...links, ...buttons.map(({ url }) => url)] };
}

/** As Teams shows it, where `TextRun` is text. */
function teams({ attachments: [{ content }] }) {
  const written = ({ type, inlines, items }) => {
    if (type === "Container") return quoted(items.map(written));
    assert.equal(type, "RichTextBlock");
    return inlines.map(({ text }) => text).join("");
  };
  const shown = content.body.map(written);
  assert.equal(content.msteams, undefined, "mentions stand beside the body");
  const links = content.body.flatMap(({ inlines = [] }) => inlines.flatMap(({ selectAction }) => selectAction?.url ?? []));
  return { subject: shown[0], text: shown.join("\n"), links: [...links, ...content.actions.map(({ url }) => url)] };
}

const MAILERS = {
  console: consoleUnderTest,
  smtp: smtpUnderTest,
  "standard webhook": hookUnderTest("standard", standard),
  "webhook of Slack": hookUnderTest("slack", slack),
  "webhook of Teams": hookUnderTest("teams", teams),
};

for (const [kind, make] of Object.entries(MAILERS)) {
  for (const { name, run } of mailerCases) {
    test(`${kind}: ${name}`, async () => {
      const tried = await make();
      await run(tried);
      await tried.cut();
    });
  }
}

/** A mailer that does everything right but for one thing. */
function careless(fault = {}) {
  const arrivals = [];
  let isCut = false;
  const send = async (message) => {
    const { subject, text, link } = renderNotice(message, { baseUrl });
    if (isCut && !fault.swallows) throw new Error("it is cut");
    const { name, email } = message.recipient;
    const arrival = { to: [{ name, address: email }], id: `${message.project}/${message.id}`, subject, text, links: [link], ...fault.changes?.(message, text) };
    arrivals.push(...(fault.twice ? [arrival, arrival] : [arrival]));
  };
  return { mailer: { send }, arrived: async () => arrivals, cut: async () => void (isCut = true) };
}

async function casesThatFail(make) {
  const failed = [];
  for (const { name, run } of mailerCases) await run(make()).catch(() => failed.push(name));
  return failed;
}

const FAULTS = {
  "a message arrives once, with what happened, whatever there is to know, and a link to it": { twice: true },
  "what does not arrive is an error that says so": { swallows: true },
  "a message goes to its recipient and to nobody else, whatever that one is called": {
    changes: ({ recipient: { name } }) => ({ to: name.split(",").map((part) => ({ name: part, address: "ann@example.com" })) }),
  },
  "a message that is sent again has the same id, and no other message has it": { changes: () => ({ id: String(Math.random()) }) },
  "nobody writes a line that looks like the engine's, or anything but text": {
    changes: (_, text) => ({ text: text.replaceAll("> ", "") }),
  },
  "letters of all languages arrive as they were written": {
    changes: (_, text) => ({ text: text.replaceAll(/[^ -~\n\t]/g, "?") }),
  },
};

test("the suite finds what a mailer does wrong, and nothing where it does nothing wrong", async () => {
  assert.deepEqual(await casesThatFail(() => careless()), []);
  for (const [name, fault] of Object.entries(FAULTS)) {
    assert.ok((await casesThatFail(() => careless(fault))).includes(name), name);
  }
});

const message = (to, { at = 1_795_392_000_000, project = "conformance", id = `ntc_4_0:${to}`, ...parts } = {}) => ({
  project,
  id,
  at,
  kind: { type: "review_asked", requestId: "req_4_0", step: 1 },
  recipient: { id: to, name: to, email: `${to}@example.com` },
  request: {
    id: "req_4_0",
    requester: "Dev",
    target: { type: "secret", environment: "production", path: "/payments/stripe" },
    actions: ["read"],
    durationSeconds: 60,
    policy: "Payments",
  },
  ...parts,
});

/** The error of a message that is not delivered. */
async function undelivered(promise) {
  const error = await promise.then(() => assert.fail("it was sent"), (reason) => reason);
  assert.ok(error instanceof DeliveryError, error?.stack);
  assert.equal(error.name, "DeliveryError");
  assert.ok(!/T0PSECRET|whsec_/.test(error.message), error.message);
  return error;
}

test("a mail says that no person wrote it, to which list and which thread it belongs", async () => {
  const server = await mailServer();
  const { mailer, close } = smtpTo(server.port, { brand: { name: "Zugänge", color: "#0b5952" } });
  await mailer.send(message("ann"));
  await mailer.send(message("ben", { id: "ntc_9_0:ben" }));
  await mailer.send(message("ben", { id: "ntc_10_0:ben", kind: { type: "administrators_changed" }, request: undefined }));
  const [one, two, three] = await Promise.all(server.taken.map(({ raw }) => simpleParser(raw)));
  assert.equal(one.headers.get("auto-submitted"), "auto-generated");
  assert.equal(one.headers.get("list").id.id, "access.access.example.com");
  assert.match(server.taken[0].raw, /^List-Id: =\?UTF-8\?Q\?Zug=C3=A4nge\?= <access\.access\.example\.com>\r$/im);
  assert.match(one.messageId, /^<ntc_4_0\.[0-9a-f]{32}@access\.example\.com>$/);
  assert.match(one.inReplyTo, /^<req_4_0\.[0-9a-f]{32}@access\.example\.com>$/);
  assert.equal(one.references, one.inReplyTo);
  assert.equal(two.inReplyTo, one.inReplyTo);
  assert.equal(three.inReplyTo ?? three.references, undefined);
  assert.deepEqual(one.from.value, [from]);
  await close();
});

test("the id of a mail is the same from another server, and another for another record", async () => {
  const server = await mailServer();
  const send = async (sent, options) => {
    const { mailer, close } = smtpTo(server.port, options);
    await mailer.send(sent);
    await close();
    return (await simpleParser(server.taken.at(-1).raw)).messageId;
  };
  const id = await send(message("ann"));
  assert.equal(await send(message("ann")), id);
  assert.notEqual(await send(message("ann", { at: 1_795_392_000_001 })), id);
  assert.notEqual(await send(message("ann", { project: "another" })), id);
  assert.notEqual(await send(message("ann"), { baseUrl: `${baseUrl}/other` }), id);
});

test("a mail that is refused for good is final, what the server cannot take now is not", async () => {
  let replies = {};
  const reply = (name) => (value) => replies[name]?.(value);
  const server = await mailServer({ mail: reply("mail"), rcpt: reply("rcpt"), data: reply("data") });
  const { mailer } = smtpTo(server.port);
  const refusedWith = async (next) => {
    replies = next;
    const { isFinal, message: said } = await undelivered(mailer.send(message("ann")));
    return { isFinal, said };
  };
  const gone = await refusedWith({ rcpt: () => "550 5.1.1 no such user" });
  assert.equal(gone.isFinal, true);
  assert.match(gone.said, /550 5\.1\.1 no such user/);
  assert.equal((await refusedWith({ data: () => "554 5.6.0 not taken" })).isFinal, true);
  const greylisted = await refusedWith({ rcpt: () => "450 4.7.1 try again later" });
  assert.equal(greylisted.isFinal, false);
  assert.match(greylisted.said, /450 4\.7\.1 try again later/);
  assert.equal((await refusedWith({ data: () => "452 4.3.1 full" })).isFinal, false);
  // The sender's fault, which an administrator mends.
  assert.equal((await refusedWith({ mail: () => "550 5.7.1 not you" })).isFinal, false);
  assert.equal(server.taken.length, 0);
  replies = { rcpt: (address) => (address.startsWith("ann") ? "550 5.1.1 no such user" : undefined) };
  const [ann, ben] = await Promise.allSettled([mailer.send(message("ann")), mailer.send(message("ben"))]);
  assert.equal(ann.reason.isFinal, true);
  assert.equal(ben.status, "fulfilled");
  assert.deepEqual(server.taken.map(({ to }) => to), [["ben@example.com"]]);
});

test("a mail server that is down or hangs is an error that may pass", async () => {
  const silent = createSocketServer(() => {});
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address();
  const { mailer, close } = smtpTo(port, { patience: 200 });
  const late = await undelivered(mailer.send(message("ann")));
  assert.equal(late.isFinal, false);
  assert.match(late.message, /greeting|timeout/i);
  await close();
  silent.close();
  const down = await undelivered(smtpTo(port).mailer.send(message("ann")));
  assert.equal(down.isFinal, false);
  assert.match(down.message, /ECONNREFUSED/);
});

test("what a greylisting server did not take goes out with the next delivery, once and under the same id", async () => {
  const ids = [];
  let isGrey = true;
  const data = (raw) => {
    ids.push(/^Message-ID: (.*)$/im.exec(raw)[1]);
    return isGrey ? "451 4.7.1 come back" : undefined;
  };
  const server = await mailServer({ data });
  const { mailer } = smtpTo(server.port);
  const { engine } = await open({ host: mailer });
  await engine.createPolicy(ada, terms());
  const receipt = await engine.requestAccess(dev, draft());
  await engine.deliver();
  assert.equal(server.taken.length, 0);
  isGrey = false;
  await engine.deliver({ retryFailed: true });
  assert.ok(server.taken.some(({ raw }) => raw.includes(receipt.requestId)));
  assert.equal(new Set(ids).size, server.taken.length);
});

test("a recipient whom the mail server does not know is shown at once, and all others get their mail", async () => {
  const server = await mailServer({ rcpt: (address) => (address === "sam@example.com" ? "550 5.1.1 no such user" : undefined) });
  const { engine, store } = await open({ host: smtpTo(server.port).mailer });
  await engine.createPolicy(ada, terms());
  await engine.requestAccess(dev, draft());
  await engine.deliver();
  const failed = await store.outbox({ state: "failed" });
  assert.deepEqual([...new Set(failed.map(({ recipientId }) => recipientId))], ["sam"]);
  for (const { attempts, problem } of failed) {
    assert.equal(attempts, 1);
    assert.match(problem, /550 5\.1\.1 no such user/);
  }
  assert.deepEqual(await store.outbox({ state: "waiting" }), []);
  assert.ok(server.taken.length > 0);
});

test("a receiver that says when to come again is left alone until then", async () => {
  const server = await hookServer(() => ({ status: 429, headers: { "retry-after": "3600" } }));
  const { engine, store } = await open({ host: webhookMailer({ url: server.url, secret, baseUrl }) });
  await engine.createPolicy(ada, terms());
  await engine.deliver();
  const waiting = await store.outbox({ state: "waiting" });
  assert.ok(waiting.length > 0);
  assert.deepEqual(new Set(waiting.map(({ at }) => at)), new Set([START + HOUR]));
});

test("a post is what Standard Webhooks say, and is verified by no other secret", async () => {
  const server = await hookServer();
  const mailer = webhookMailer({ url: new URL(server.url), secret, baseUrl });
  await mailer.send(message("ann"));
  await mailer.send(message("zoë.k"));
  const [{ method, headers, body }, odd] = server.posts;
  assert.equal(method, "POST");
  assert.equal(headers["content-type"], "application/json");
  assert.equal(headers["webhook-id"], "conformance/ntc_4_0:ann");
  assert.equal(odd.headers["webhook-id"], "conformance/ntc_4_0:zo%C3%AB%2Ek");
  const { type, timestamp, data } = new Webhook(secret).verify(body, headers);
  assert.equal(type, "access.review_asked");
  assert.equal(timestamp, "2026-11-23T00:00:00.000Z");
  assert.deepEqual(data.message, message("ann"));
  assert.equal(data.link, `${baseUrl}/requests/req_4_0`);
  const other = `whsec_${Buffer.from("another secret of thirty-two.by.").toString("base64")}`;
  assert.throws(() => new Webhook(other).verify(body, headers), /signature/);
  assert.throws(() => new Webhook(secret).verify(body.replace("Dev", "Eve"), headers), /signature/);
});

test("posts to Slack and Teams need no secret", async () => {
  const server = await hookServer(() => ({ status: 200, body: "ok" }));
  for (const format of ["slack", "teams"]) await webhookMailer({ url: server.url, baseUrl, format }).send(message("ann"));
  assert.deepEqual(server.posts.map(({ headers }) => headers["webhook-signature"]), [undefined, undefined]);
});

test("what is not answered by 2xx is an error that says what was answered, and what that means for another attempt", async () => {
  let answer;
  const server = await hookServer(() => answer);
  const mailer = webhookMailer({ url: server.url, secret, baseUrl, timeoutSeconds: 0.3 });
  const answered = async (next) => {
    answer = next;
    const { message: said, isFinal, retryAfterSeconds } = await undelivered(mailer.send(message("ann")));
    return { said: said.replace(/^127\.0\.0\.1:\d+ /, ""), isFinal, retryAfterSeconds };
  };
  const passing = { isFinal: false, retryAfterSeconds: undefined };
  assert.deepEqual(await answered({ status: 500, body: " no_service\n" }), { said: "answered 500: no_service", ...passing });
  assert.deepEqual(await answered({ status: 404 }), { said: "answered 404", ...passing });
  assert.deepEqual(await answered({ status: 429, headers: { "retry-after": "30" } }), { said: "answered 429", isFinal: false, retryAfterSeconds: 30 });
  assert.deepEqual(await answered({ status: 410 }), { said: "answered 410", isFinal: true, retryAfterSeconds: undefined });
  assert.equal((await answered({ status: 500, body: "x".repeat(10_000) })).said.length, "answered 500: ".length + 200);
  assert.deepEqual(await answered("hangs"), { said: "did not answer within 0.3 seconds", ...passing });
});

test("no redirect is followed, so that nobody else gets what was signed", async () => {
  const elsewhere = await hookServer();
  const server = await hookServer(() => ({ status: 307, headers: { location: elsewhere.url } }));
  const { message: said, isFinal } = await undelivered(webhookMailer({ url: server.url, secret, baseUrl }).send(message("ann")));
  assert.match(said, /redirects elsewhere/);
  assert.equal(isFinal, false);
  assert.equal(server.posts.length, 1);
  assert.equal(elsewhere.posts.length, 0);
});

test("a receiver that is not there is named, but nothing of its address", async () => {
  const server = await hookServer();
  await server.close();
  const { message: said } = await undelivered(webhookMailer({ url: server.url, secret, baseUrl }).send(message("ann")));
  assert.match(said, /^127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED/);
});

test("the options of a mailer are refused at once, each by its name", async () => {
  const transport = createTransport({ jsonTransport: true });
  const brand = { name: "Acme", color: "#0b5952" };
  const url = "https://example.com/hook";
  for (const [field, code, make] of [
    ["baseUrl", "invalid_url", () => consoleMailer({ baseUrl: "access" })],
    ["brand.color", "invalid_input", () => consoleMailer({ baseUrl, brand: { ...brand, color: "red" } })],
    ["brand.color", "invalid_input", () => consoleMailer({ baseUrl, brand: { ...brand, color: "#0b5952;}" } })],
    ["brand.logoUrl", "invalid_url", () => consoleMailer({ baseUrl, brand: { ...brand, logoUrl: "http://example.com/logo.png" } })],
    ["brand.name", "invalid_text", () => consoleMailer({ baseUrl, brand: { ...brand, name: "Acme\r\nBcc: all" } })],
    ["brand.name", "invalid_input", () => smtpMailer({ transport, from, baseUrl, brand: { color: "#0b5952" } })],
    ["brand.colour", "invalid_input", () => webhookMailer({ url, secret, baseUrl, brand: { ...brand, colour: "#0b5952" } })],
    ["transport", "invalid_input", () => smtpMailer({ from, baseUrl })],
    ["from", "invalid_input", () => smtpMailer({ transport, from: "Access", baseUrl })],
    ["from", "invalid_input", () => smtpMailer({ transport, from: { name: "Access", address: "a@example.com\r\nBcc: all" }, baseUrl })],
    ["listId", "invalid_input", () => smtpMailer({ transport, from, baseUrl, listId: "access>\r\nBcc: all" })],
    ["url", "invalid_input", () => webhookMailer({ url: "file:///etc/passwd", secret, baseUrl })],
    ["url", "invalid_input", () => webhookMailer({ url: "https://ann:pw@example.com/", secret, baseUrl })],
    ["secret", "invalid_input", () => webhookMailer({ url, baseUrl })],
    ["secret", "invalid_input", () => webhookMailer({ url, secret: "whsec_*", baseUrl })],
    ["format", "invalid_input", () => webhookMailer({ url, secret, baseUrl, format: "discord" })],
    ["timeoutSeconds", "invalid_input", () => webhookMailer({ url, secret, baseUrl, timeoutSeconds: 0 })],
  ]) {
    const error = await refused(code, make);
    assert.equal(error.details.field, field, error.message);
  }
  smtpMailer({ transport, from: "access@example.com", baseUrl, brand, listId: "access.example.com" });
  webhookMailer({ url, secret, baseUrl, brand: { ...brand, logoUrl: "https://example.com/logo.png" } });
});
