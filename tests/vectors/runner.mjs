// Runs vectors through the npm package, in Node and in a browser alike: it imports nothing and knows no platform.
// The format is described in README.md beside this file.
// oxlint-disable no-await-in-loop -- steps come one after the other

/** The problems of every vector of a file: `[{ name, problems }]`, those without problems left out. */
export async function run({ AccessEngine, fixtures, vectors }) {
  const failed = [];
  for (const vector of vectors) {
    if (vector.only === "native") continue;
    const problems = await check(AccessEngine, fixtures, vector).catch((error) => [error.stack ?? String(error)]);
    if (problems.length > 0) failed.push({ name: vector.name, problems });
  }
  return failed;
}

async function check(AccessEngine, fixtures, vector) {
  const { given = [], when, then = {}, matrix, neighbour } = vector;
  const play = (...played) => new World(AccessEngine, fixtures).play(...played);
  const problems = [];
  for (const [actor, outcome] of Object.entries(matrix ?? {})) {
    const found = await play(given, { ...when, actor }, outcome === "accepted" ? {} : { refused: outcome });
    problems.push(...found.map((problem) => `${actor}: ${problem}`));
  }
  if (matrix) return problems;
  problems.push(...(await play(given, when, then)));
  if (neighbour) {
    const near = [...given.slice(0, given.length - (neighbour.omit ?? 0)), ...(neighbour.add ?? [])];
    const found = await play(near, patched(when, neighbour.when ?? {}), neighbour.then ?? {});
    problems.push(...found.map((problem) => `its neighbour: ${problem}`));
  }
  return problems;
}

/** A record in memory, an engine over it, and the ids captured so far. */
class World {
  constructor(AccessEngine, fixtures) {
    Object.assign(this, { AccessEngine, fixtures, now: fixtures.epoch, stored: [], captured: {} });
    this.host = {
      load: async (after, limit) => this.stored.slice(after, after + limit).map((commit) => JSON.parse(commit)),
      append: async (commit, expected) => {
        if (this.stored.length !== expected.version) throw Object.assign(new Error("late"), { name: "ConflictError" });
        this.stored.push(JSON.stringify(commit));
      },
      send: async () => {},
      // No chance, so that hashes come out the same.
      chance: () => new Uint8Array(32),
      erase: async ({ subjectId, upTo }) => {
        this.stored = this.stored.map((stored) => {
          const commit = JSON.parse(stored);
          if (!commit.texts) return stored;
          const left = Object.entries(commit.texts).filter(([, { of }]) => !(of[subjectId] <= upTo));
          return JSON.stringify({ ...commit, texts: Object.fromEntries(left) });
        });
      },
      now: () => this.now,
    };
  }

  /** The problems of one run. */
  async play(given, when, then) {
    try {
      for (const step of given) await this.carryOut(step);
      return await this.check(when, then);
    } finally {
      this.engine?.free();
    }
  }

  /** A step that must succeed, or be refused as it says; a text names a fixture. */
  async carryOut(step) {
    if (typeof step === "string") {
      for (const inner of this.fixtures.fixtures[step]) await this.carryOut(inner);
      return;
    }
    for (let number = 1; number <= (step.times ?? 1); number += 1) {
      const one = step.times ? numbered(step, number) : step;
      if (one.question) {
        await this.ask(one);
        continue;
      }
      const { receipt, error } = await this.execute(one);
      if (error?.code !== one.refused) throw error ?? new Error(`the step ${JSON.stringify(one)} is accepted`);
      if (!error) this.remember(one, receipt);
    }
  }

  remember(step, receipt) {
    if (!receipt || step.command.tick) return;
    const hash = receipt.events.find((event) => event.contentHash)?.contentHash;
    const { policyId: policy, permissionId: permission, requestId: request, grantId: grant, version } = receipt;
    const { bundleId: bundle, delegationId: delegation } = receipt;
    const made = { policy, permission, request, grant, bundle, delegation, hash, version };
    for (const [name, value] of Object.entries(made)) {
      if (value === undefined) continue;
      this.captured[`$${name}`] = value;
      if (step.as) this.captured[`$${name}.${step.as}`] = value;
    }
    if (step.as) this.captured[`$head.${step.as}`] = this.engine.head();
  }

  /** Carries out a command, refused or not. */
  async execute(step) {
    const now = this.at(step);
    const before = this.stored.length;
    const outcome = await this.send(step, now).then(
      (receipt) => ({ receipt }),
      (error) => ({ error }),
    );
    return { ...outcome, commits: this.stored.slice(before).map((commit) => inWords(JSON.parse(commit))) };
  }

  async send(step, now) {
    const [[name, input]] = Object.entries(this.expand(step.command));
    if (name === "tick") return this.engine.tick({ now });
    if (name === "createProject") {
      this.engine = await this.AccessEngine.open({ ...input, host: this.host });
      const [{ version, at, events }] = await this.host.load(0, 1);
      return { version, at, events };
    }
    const idempotencyKey = step.key === undefined ? undefined : this.expand(step.key);
    const client = step.client === undefined ? undefined : this.expand(step.client);
    return this.engine[name](this.actor(step), input, { now, idempotencyKey, client });
  }

  /** Asks a question, and captures where the next page of its answer begins. */
  async ask(step) {
    const answer = await this.answer(step);
    if (answer?.next !== undefined) this.captured.$next = answer.next;
    return answer;
  }

  /** Answers a question: an object with one key, its name. */
  async answer(step) {
    const at = this.at(step);
    const [[name, matter]] = Object.entries(this.expand(step.question));
    const { engine } = this;
    const questions = {
      evaluate: () => engine.evaluate(matter, { at }),
      evaluateAll: () => engine.evaluateAll(matter, { at }),
      isAllowed: () =>
        engine.isAllowed(matter.subject, matter.action, matter.resource, { at, context: matter.context }),
      analyze: () => engine.analyze(this.actor(step), { at }),
      nextWakeAt: () => engine.nextWakeAt(),
      version: () => engine.version,
      head: () => engine.head(),
      log: () => this.host.load(0, Infinity),
      verify: () => this.verify(matter),
      messages: () => this.messages(matter.to),
      renderNotice: async () => {
        const { to, ...options } = matter;
        const sent = (await this.messages(to)).filter((message) => !message.dropped);
        return engine.renderNotice(sent.at(-1), options);
      },
    };
    const asked = questions[name] ?? (() => engine[name](this.actor(step), matter, { at }));
    return JSON.parse(JSON.stringify((await asked()) ?? null));
  }

  /** What somebody is told of the whole record, delivered now by an engine of its own. */
  async messages(to) {
    const told = [];
    const notices = (await this.host.load(0, Infinity)).flatMap((commit) => commit.notices);
    const due = notices.filter((notice) => notice.to.includes(to)).map(({ id }) => ({ noticeId: id, recipientId: to, attempt: 1 }));
    let isSending = false;
    const host = {
      ...this.host,
      claim: async () => {
        const claimed = isSending ? [] : due.splice(0, 1);
        isSending ||= claimed.length > 0;
        return claimed;
      },
      send: async (message) => void told.push(message),
      settle: async ({ dropped }) => {
        isSending = false;
        if (dropped) told.push({ dropped });
      },
      retry: async () => {},
    };
    const elsewhere = await this.AccessEngine.open({ project: "acme", host });
    await elsewhere.deliver();
    elsewhere.free();
    return told;
  }

  /** Verifies the record, tampered with as the question says. */
  async verify({ change, drop = 0, head }) {
    const untouched = this.stored;
    this.stored = untouched.slice(0, untouched.length - drop).map((commit, index) => {
      const isMeant = change?.version === index + 1;
      return isMeant ? JSON.stringify(patched(JSON.parse(commit), change.patch)) : commit;
    });
    const verification = await this.engine.verify(head ? { head } : {});
    this.stored = untouched;
    return verification;
  }

  async check(when, then) {
    const problems = when.question ? await this.checkAnswer(when, then) : await this.checkCommand(when, then);
    for (const { answer, refused, ...question } of then.asked ?? []) {
      const found = await this.checkAnswer(question, { answer, refused });
      problems.push(...found.map((problem) => `asked ${JSON.stringify(question.question)}: ${problem}`));
    }
    return [...problems, ...(await this.checkReplay())];
  }

  async checkAnswer(step, then) {
    try {
      const answer = await this.ask(step);
      if (then.refused) return [`is answered with ${JSON.stringify(answer)}, not refused`];
      return this.compare(then.answer, answer, "answer");
    } catch (error) {
      return this.checkRefusal(error, then);
    }
  }

  async checkCommand(when, then) {
    const { receipt, error, commits } = await this.execute(when);
    const own = commits.find(({ actor }) => actor !== "clock");
    const problems = [];
    if (error) {
      problems.push(...this.checkRefusal(error, then));
      if (own) problems.push("something was committed although it was refused");
    } else {
      this.remember(when, receipt);
      if (then.refused) problems.push("is accepted, not refused");
      else problems.push(...this.compare(then.receipt, receipt, "receipt"));
    }
    const ticks = commits.filter(({ actor }) => actor === "clock");
    problems.push(...this.compare(then.events, own?.events ?? [], "events"));
    problems.push(...this.compare(then.ticked, ticks.flatMap(({ events }) => events), "ticked"));
    problems.push(...this.compare(then.commits, commits.length, "commits"));
    if (then.notices) {
      const told = {};
      for (const { kind, to } of commits.flatMap(({ notices }) => notices)) {
        told[kind.type] = [...(told[kind.type] ?? []), ...to].toSorted();
      }
      const [actual, expected] = [told, then.notices].map((all) => JSON.stringify(Object.entries(all).toSorted()));
      if (actual !== expected) problems.push(`the notices are ${actual}, not ${expected}`);
    }
    return problems;
  }

  checkRefusal(error, then) {
    if (error?.code !== then.refused || !error?.details) {
      return [`is refused with ${error?.code ?? error?.stack} (${error?.message}), not ${then.refused ?? "accepted"}`];
    }
    return this.compare(then.details, error.details, "details");
  }

  /** The record as stored, opened anew, verifies and has the same head. */
  async checkReplay() {
    if (!this.engine) return [];
    const again = await this.AccessEngine.open({ project: "acme", host: this.host });
    const isSame = JSON.stringify(again.head()) === JSON.stringify(this.engine.head());
    const { intact } = await again.verify();
    again.free();
    return isSame && intact ? [] : ["the record does not replay"];
  }

  compare(expected, actual, place) {
    return expected === undefined ? [] : differences(this.expand(expected), actual, place);
  }

  at(step) {
    if (step.at !== undefined) this.now = this.expand(step.at);
    return this.now;
  }

  actor({ actor }) {
    return actor === "host" || actor === "clock" ? actor : { subject: this.expand(actor) };
  }

  /** The value with every shorthand replaced. */
  expand(value) {
    if (typeof value === "string") return this.word(value);
    if (Array.isArray(value)) return value.map((item) => this.expand(item));
    if (typeof value !== "object" || value === null) return value;
    if (value.$repeat) return times(value.$repeat[1], (number) => numbered(value.$repeat[0], number)).join("");
    if (value.$each) return times(value.$each[1], (number) => this.expand(numbered(value.$each[0], number)));
    if (value.$record) {
      return Object.fromEntries(times(value.$record[1], (number) => [numbered(value.$record[0], number), true]));
    }
    if (value.$join) return value.$join.map((part) => this.expand(part)).join("");
    const { $use, ...fields } = value;
    const own = Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, this.expand(inner)]));
    return $use === undefined ? own : patched(this.expand(this.fixtures.values[$use]), own);
  }

  word(text) {
    const time = /^T(?:[+-](?:\d+(?:ms|[smhd]))+)*$/.test(text);
    if (time) return this.fixtures.epoch + offset(text);
    if (!text.startsWith("$")) return text.replace("{lone surrogate}", "\ud800");
    if (!(text in this.captured)) throw new Error(`\`${text}\` is not known here`);
    return this.captured[text];
  }
}

function offset(text) {
  const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  let sign = 1;
  let millis = 0;
  for (const [, side, count, unit] of text.matchAll(/([+-]?)(\d+)(ms|[smhd])/g)) {
    if (side) sign = side === "-" ? -1 : 1;
    millis += sign * Number(count) * units[unit];
  }
  return millis;
}

function times(count, make) {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}

/** `$n` in every text of a value, replaced by a number. */
function numbered(value, number) {
  if (typeof value === "string") return value.replaceAll("$n", String(number));
  if (Array.isArray(value)) return value.map((item) => numbered(item, number));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, numbered(inner, number)]));
}

/** RFC 7396: a merge patch. */
function patched(target, patch) {
  const result = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = isObject(value) && isObject(result[key]) ? patched(result[key], value) : value;
  }
  return result;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What an answer lacks or has otherwise. Objects are compared by the expected keys only, lists item by item. */
function differences(expected, actual, place) {
  const different = () => [`${place} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
  if (isObject(expected)) {
    const [word, argument] = Object.entries(expected)[0] ?? [""];
    const has = (wanted) => actual.some((item) => differences(wanted, item, "").length === 0);
    const matchers = {
      $absent: () => actual === undefined,
      $present: () => actual !== undefined,
      $length: () => actual?.length === argument,
      $text: () => typeof actual === "string" && actual.includes(argument),
      $noText: () => typeof actual === "string" && !actual.includes(argument),
      $has: () => Array.isArray(actual) && argument.every(has),
      $hasNot: () => Array.isArray(actual) && !argument.some(has),
      $not: () => JSON.stringify(actual) !== JSON.stringify(argument),
    };
    if (word.startsWith("$")) return matchers[word]() ? [] : different();
    if (!isObject(actual)) return different();
    return Object.entries(expected).flatMap(([key, inner]) => differences(inner, actual[key], `${place}.${key}`));
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((inner, index) => differences(inner, actual[index], `${place}[${index}]`));
  }
  return !Array.isArray(expected) && expected === actual ? [] : different();
}

/** A stored commit with its texts in the places of their commitments. */
function inWords({ texts = {}, ...commit }) {
  return JSON.parse(JSON.stringify(commit), (name, value) => {
    const text = typeof value === "string" ? texts[value]?.text : undefined;
    if (text === undefined) return value;
    return ["client", "properties"].includes(name) ? JSON.parse(text) : text;
  });
}
