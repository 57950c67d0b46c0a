// Shows how long ago something happened; the exact time stays as a tooltip.
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const units = [["day", 86400], ["hour", 3600], ["minute", 60]];

for (const time of document.querySelectorAll("time[data-relative]")) {
  const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? ["second", 1];
  if (seconds >= 0 && seconds < 30 * 86400) {
    time.title = time.textContent;
    time.textContent = seconds < 60 ? "just now" : relative.format(-Math.floor(seconds / size), unit);
  }
}
