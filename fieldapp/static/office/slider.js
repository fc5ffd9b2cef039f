/** Two photographs one over the other: the range, by finger or arrow keys, says how much of the later one is seen. */

for (const slider of document.querySelectorAll("[data-slider]")) {
  const range = slider.querySelector("input");
  if (!range || !(slider instanceof HTMLElement)) continue;
  const show = () => slider.style.setProperty("--seen", `${range.value}%`);
  range.hidden = false;
  range.addEventListener("input", show);
  slider.dataset.slider = "on";
  show();
}
