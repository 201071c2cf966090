// Point at a cell of the matrix: its column lights up as its row does.
addEventListener("DOMContentLoaded", () => {
  const table = document.querySelector(".matrix");
  if (!table) return;
  const light = (column) => {
    for (const cell of table.querySelectorAll(".lit")) cell.classList.remove("lit");
    if (column > 0) {
      for (const row of table.tBodies[0].rows) row.cells[column].classList.add("lit");
    }
  };
  table.addEventListener("pointerover", (event) => {
    const cell = event.target.closest("td, th");
    light(cell ? cell.cellIndex : 0);
  });
  table.addEventListener("pointerleave", () => light(0));
});
