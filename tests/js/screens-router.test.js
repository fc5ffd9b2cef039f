import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, path } from "../../fieldapp/static/field/router.js";

test("an address names its screen, its inventory and the rest", () => {
  assert.deepEqual(parse("#/inventory/i1/room/r2"), { screen: "room", inventoryId: "i1", params: ["r2"] });
  assert.deepEqual(parse("#/inventory/i1/sign/party/p3"), {
    screen: "sign",
    inventoryId: "i1",
    params: ["party", "p3"],
  });
  assert.deepEqual(parse("#/inventory/i1"), { screen: "overview", inventoryId: "i1", params: [] });
});

test("what is unknown leads to the day, an unknown step to the inventory", () => {
  assert.equal(parse("").screen, "day");
  assert.equal(parse("#/nowhere").screen, "day");
  assert.equal(parse("#/inventory/i1/nothing").screen, "overview");
});

test("an address that is written is read back", () => {
  assert.deepEqual(parse(path("i/1", "room", "r 2")), { screen: "room", inventoryId: "i/1", params: ["r 2"] });
});
