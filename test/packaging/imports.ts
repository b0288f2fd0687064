import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";

// Reads who imports whom in a folder of sources, types counted.

/** One import. Paths are relative to the folder of sources, with `/`. */
export interface Import {
  readonly from: string;
  /** A file of the same folder; or the specifier, where it is a package. */
  readonly to: string;
  readonly kind: "file" | "package" | "outside";
}

/** The specifiers of a file, those of types included. */
export function specifiersOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
  return importedFiles.map(({ fileName }) => fileName);
}

/**
 * Where an import of the package's own manifest leads, such as `#default-fetch`: the files, by the
 * condition under which each is taken.
 */
export function ownImport(file: string, specifier: string): Readonly<Record<string, string>> {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (!existsSync(manifest)) continue;
    const { imports = {} }: { imports?: Record<string, Record<string, string>> } = JSON.parse(
      readFileSync(manifest, "utf8"),
    );
    const targets = Object.entries(imports[specifier] ?? {});
    return Object.fromEntries(targets.map(([name, path]) => [name, join(folder, path)]));
  }
  return {};
}

/** Every source file in a folder. */
export function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))
    .sort();
}

/** Every import of every source file in a folder. */
export function importsIn(folder: string): Import[] {
  const named = (file: string) => relative(folder, file).split(sep).join("/");
  return sourcesIn(folder).flatMap((file) =>
    specifiersOf(file).flatMap((specifier): Import | Import[] => {
      const from = named(file);
      if (specifier.startsWith("#")) {
        // Whatever the condition; they are written as what was built of the sources.
        const built = new Set(Object.values(ownImport(file, specifier)));
        return [...built].map((path) => {
          const [, inside = path] = path.split(`${sep}dist${sep}`);
          const to = inside
            .split(sep)
            .join("/")
            .replace(/(?:\.d\.ts|\.js)$/, ".ts");
          return { from, to, kind: existsSync(join(folder, to)) ? "file" : "outside" };
        });
      }
      if (!specifier.startsWith(".")) return { from, to: specifier, kind: "package" };
      const target = resolve(dirname(file), specifier);
      const source = [".ts", ".tsx"]
        .map((extension) => target.replace(/\.jsx?$/, extension))
        .find((path) => existsSync(path));
      const to = named(source ?? target);
      return { from, to, kind: to.startsWith("..") ? "outside" : "file" };
    }),
  );
}

/** The files that import each other in a circle, one list for each circle. */
export function circlesOf(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to, kind } of imports) {
    if (kind === "file") targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) circles.push([...way.slice(start), file]);
    if (start >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return circles;
}

/**
 * The imports that go from a lower room to a higher one, or to or from one that has no place.
 *
 * @param order rooms and files at the root, the lowest first; `*` is whatever else is at the root
 */
export function upwardImports(imports: readonly Import[], order: readonly string[]): Import[] {
  const placeOf = (file: string): number => {
    const [room = "", ...inside] = file.split("/");
    const place = order.indexOf(room);
    return place < 0 && inside.length === 0 ? order.indexOf("*") : place;
  };
  return imports.filter(({ from, to, kind }) => {
    if (kind !== "file") return false;
    const [own, other] = [placeOf(from), placeOf(to)];
    return own < 0 || other < 0 || other > own;
  });
}

/** The imports that leave the package otherwise than by the entry of another one. */
export function trespassing(imports: readonly Import[], entries: ReadonlySet<string>): Import[] {
  return imports.filter(({ to, kind }) => {
    if (kind === "outside") return true;
    return kind === "package" && to.startsWith("@media-protection/") && !entries.has(to);
  });
}

/** What packages publish: their names with each of their `exports`. */
export function entriesOf(manifests: readonly string[]): Set<string> {
  return new Set(
    manifests.flatMap((manifest) => {
      const { name, exports = {} }: { name: string; exports?: object } = JSON.parse(
        readFileSync(manifest, "utf8"),
      );
      return Object.keys(exports).map((entry) => name + entry.slice(1));
    }),
  );
}

/** An import as a failure names it. */
export function shown({ from, to }: Import): string {
  return `${from} -> ${to}`;
}
