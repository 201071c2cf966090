// The visitor's own clock, on a tile that is not there without it. It comes after everything else:
// the names of time zones take a telephone longer than the whole page.
addEventListener("load", () => setTimeout(() => {
  const tile = document.querySelector(".clock");
  if (!tile) return;
  const time = tile.querySelector("time");
  const tick = () => {
    const now = new Date();
    time.dateTime = now.toISOString();
    time.textContent = now.toTimeString().slice(0, 5);
    setTimeout(tick, 60000 - now % 60000);
  };
  tick();
  tile.querySelector(".sub").textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;
  tile.hidden = false;
}));
