import { engineMemory, type RawEngine } from "./glue.js";

/**
 * Asks an engine what is asked most, with nothing allocated on its side: names cross as numbers, the path byte by byte
 * through a piece of its memory.
 */
export class Scratch {
  readonly #raw: RawEngine;
  readonly #memory = engineMemory();
  readonly #subjects = new Map<string, number>();
  readonly #actions = new Map<string, number>();
  readonly #types = new Map<string, number>();
  readonly #environments = new Map<string, number>();
  #bytes: Uint8Array;

  constructor(raw: RawEngine) {
    this.#raw = raw;
    this.#bytes = this.#open();
  }

  /** Whether a subject may do something; nothing where only `evaluate` can tell. */
  isAllowed(
    subject: string,
    action: string,
    type: string,
    environment: string,
    path: string,
    at: number,
  ): boolean | undefined {
    const ofSubject = this.#subjects.get(subject) ?? learn(this.#subjects, subject, this.#raw.subjectNumber(subject));
    const ofAction = this.#actions.get(action) ?? learn(this.#actions, action, this.#raw.actionNumber(action));
    const ofType = this.#types.get(type) ?? learn(this.#types, type, this.#raw.typeNumber(type));
    const ofEnvironment =
      this.#environments.get(environment) ??
      learn(this.#environments, environment, this.#raw.environmentNumber(environment));
    if (ofSubject < 0 || ofAction < 0 || ofType < 0 || ofEnvironment < 0 || !this.#write(path)) return undefined;
    const answer = this.#raw.isAllowed(ofSubject, ofAction, ofType, ofEnvironment, path.length, at);
    return answer === 2 ? undefined : answer === 1;
  }

  /** Writes a text, if it is of ASCII and fits. */
  #write(text: string): boolean {
    // The memory of a module that has grown is another one.
    if (this.#bytes.length === 0) this.#bytes = this.#open();
    const bytes = this.#bytes;
    if (text.length > bytes.length) return false;
    let all = 0;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      bytes[index] = code;
      all |= code;
    }
    return all < 128;
  }

  #open(): Uint8Array {
    return new Uint8Array(this.#memory.buffer, this.#raw.scratch(), this.#raw.scratchSize());
  }
}

/** Keeps a number, which never changes, unless there is none yet. */
function learn(numbers: Map<string, number>, name: string, number: number): number {
  if (number >= 0) numbers.set(name, number);
  return number;
}
