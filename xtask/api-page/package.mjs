// The declarations of the package, as TypeDoc reads them.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { Application, Converter, LogLevel, ReflectionKind } from "typedoc";

const PACKAGE = new URL("../../pkg/", import.meta.url);

/** A module for each entry of the package that has types, and what is wrong with them. */
export async function readPackage() {
  const { exports } = JSON.parse(await readFile(new URL("package.json", PACKAGE), "utf8"));
  const entries = Object.values(exports).flatMap(({ types }) => (types ? [fileURLToPath(new URL(types, PACKAGE))] : []));
  const typedoc = await Application.bootstrap({
    entryPoints: entries,
    tsconfig: fileURLToPath(new URL("tsconfig.json", import.meta.url)),
    excludeExternals: true,
    excludePrivate: true,
    disableSources: true,
    readme: "none",
    sort: ["source-order"],
    // What it does not look into, `undocumented` does: a type that is written in place is told of where it stands.
    validation: { notExported: true, invalidLink: true, notDocumented: false },
    logLevel: LogLevel.Warn,
  });
  typedoc.converter.on(Converter.EVENT_CREATE_DECLARATION, keepNameOfProperty);
  typedoc.converter.on(Converter.EVENT_CREATE_SIGNATURE, keepNamesOfSignature);
  const project = await typedoc.convert();
  if (!project) throw new Error("the package cannot be read: is it built?");
  typedoc.validate(project);
  const problems = undocumented(project);
  if (typedoc.logger.hasWarnings()) problems.push("TypeDoc warns, see above");
  return { modules: project.children, problems };
}

// The compiler forgets the name of a type that stands for text or a number, such as `Timestamp`: it is read as written.

function keepNameOfProperty(context, property) {
  const symbol = context.getSymbolFromReflection(property);
  // What a mapped type makes is written nowhere.
  if (symbol && !(symbol.flags & ts.SymbolFlags.Transient)) keepName(context, property, symbol.valueDeclaration?.type);
}

function keepNamesOfSignature(context, signature, written) {
  if (!written) return;
  const { parameters = [], typeParameters = [] } = signature;
  keepName(context, signature, written.type);
  for (const [place, parameter] of parameters.entries()) keepName(context, parameter, written.parameters[place].type);
  for (const [place, parameter] of typeParameters.entries()) keepName(context, parameter, written.typeParameters[place].constraint);
}

function keepName(context, reflection, type) {
  if (type) reflection.type = context.converter.convertType(context, type);
}

const EXPORTED = ReflectionKind.SomeModule | ReflectionKind.Class | ReflectionKind.Interface | ReflectionKind.TypeAlias | ReflectionKind.Variable;
const MEMBER = ReflectionKind.Property | ReflectionKind.GetSignature | ReflectionKind.CallSignature | ReflectionKind.ConstructorSignature;

/** What has no sentence. */
function undocumented(project) {
  const isInPlace = (reflection) => reflection !== undefined && (reflection.kindOf(ReflectionKind.TypeLiteral) || isInPlace(reflection.parent));
  return project
    .getReflectionsByKind(EXPORTED | MEMBER)
    .filter((reflection) => !reflection.hasComment() && !isInPlace(reflection))
    .map((reflection) => `${reflection.getFullName()} has no doc comment`);
}
