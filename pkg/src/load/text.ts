// jsdom lacks them, which Node has: jest runs tests in it.
if (typeof TextDecoder === "undefined") {
  const { TextDecoder, TextEncoder } = process.getBuiltinModule("node:util");
  Object.assign(globalThis, { TextDecoder, TextEncoder });
}
