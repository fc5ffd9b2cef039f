"""Answers a whole inventory through the open screen's own draft, for tests about what comes after the walk."""

from playwright.sync_api import Page, expect

FILL = """async ({ poor, photos }) => {
  const screen = document.querySelector("fa-overview-screen");
  const { draft, catalogue } = screen;
  const surfaces = Object.fromEntries(catalogue.elements.map((each) => [each.code, each.surface]));
  const usual = { floor: "Parquet", wall: "Peinture", ceiling: "Peinture" };
  const changes = [];
  const set = (entityId, kind, fields) => {
    for (const [field, value] of Object.entries(fields)) changes.push({ entityId, kind, field, value });
  };
  const elements = draft.list("element");
  for (const element of elements) {
    const surface = surfaces[element.element_kind];
    set(element.id, "element", { state: poor.includes(element.id) ? "poor" : "good", ...(poor.includes(element.id) ? { defects: ["hole"] } : {}) });
    if (surface) set(element.id, "element", { material: element.material || usual[surface], material_confirmed: true });
  }
  for (const [number, meter] of draft.list("meter").entries())
    set(meter.id, "meter", { state: "read", index: `0042${number}`, ...(meter.meter_kind === "electricity_hphc" ? { index_low: "00777" } : {}) });
  for (const key of draft.list("key")) set(key.id, "key", { confirmed: true, quantity: 2, destination: key.destination || "Porte palière" });
  for (const thing of draft.list("equipment")) set(thing.id, "equipment", { present: true, tested: "works" });
  for (const party of draft.list("party")) if (party.quality !== "agent") set(party.id, "party", { present: true });
  set(draft.id, "inventory", { keys_handed_at: new Date().toISOString(), insurance: { seen: true, insurer: "Mutuelle du Marais", expires: "2027-10-31" } });
  await draft.setMany(changes);
  const canvas = Object.assign(document.createElement("canvas"), { width: 1200, height: 900 });
  const context = canvas.getContext("2d");
  const shots = [...draft.list("room").map((room) => ["room", room.id, room.id]), ...poor.map((id) => ["element", id, elements.find((each) => each.id === id).room_id])];
  for (const [number, [subjectKind, subjectId, roomId]] of shots.slice(0, photos).entries()) {
    context.fillStyle = `hsl(${number * 40} 30% 60%)`;
    context.fillRect(0, 0, 1200, 900);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    await draft.addPhoto({ subjectKind, subjectId, roomId, source: "file", blob });
  }
}"""


def fill(page: Page, *, poor: int = 1, photos: int = 99) -> None:
    """On the overview: everything the law asks for is answered; the first `poor` elements have a hole."""
    expect(page.locator("fa-overview-screen .rounds li").first).to_be_visible()
    page.wait_for_function("!document.querySelector('fa-overview-screen').draft.saving")
    ids = page.evaluate(
        "(count) => document.querySelector('fa-overview-screen').draft.list('element').slice(0, count).map(({ id }) => id)",
        poor,
    )
    page.evaluate(FILL, {"poor": ids, "photos": photos})
