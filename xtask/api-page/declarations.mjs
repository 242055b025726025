// What is exported, as TypeScript writes it.
import { ReflectionKind, ReflectionType, UnionType } from "typedoc";

const LONGEST_LINE = 120;

/** How a thing is declared: of a function each way to call it, of a long union each of its types in a line. */
export function declarations(exported) {
  const { name, comment, type } = exported;
  switch (exported.kind) {
    case ReflectionKind.Class:
      return [{ lines: headOf("class", exported), comment }];
    case ReflectionKind.Interface:
      return [{ lines: headOf("interface", exported), comment }];
    case ReflectionKind.Function:
      return exported.signatures.map((signature) => ({ lines: [`function ${call(signature)}`], comment: signature.comment }));
    case ReflectionKind.Variable:
      return [{ lines: [`const ${name}: ${type}`], comment }];
    case ReflectionKind.TypeAlias: {
      const head = `type ${name}${typeParameters(exported)} =`;
      const whole = `${head} ${type}`;
      const isLong = whole.length > LONGEST_LINE && type instanceof UnionType;
      return [{ lines: isLong ? [head, ...type.types.map(String)] : [whole], comment }];
    }
    default:
      throw new Error(`\`${name}\` is of a kind that this page does not know: ${ReflectionKind[exported.kind]}`);
  }
}

/** What a class or an interface has of its own; what it has of another type on the page is told of there. */
export function members({ children = [] }) {
  return children.filter((member) => !member.inheritedFrom?.reflection).flatMap(inWords);
}

function inWords({ name, kind, flags, type, comment, signatures, getSignature }) {
  if (kind === ReflectionKind.Constructor) return signatures.map((made) => ({ text: `new ${call(made)}`, comment: made.comment }));
  const named = `${flags.isStatic ? "static " : ""}${name.replace(/^\[(\w+)\]$/, "[Symbol.$1]")}${flags.isOptional ? "?" : ""}`;
  if (signatures) return signatures.map((called) => ({ text: call(called, named), comment: called.comment }));
  return [{ text: `${named}: ${type ?? getSignature.type}`, comment: comment ?? getSignature?.comment }];
}

function call(signature, name = signature.name) {
  return `${name}${typeParameters(signature)}(${parameters(signature)}): ${signature.type}`;
}

function parameters({ parameters: all = [] }) {
  // One that is taken apart where it is declared has no name of its own.
  return all.map((it) => `${it.name === "__namedParameters" ? "options" : it.name}${it.flags.isOptional ? "?" : ""}: ${it.type}`).join(", ");
}

function typeParameters({ typeParameters: all = [] }) {
  return all.length > 0 ? `<${all.map(({ name, type }) => (type ? `${name} extends ${type}` : name)).join(", ")}>` : "";
}

/** The head of a class or an interface, where it says more than its name. */
function headOf(what, exported) {
  // What is of a type that is not exported stands among the members.
  const others = (exported.extendedTypes ?? []).filter((type) => type.reflection || type.package === "typescript");
  const more = typeParameters(exported) + (others.length > 0 ? ` extends ${others.join(", ")}` : "");
  return more ? [`${what} ${exported.name}${more}`] : [];
}

/** A type that is written in place, of which TypeDoc says `Object` or `Function`. */
ReflectionType.prototype.getTypeString = function inPlace() {
  const { signatures: [signature] = [], children = [], indexSignatures = [] } = this.declaration;
  if (signature) return `(${parameters(signature)}) => ${signature.type}`;
  const named = children.map(({ name, flags, type }) => `${name}${flags.isOptional ? "?" : ""}: ${type}`);
  const others = indexSignatures.map((index) => `[${parameters(index)}]: ${index.type}`);
  return `{ ${[...named, ...others].join("; ")} }`;
};
