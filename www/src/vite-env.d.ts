/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where the documentation is; no link where it is missing. */
  readonly VITE_DOCS_URL?: string;
  /** Where the source is; no link where it is missing. */
  readonly VITE_REPOSITORY_URL?: string;
}
