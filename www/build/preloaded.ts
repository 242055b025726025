import type { HtmlTagDescriptor, Plugin } from "vite";

/** Has the browser fetch the engine's WASM while it still reads the JavaScript. */
export function preloaded(): Plugin {
  return {
    name: "preloaded",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }): HtmlTagDescriptor[] =>
        Object.keys(bundle)
          .filter((name) => /access_engine_bg.*\.wasm$/u.test(name))
          .map((name) => ({ tag: "link", attrs: { rel: "preload", as: "fetch", type: "application/wasm", crossorigin: true, href: `./${name}` }, injectTo: "head" })),
    },
  };
}
