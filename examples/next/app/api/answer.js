import { isAccessError } from "access-engine";

const STATUS = { input: 400, authority: 403, state: 409, conflict: 409, host: 503, bug: 500 };

/** What the engine answers, or what it refuses with, as JSON. */
export async function answer(asked) {
  try {
    return Response.json(await asked());
  } catch (error) {
    if (!isAccessError(error)) throw error;
    const { message, fault, details } = error;
    return Response.json({ message, fault, details }, { status: STATUS[fault] });
  }
}
