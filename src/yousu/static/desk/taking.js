// 采用: a ready answer goes into the reply with its code, without leaving the page.
export function taking() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-take]");
    if (button === null) return;
    event.preventDefault();
    const { reply, article } = button.form.elements;
    reply.value = button.dataset.take;
    article.value = button.value;
    reply.dispatchEvent(new Event("input", { bubbles: true }));
    reply.focus();
  });
}
