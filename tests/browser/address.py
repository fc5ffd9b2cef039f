"""Opens an address of the tablet, and waits until the screen that stood there has made room for the new one."""

from playwright.sync_api import Locator, Page, expect

# What the old screen shows may be just what is wanted of the new one: the change itself is waited for.
_GO = """async (address) => {
  const app = document.querySelector("fa-app");
  if (location.hash === address) return;
  const old = app.firstElementChild;
  const entered = new Promise((done) => {
    const watch = new MutationObserver(() => {
      if (app.firstElementChild === old) return;
      watch.disconnect();
      done();
    });
    watch.observe(app, { childList: true });
  });
  location.hash = address;
  await entered;
}"""


def go(page: Page, address: str, wanted: str) -> Locator:
    """Go to an address, as a link does; gives the first thing that is wanted of its screen, in view."""
    page.evaluate(_GO, address)
    found = page.locator(wanted).first
    expect(found).to_be_visible()
    return found
