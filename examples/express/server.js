// Access requests behind Express, with the record in PostgreSQL and mail by SMTP. Start as many of these as you like.
import express from "express";
import { createTransport } from "nodemailer";
import { Pool } from "pg";
import { AccessEngine, createHost, isAccessError } from "access-engine";
import { smtpMailer } from "access-engine/mailers/smtp";
import { openPostgresStore } from "access-engine/stores/postgres";

/**
 * AUTHENTICATION IS YOURS: whoever this names acts as that subject. A header that anybody can send is for trying out only;
 * check a session or a token here.
 */
function authenticate(request, response, next) {
  const subject = request.get("x-subject");
  if (subject === undefined) return response.status(401).json({ message: "Who are you?" });
  response.locals.actor = { subject };
  next();
}

const { DATABASE_URL, SMTP_URL, PORT = "3000", BASE_URL = `http://localhost:${PORT}` } = process.env;
const logged = (error) => console.error(error);

const pool = new Pool({ connectionString: DATABASE_URL });
// It hears of what other servers append: it leads to PostgreSQL itself, also where a PgBouncer stands before the other.
const listen = new Pool({ connectionString: DATABASE_URL, max: 1 });
for (const made of [pool, listen]) made.on("error", logged);
// A message that the server does not take in time is tried again.
const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
const transport = createTransport({ url: SMTP_URL, pool: true, ...limits });

const engine = await AccessEngine.open({
  project: "acme",
  // Of a project that is new.
  administrators: [{ type: "user", id: "ada", name: "Ada", email: "ada@example.com" }],
  host: createHost({
    store: await openPostgresStore({ pool, listen, project: "acme" }),
    mailer: smtpMailer({ transport, from: "Access <access@example.com>", baseUrl: BASE_URL }),
  }),
  // It ends what is over and sends what is due by itself.
  background: true,
  onError: logged,
});

const app = express();
app.use(express.json(), authenticate);

/** Answers with what a command or a question answers. */
const answer = (ask) => async (request, response) => {
  const options = { idempotencyKey: request.get("idempotency-key") };
  response.json(await ask(response.locals.actor, request.body, { ...request.params, options }));
};
app.post("/directory", answer((actor, input, { options }) => engine.syncDirectory(actor, input, options)));
app.post("/policies", answer((actor, input, { options }) => engine.createPolicy(actor, input, options)));
app.post("/requests", answer((actor, input, { options }) => engine.requestAccess(actor, input, options)));
app.get("/requests/:id", answer((actor, _, { id }) => engine.explain(actor, id)));
app.post("/requests/:id/reviews", answer((actor, input, { id, options }) => engine.reviewRequest(actor, { ...input, requestId: id }, options)));
app.get("/inbox", answer((actor) => engine.inbox(actor)));
app.post("/decision", answer((actor, input) => engine.evaluate({ ...input, subject: actor })));

// A handler of errors has four parameters.
app.use((error, request, response, next) => {
  if (!isAccessError(error)) return next(error);
  const { code, message, details } = error;
  response.status(statusOf(error)).json({ code, message, details });
});

function statusOf({ code, fault }) {
  if (code === "not_found") return 404;
  return { input: 400, authority: 403, state: 409, conflict: 409, host: 503 }[fault] ?? 500;
}

const server = app.listen(PORT, () => console.log(`listening on ${BASE_URL}`));

/** Lets what is under way end: requests, then commands and mail, then connections. */
async function stop() {
  await new Promise((resolve) => void server.close(resolve));
  await engine.close();
  transport.close();
  await Promise.all([pool.end(), listen.end()]);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void stop());
