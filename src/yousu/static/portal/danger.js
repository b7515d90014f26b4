// 险情: words of danger show at once which number to call. Nothing is stopped.
export function danger(form) {
  const notices = Array.from(form.querySelectorAll("[data-danger]"), (part) => ({ part, words: part.dataset.danger.split("|") }));
  const look = () => {
    const said = form.elements.text.value.toLowerCase();
    for (const { part, words } of notices) {
      const isSaid = words.some((word) => said.includes(word));
      if (part.hidden === isSaid) part.hidden = !isSaid;
    }
  };
  form.addEventListener("input", look);
  look();
}
