// Builds each activity into one file in ../static, and copies the fonts that our pages declare.
// The result is committed, so that people who use casework need no Node.

import { build, transform } from "esbuild";
import { copyFile, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { gzipSync } from "node:zlib";

// One entry for each activity, under the same name as its widget.
const ACTIVITIES = (await readdir(import.meta.dirname)).filter((name) => name.endsWith(".tsx")).map((name) => name.slice(0, -4));
const LIMIT = 60_000; // bytes: in a notebook, each widget carries its whole file
// Observing goes over three grounds (beats, a recording, life), in four kinds, and shows it all again afterwards; a page
// seldom holds more than one, and what is pressed must not wait for a second file.
// The walk holds every kind of pause, the way and its drawing, and a vote, besides the prompts of a reflection.
// A survey has eight kinds of items, and a profile.
// A map is a drawing that one works on, and a form that does the same.
// A log has meetings, series, hours to count towards, a chart, and files.
// The desk holds every board, and all that a trainer does with it.
// Coding is words that are marked by hand or key, a codebook that changes, and tables.
const LIMITS = { code: 68_000, group: 84_000, log: 74_000, map: 67_000, observe: 81_000, survey: 66_000, walk: 69_000 };
// The pages of a room: what several of them or of the activities use is loaded once, and an activity when it is opened.
const PAGES = ["learner", "screen"];
const PAGE_LIMIT = 150_000; // bytes in all, as they are sent: our server does not compress
const STATIC = new URL("../static/", import.meta.url);
const FONT = new URL("node_modules/@fontsource/source-serif-4/", import.meta.url);

/** A stylesheet is imported as (minified) text: it goes into a shadow root. */
const cssAsText = {
  name: "css-as-text",
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
  },
};

await mkdir(new URL("fonts/", STATIC), { recursive: true });

const options = {
  outdir: "../static",
  absWorkingDir: import.meta.dirname,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  plugins: [cssAsText],
};

await build({ ...options, entryPoints: ACTIVITIES.map((name) => `${name}.tsx`) });

await rm(new URL("room/", STATIC), { recursive: true, force: true });
const { metafile } = await build({
  ...options,
  entryPoints: Object.fromEntries(PAGES.map((name) => [name, `pages/${name}.tsx`])),
  chunkNames: "room/[name]-[hash]",
  splitting: true,
  preserveSymlinks: true, // the names of what is shared must not depend on where the packages are installed
  metafile: true,
});

await copyFile(new URL("files/source-serif-4-latin-400-normal.woff2", FONT), new URL("fonts/casework-serif.woff2", STATIC));
await copyFile(new URL("files/source-serif-4-latin-400-italic.woff2", FONT), new URL("fonts/casework-serif-italic.woff2", STATIC));
await copyFile(new URL("LICENSE", FONT), new URL("fonts/OFL.txt", STATIC));

for (const name of ACTIVITIES) {
  const { size } = await stat(new URL(`${name}.js`, STATIC));
  console.log(`${name}.js ${(size / 1000).toFixed(1)} kB`);
  const limit = LIMITS[name] ?? LIMIT;
  if (size > limit) throw new Error(`${name}.js has ${size} bytes; the limit is ${limit}.`);
}

/** What a page loads, with what that imports in turn, and the activities that are opened on it. */
function loads(name, opened, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const { path, kind } of metafile.outputs[name].imports) {
    const entry = metafile.outputs[path].entryPoint ?? "";
    if (kind === "import-statement" || opened.some((one) => entry === `${one}.tsx`)) loads(path, opened, found);
  }
  return found;
}

for (const [page, opened] of [["learner", []], ["learner", ["walk"]], ["learner", ["walk", "reflect", "observe"]], ["screen", []]]) {
  const files = [...loads(`../static/${page}.js`, opened)];
  const bytes = await Promise.all(files.map((file) => readFile(new URL(file, import.meta.url))));
  const size = bytes.reduce((sum, one) => sum + one.length, 0);
  const zipped = bytes.reduce((sum, one) => sum + gzipSync(one).length, 0); // where a server in front of ours compresses
  const with_ = opened.length ? ` with ${opened.join(", ")}` : "";
  console.log(`${page}${with_}: ${(size / 1000).toFixed(1)} kB in ${files.length} files, ${(zipped / 1000).toFixed(1)} kB zipped`);
  if (size > PAGE_LIMIT) throw new Error(`${page}${with_} has ${size} bytes; the limit is ${PAGE_LIMIT}.`);
}
