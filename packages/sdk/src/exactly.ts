/**
 * `Given`, if it is exactly what `Expected` describes: without a field that `Expected` lacks, at any
 * depth. TypeScript itself checks that for literals only, not for a variable; so a misspelt switch
 * in one would be sent, and change nothing.
 */
export type Exactly<Expected, Given> = Given extends object
  ? { [Name in keyof Given]: Field<Expected, Name, Given[Name]> }
  : Given;

/** A field's exact type; `never`, which no value has, where `Expected` has no such field. */
type Field<Expected, Name extends PropertyKey, Given> =
  Name extends KeyOf<Expected>
    ? Given extends (...parameters: never) => unknown
      ? Given
      : Exactly<NonNullable<At<Expected, Name>>, Given>
    : never;

/** The fields that any member of a union has. */
type KeyOf<Union> = Union extends unknown ? keyof Union : never;

/** What a field may be in any member of a union that has it. */
type At<Union, Name extends PropertyKey> = Union extends { readonly [Key in Name]?: infer Value }
  ? Value
  : never;
