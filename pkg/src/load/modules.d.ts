/** A compiled module, where importing a WASM gives that. */
declare module "*.wasm" {
  const compiled: object;
  export default compiled;
}

/** The WASM of this package, compressed, in Base64: the build writes it. */
declare module "*/inline.js" {
  export const gzipped: string;
}
