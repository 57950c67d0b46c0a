// Puts a feed's address on the clipboard; without script the address can still be selected.
for (const button of document.querySelectorAll("[data-copy]")) {
  const address = document.getElementById(button.dataset.copy);
  const said = document.getElementById(button.getAttribute("aria-describedby"));
  button.hidden = false;
  button.addEventListener("click", async () => {
    getSelection().selectAllChildren(address);
    try {
      await navigator.clipboard.writeText(address.textContent);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "Selected: press Ctrl+C or ⌘C to copy.";
    }
  });
}
