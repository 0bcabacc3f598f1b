// Narrows what a page shows to what is chosen in its form, and keeps the choice in the page's address.
// <form data-filter> with a <select> for each of data-department, data-goal, data-status ... on the things to be shown.

const form = document.querySelector("form[data-filter]");
const things = [...document.querySelectorAll("[data-status]")];
const groups = [...document.querySelectorAll("[data-filtered]")];
const told = form.querySelector("output");

const chosen = () => [...new FormData(form)].filter(([, value]) => value);

const fits = (thing, wanted) =>
  wanted.every(([name, value]) => (thing.dataset[name] ?? "").split(" ").includes(value));

function apply() {
  const wanted = chosen();
  for (const thing of things) thing.hidden = !fits(thing, wanted);
  for (const group of groups) {
    group.hidden = !group.querySelector("[data-status]:not([hidden])");
  }
  const counted = things.filter((thing) => thing.matches("tr[data-counted]"));
  const shown = counted.filter((thing) => !thing.hidden);
  told.textContent = form.dataset.told.replace("{shown}", shown.length).replace("{all}", counted.length);
  const address = new URL(location.href);
  address.search = new URLSearchParams(wanted);
  history.replaceState(null, "", address);
}

function choose() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const select = form.elements[name];
    if (select && [...select.options].some((option) => option.value === value)) select.value = value;
  }
}

choose();
apply();
form.hidden = false;
form.addEventListener("change", apply);
form.addEventListener("reset", () => setTimeout(apply));
