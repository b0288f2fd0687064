import {
  type AnyMediaProtectionError,
  IntegrityError,
  isMediaProtectionError,
  MediaNotReadyError,
  NotFoundError,
  UnexpectedAnswerError,
} from "@media-protection/sdk";
import { describe, expect, expectTypeOf, test } from "vitest";

const request = { method: "GET", url: "https://example.signalwire.com/" };
const facts = { status: 404, request };

describe("a MediaNotReadyError", () => {
  const error = new MediaNotReadyError("late", facts);

  test("is a NotFoundError, under a name of its own", () => {
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ name: "MediaNotReadyError", status: 404, request });
    expect(isMediaProtectionError(error)).toBe(true);
  });

  test("is not what a NotFoundError calls itself", () => {
    const parent = new NotFoundError("gone", facts);
    expect(parent.name).toBe("NotFoundError");
    expect(parent).not.toBeInstanceOf(MediaNotReadyError);
  });
});

test("an UnexpectedAnswerError is no IntegrityError, and names its reason and field", () => {
  const error = new UnexpectedAnswerError("field", "no date", { request, field: "created_at" });
  expect(error).not.toBeInstanceOf(IntegrityError);
  expect(error).toMatchObject({ reason: "field", field: "created_at", request });
});

test("names tell the classes apart to the compiler, each its own fields", () => {
  const tell = (error: AnyMediaProtectionError) => {
    switch (error.name) {
      case "NotFoundError":
        return expectTypeOf(error.status).toEqualTypeOf<number>();
      case "MediaNotReadyError":
        return expectTypeOf(error).toEqualTypeOf<MediaNotReadyError>();
      case "UnexpectedAnswerError":
        return expectTypeOf(error.field).toEqualTypeOf<string | undefined>();
      case "IntegrityError":
        return expectTypeOf(error.reason).toEqualTypeOf<"cut" | "changed" | "wrong">();
      default:
        // What is left has neither of the names above.
        return expectTypeOf(error.name).not.toEqualTypeOf<"NotFoundError" | "MediaNotReadyError">();
    }
  };
  tell(new MediaNotReadyError("late", facts));
});
