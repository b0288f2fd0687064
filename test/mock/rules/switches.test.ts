import { readFileSync } from "node:fs";
import {
  createPlatform,
  defaultSwitches,
  parseSwitch,
  readSwitches,
  SwitchError,
  switchNames,
  switchTable,
} from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { sending, setScene } from "../scene.js";

describe("the table of switches", () => {
  test("has the defaults that the README promises", () => {
    expect(defaultSwitches).toEqual({
      deniedStatus: 401,
      missingScopeStatus: 401,
      filesHostAuth: "basic",
      jsonByAccept: false,
      jsonByCredentials: false,
      compatAtRoot: true,
      redirectToStorage: false,
      redirectToFiles: false,
      messageMediaPath: "either",
      retroactive: true,
      rootOpensSubprojects: true,
      checkCredentialsOnPublicMedia: false,
      supportsRange: true,
      cors: true,
    });
  });

  test.each(switchNames)("%s has its default among its values, and a description", (name) => {
    const { default: usual, description } = switchTable[name];
    const values: readonly unknown[] = switchTable[name].values;
    expect(values).toContain(usual);
    expect(new Set(values).size).toBeGreaterThan(1);
    expect(description).toMatch(/^\S.+\.$/);
  });
});

describe("the README", () => {
  const readme = readFileSync(new URL("../../../mock/README.md", import.meta.url), "utf8");

  test.each(switchNames)("lists %s with its values and its default, as not verified", (name) => {
    const { values, default: usual } = switchTable[name];
    const row = readme.split("\n").find((line) => line.startsWith(`| \`${name}\` `));
    expect(row).toContain(`| ${values.join(", ")} | ${usual} |`);
    expect(row).toContain("our reading, not verified");
  });
});

describe("switches from outside", () => {
  test("keep what is right", () => {
    const read = readSwitches({ deniedStatus: 404, cors: false, retroactive: undefined });
    expect(read).toEqual({ deniedStatus: 404, cors: false });
  });

  test.each([
    ["an unknown name", { deniedstatus: 404 }, 'Unknown switch "deniedstatus". Known switches: '],
    ["an inherited name", JSON.parse('{"__proto__":1}'), 'Unknown switch "__proto__".'],
    ["a value it cannot take", { deniedStatus: 402 }, "cannot be 402. Allowed: 401, 403, 404."],
    ["a number as text", { deniedStatus: "404" }, 'cannot be "404". Allowed: 401, 403, 404.'],
    ["a value of another type", { cors: "false" }, 'cannot be "false". Allowed: true, false.'],
    ["null", null, "must be an object"],
    ["a list", [], "must be an object"],
    ["a text", "cors=false", "must be an object"],
  ])("refuse %s", (_, input, message) => {
    expect(() => readSwitches(input)).toThrow(SwitchError);
    expect(() => readSwitches(input)).toThrow(message);
  });

  test.each(switchNames)("%s is read from name=value, each of its values", (name) => {
    for (const value of switchTable[name].values) {
      expect(parseSwitch(`${name}=${value}`)).toEqual({ [name]: value });
    }
  });

  test.each(["cors", "cors=", "cors=no", "=true", "nothing=true", "deniedStatus=401 "])(
    "%j is refused",
    (text) => {
      expect(() => parseSwitch(text)).toThrow(SwitchError);
    },
  );
});

describe("a platform's switches", () => {
  test("change together or not at all", () => {
    const platform = createPlatform({ switches: { cors: false } });
    const wrong = { deniedStatus: 404, retroactive: "no" };
    // A caller without types may pass anything.
    expect(() => platform.setSwitches(wrong as object)).toThrow(SwitchError);
    expect(platform.switches).toEqual({ ...defaultSwitches, cors: false });
  });

  test.each(switchNames)(
    "take each value of %s at the start, in code and by request",
    async (name) => {
      for (const value of switchTable[name].values) {
        const changes = { [name]: value };
        expect(createPlatform({ switches: changes }).switches).toEqual({
          ...defaultSwitches,
          ...changes,
        });
        const { platform, askAnything, space } = setScene();
        platform.setSwitches(changes);
        expect(platform.switches).toEqual({ ...defaultSwitches, ...changes });
        platform.reset();
        await askAnything(space("/__mock/switches"), sending("PATCH", {}, changes));
        expect(platform.switches).toEqual({ ...defaultSwitches, ...changes });
      }
    },
  );

  test("are what they were at the start after a reset", () => {
    const platform = createPlatform({ switches: { deniedStatus: 403 } });
    platform.setSwitches({ deniedStatus: 404, cors: false });
    platform.reset();
    expect(platform.switches).toEqual({ ...defaultSwitches, deniedStatus: 403 });
  });

  test("cannot be changed behind the platform's back", () => {
    const platform = createPlatform();
    expect(Object.isFrozen(platform.switches)).toBe(true);
  });
});
