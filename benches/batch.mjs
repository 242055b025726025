/** Asks all of the questions, and counts what is allowed so that no answer can be left out as unused. */
export function batch(isAllowed, questions) {
  let allowed = 0;
  for (const { subject, action, environment, path } of questions) {
    if (isAllowed(subject, action, environment, path)) allowed += 1;
  }
  return allowed;
}
