import assert from "node:assert/strict";
import { test } from "node:test";
import { PhotoRefused } from "../../fieldapp/static/field/photos/errors.js";
import { Draft } from "../../fieldapp/static/field/screens/draft.js";
import { FakeInventory } from "./fake-store.js";

const floor = { kind: "element", fields: { element_kind: "floor", position: 1, state: null } };

test("a tap shows at once and is not called kept before it is", async () => {
  const inventory = new FakeInventory("i1", { floor });
  const draft = new Draft(inventory);
  const kept = draft.set("floor", "element", "state", "poor");
  assert.equal(draft.get("floor")?.fields.state, "poor");
  assert.equal(draft.where("floor").place, "saving");
  await kept;
  assert.equal(draft.where("floor").place, "tablet");
  assert.equal(inventory.get("floor")?.fields.state, "poor");
});

test("each write is durable before the next is begun", async () => {
  const inventory = new FakeInventory("i1", { floor });
  const draft = new Draft(inventory);
  await Promise.all(["new", "good", "poor"].map((state) => draft.set("floor", "element", "state", state)));
  assert.equal(inventory.mostAtOnce, 1);
  assert.equal(inventory.get("floor")?.fields.state, "poor");
});

test("a full disk is told, keeps what was tapped, and goes on after a retry", async () => {
  const inventory = new FakeInventory("i1", { floor });
  const draft = new Draft(inventory);
  inventory.failWith(new DOMException("full", "QuotaExceededError"));
  const told = new Promise((done) => draft.subscribe(() => draft.problem && done(draft.problem)));
  const kept = draft.set("floor", "element", "state", "poor");
  const after = draft.set("floor", "element", "note", "Rayure");
  assert.equal(/** @type {any} */ (await told).name, "QuotaExceededError");
  assert.equal(draft.get("floor")?.fields.state, "poor");
  assert.equal(draft.where("floor").place, "stuck");
  inventory.failWith(null);
  draft.retry();
  await Promise.all([kept, after]);
  assert.equal(draft.problem, null);
  assert.deepEqual([inventory.get("floor")?.fields.state, inventory.get("floor")?.fields.note], ["poor", "Rayure"]);
});

test("a file that is no picture says so and lets the taps behind it through", async () => {
  const inventory = new FakeInventory("i1", { floor });
  const draft = new Draft(inventory);
  inventory.failPhotosWith(new PhotoRefused("damaged_image"));
  const photo = draft.addPhoto({
    subjectKind: "element",
    subjectId: "floor",
    roomId: null,
    source: "file",
    blob: new Blob(),
  });
  const tap = draft.set("floor", "element", "state", "good");
  await assert.rejects(photo, { code: "damaged_image" });
  await tap;
  assert.equal(inventory.get("floor")?.fields.state, "good");
});

test("a photo that finds no place stays in hand until it does, and the taps behind it go through", async () => {
  const inventory = new FakeInventory("i1", { floor });
  const draft = new Draft(inventory);
  inventory.failPhotosWith(new DOMException("full", "QuotaExceededError"));
  const told = new Promise((done) => draft.subscribe(() => draft.problem && done(draft.problem)));
  const photo = draft.addPhoto({
    subjectKind: "element",
    subjectId: "floor",
    roomId: null,
    source: "file",
    blob: new Blob(["a picture"]),
  });
  await draft.set("floor", "element", "state", "good");
  assert.equal(/** @type {any} */ (await told).name, "QuotaExceededError");
  assert.equal(inventory.get("floor")?.fields.state, "good");
  assert.equal(draft.saving, true);
  assert.equal(draft.photos("floor").length, 0);
  inventory.failPhotosWith(null);
  draft.retry();
  await photo;
  assert.equal(draft.problem, null);
  assert.equal(draft.saving, false);
  assert.equal(draft.photos("floor").length, 1);
});

test("what is removed by a tap leaves the list at once", () => {
  const draft = new Draft(new FakeInventory("i1", { floor }));
  void draft.set("floor", "element", "deleted", true);
  assert.deepEqual(draft.list("element"), []);
});
