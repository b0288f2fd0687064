/**
 * `Given`, if it is exactly what `Expected` describes: without a field that `Expected`, or any
 * member of it where it is a union, lacks, at any depth. TypeScript itself checks that for literals
 * only, not for a variable; so a misspelt switch in one would be sent, and change nothing.
 */
export type Exactly<Expected, Given> = Given extends (...parameters: never) => unknown
  ? Given
  : Given extends object
    ? {
        // A field that nobody knows may only be `never`, which no value is.
        [Name in keyof Given]: Name extends (Expected extends unknown ? keyof Expected : never)
          ? Exactly<
              Expected extends { readonly [Key in Name]?: infer Value }
                ? NonNullable<Value>
                : never,
              Given[Name]
            >
          : never;
      }
    : Given;
