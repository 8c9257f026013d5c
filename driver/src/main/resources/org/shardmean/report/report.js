/*
 * The page reads without this script, which adds four things: the confusion matrix of every epoch,
 * the images of a cell, the images that excite a unit, and any sample as its numbers.
 * All texts come from the page itself, in its language; {0}, {1} … in them are filled in here.
 */
(() => {
  const byId = id => document.getElementById(id);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const tenths = new Intl.NumberFormat(document.documentElement.lang,
      {minimumFractionDigits: 1, maximumFractionDigits: 1});

  /* ---- The confusion matrix ---- */

  /** An epoch's cells, from distances and counts in turn to one count for each cell. */
  function unpacked(cells, classes) {
    const counts = new Array(classes * classes).fill(0);
    let at = 0;
    for (let i = 0; i < cells.length; i += 2) {
      at += cells[i];
      counts[at] = cells[i + 1];
    }
    return counts;
  }

  /** Each cell with its count, its share as asked for, and its shade from 0 to 9. */
  function cellsOf(counts, classes, shares) {
    const rows = new Array(classes).fill(0);
    const columns = new Array(classes).fill(0);
    counts.forEach((count, i) => {
      rows[Math.floor(i / classes)] += count;
      columns[i % classes] += count;
    });
    const cells = counts.map((count, i) => {
      const actual = Math.floor(i / classes);
      const predicted = i % classes;
      const all = shares === "columns" ? columns[predicted] : rows[actual];
      return {count, actual, predicted, share: all > 0 ? count / all : 0};
    });
    const isMistake = cell => cell.actual !== cell.predicted;
    const size = cell => shares === "counts" ? cell.count : cell.share;
    const largest = cells.filter(isMistake).reduce((most, cell) => Math.max(most, size(cell)), 0);
    for (const cell of cells) {
      cell.shade = cell.count === 0 ? 0
          : Math.ceil(9 * (isMistake(cell) ? Math.sqrt(size(cell) / largest) : cell.share));
    }
    return cells;
  }

  /** The matrix as the table that is in the page; its cells can be chosen by pointer and keys. */
  function tableView(explorer, classes, choose) {
    const table = explorer.querySelector("table.matrix");
    const tds = [...table.querySelectorAll("tbody td")];
    let current = 0;
    const move = to => {
      tds[current].tabIndex = -1;
      current = to;
      tds[current].tabIndex = 0;
      tds[current].focus();
    };
    const steps = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]};
    table.setAttribute("role", "grid");
    tds.forEach((td, i) => {
      td.tabIndex = i === 0 ? 0 : -1;
      td.addEventListener("click", () => { move(i); choose(i); });
      td.addEventListener("keydown", event => {
        if (event.key in steps) {
          const [down, right] = steps[event.key];
          const row = Math.floor(i / classes) + down;
          const column = i % classes + right;
          if (row >= 0 && row < classes && column >= 0 && column < classes) {
            move(row * classes + column);
          }
        } else if (event.key === "Enter" || event.key === " ") {
          choose(i);
        } else {
          return;
        }
        event.preventDefault();
      });
    });
    return {
      show(cells, shares) {
        tds.forEach((td, i) => {
          const {count, share, shade, actual, predicted} = cells[i];
          td.textContent = shares === "counts" ? count : count === 0 ? "" : tenths.format(100 * share);
          td.className = (actual === predicted ? "r" : "w") + shade;
        });
      },
      mark(cell) {
        tds.forEach((td, i) => td.setAttribute("aria-selected", i === cell));
      },
    };
  }

  /** The matrix of many classes as an image; a cell is chosen by its classes or by a click. */
  function imageView(explorer, classes, choose) {
    const image = explorer.querySelector("figure.heat image");
    const actual = byId("actual");
    const predicted = byId("predicted");
    const cell = () => {
      const [row, column] = [actual, predicted]
          .map(input => Math.max(0, Math.min(classes - 1, Math.floor(input.valueAsNumber || 0))));
      return row * classes + column;
    };
    [actual, predicted].forEach(input => input.addEventListener("input", () => choose(cell())));
    image.addEventListener("click", event => {
      const box = image.getBoundingClientRect();
      predicted.value = Math.floor((event.clientX - box.left) / box.width * classes);
      actual.value = Math.floor((event.clientY - box.top) / box.height * classes);
      choose(cell());
    });
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = classes;
    const pen = canvas.getContext("2d");
    return {
      show(cells) {
        pen.clearRect(0, 0, classes, classes);
        for (const {count, actual, predicted, shade} of cells) {
          if (count > 0) {
            const rgb = actual === predicted ? "0 135 100" : "213 94 0";
            pen.fillStyle = `rgb(${rgb} / ${0.35 + 0.65 * shade / 9})`;
            pen.fillRect(predicted, actual, 1, 1);
          }
        }
        image.setAttribute("href", canvas.toDataURL());
      },
      mark() {},
    };
  }

  function confusionExplorer(explorer) {
    const classes = Number(explorer.dataset.classes);
    const saved = Number(explorer.dataset.saved);
    const epochs = JSON.parse(explorer.dataset.epochs);
    const names = JSON.parse(explorer.dataset.names);
    const slider = byId("epoch");
    const found = byId("found");
    let epoch = saved;
    let shares = "counts";
    let chosen = -1;
    let cells = [];

    function show() {
      cells = cellsOf(unpacked(epochs[epoch].cells, classes), classes, shares);
      view.show(cells, shares);
      const shown = explorer.querySelector("input[name=cells]:checked")?.parentElement.textContent;
      byId("matrix-saved").textContent = shown
          ? filled(explorer.dataset.shown, epochs[epoch].title, shown.trim()) : epochs[epoch].title;
      if (slider) {
        byId("epoch-title").textContent = epochs[epoch].title;
        slider.setAttribute("aria-valuetext", epochs[epoch].title);
      }
      if (chosen >= 0) {
        choose(chosen);
      }
    }

    function choose(i) {
      chosen = i;
      const {actual, predicted, count} = cells[i];
      const cards = [...document.querySelectorAll(
          `#examples ~ * li[data-cell="${actual}-${predicted}"]`)];
      found.querySelector("p").textContent =
          filled(explorer.dataset.cell, names[actual] ?? actual, names[predicted] ?? predicted, number.format(count), cards.length)
          + (epoch !== saved && cards.length > 0 ? " " + explorer.dataset.other : "");
      found.querySelector("ul").replaceChildren(...cards.map(card => card.cloneNode(true)));
      found.hidden = false;
      view.mark(i);
    }

    const view = explorer.querySelector("table.matrix")
        ? tableView(explorer, classes, choose) : imageView(explorer, classes, choose);
    slider?.addEventListener("input", () => { epoch = slider.valueAsNumber; show(); });
    explorer.querySelectorAll("input[name=cells]").forEach(radio =>
        radio.addEventListener("change", () => { shares = radio.value; show(); }));
    explorer.querySelector(".controls").hidden = false;
    show();
  }

  /* ---- A sample as its numbers ---- */

  function pixelsOf(image) {
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const rgba = pen.getImageData(0, 0, canvas.width, canvas.height).data;
    let text = "";
    for (let row = 0; row < canvas.height; row++) {
      const values = [];
      for (let column = 0; column < canvas.width; column++) {
        values.push(String(rgba[4 * (row * canvas.width + column)]).padStart(3));
      }
      text += values.join(" ") + "\n";
    }
    return text;
  }

  function sampleNumbers(numbers) {
    for (const item of document.querySelectorAll("#samples li")) {
      const image = item.querySelector("img");
      const label = item.querySelector("span").textContent;
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", filled(numbers.dataset.show, label));
      button.append(...item.childNodes);
      item.append(button);
      button.addEventListener("click", () => {
        numbers.querySelector("pre").textContent = pixelsOf(image);
        byId("numbers-title").textContent = filled(numbers.dataset.title, label);
        numbers.open = true;
      });
    }
    numbers.querySelector(".more").hidden = false;
  }

  /* ---- The images that excite a unit of the first layer ---- */

  function excitingImages(weights) {
    const exciting = JSON.parse(weights.dataset.exciting);
    const pictures = document.querySelectorAll("#samples img, #examples ~ * li > img");
    const panel = byId("exciting");
    const buttons = [];
    weights.querySelectorAll(".after .units").forEach(units => units.setAttribute("role", "group"));
    weights.querySelectorAll(".after img").forEach((image, unit) => {
      if (!exciting[unit]?.length) {
        return;
      }
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", filled(weights.dataset.show, unit + 1));
      image.replaceWith(button);
      button.append(image);
      buttons.push(button);
      button.addEventListener("click", () => {
        buttons.forEach(other => other.setAttribute("aria-pressed", other === button));
        panel.querySelector("p").textContent = filled(weights.dataset.title, unit + 1);
        panel.querySelector("ul").replaceChildren(...exciting[unit].map(number => {
          const item = document.createElement("li");
          item.append(pictures[number].cloneNode());
          return item;
        }));
        button.closest(".pair").after(panel);
        panel.hidden = false;
      });
    });
    weights.parentElement.querySelector(".more").hidden = buttons.length === 0;
  }

  const explorer = byId("explorer");
  const weights = byId("weights");
  const numbers = byId("numbers");
  if (explorer) {
    confusionExplorer(explorer);
  }
  if (weights) {
    excitingImages(weights);
  }
  if (numbers) {
    sampleNumbers(numbers);
  }
})();
