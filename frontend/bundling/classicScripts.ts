import type { Plugin } from "vite";

/**
 * Wraps each chunk as a classic script: browsers refuse module scripts to pages that are opened from disk.
 *
 * The chunks are built as CommonJS, so that `require` of a chunk that is there gives its exports; of one that is loaded when it is first
 * wanted, a promise of them, which is what `import()` has become.
 */
export function classicScripts(): Plugin {
  return {
    name: "classic-scripts",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      this.emitFile({ type: "asset", name: LOADER, source: loader });
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        const [name, needs] = [chunk.fileName, chunk.imports].map((value) => JSON.stringify(value));
        const start = chunk.isEntry ? `\nfabulaScript(${name});` : "";
        chunk.code = `fabulaScript.define(${name},${needs},function(require,exports){${chunk.code}\n});${start}`;
      }
    },
  };
}

export const LOADER = "loader.js";

/** In the browser: `fabulaScript(name)` loads a chunk and what it needs, once, and gives a promise of its exports. */
const loader = `"use strict";(()=>{
const base=new URL("..",document.currentScript.src).href,defined=new Map(),exported=new Map(),loading=new Map();
const nameOf=(path)=>"assets/"+path.split("/").pop();
const load=(name)=>{
  if(!loading.has(name))loading.set(name,new Promise((resolve,reject)=>{
    if(defined.has(name))return resolve();
    const script=document.createElement("script");
    script.src=base+name;script.onload=resolve;
    script.onerror=()=>{loading.delete(name);reject(new Error("a part of this page could not be loaded"))};
    document.head.append(script);
  }).then(()=>Promise.all(defined.get(name).needs.filter((need)=>!exported.has(need)).map(load))).then(()=>run(name)));
  return loading.get(name);
};
const run=(name)=>{
  if(!exported.has(name)){const exports={};exported.set(name,exports);
    defined.get(name).body((path)=>exported.get(nameOf(path))??load(nameOf(path)),exports);}
  return exported.get(name);
};
window.fabulaScript=Object.assign(load,{define:(name,needs,body)=>defined.set(name,{needs,body})});
})();`;
