// Draws tables of numbers over time. Without it, the tables themselves are there.

const COLOURS = {
  prepared: "--amber-ink", confirmed: "--blue-ink", consumed: "--green-ink", redelivered: "--violet-ink",
  dead: "--red-ink", rejected: "--orange-ink", p50: "--blue-ink", p99: "--orange-ink",
};
const PALETTE = ["--red-ink", "--orange-ink", "--violet-ink", "--blue-ink", "--amber-ink", "--green-ink", "--teal-ink", "--pink-ink", "--line-strong"]; // as the style sheet's .legend
const DASHES = [[], [6, 3], [2, 3]]; // so that nobody needs the colours

const probe = document.createElement("span");
probe.hidden = true;
document.body.append(probe);
function colour(name) {
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

function read(table) {
  const rows = [...table.querySelectorAll("tbody tr")];
  return {
    perMinute: 60000 / Number(table.dataset.bucket),
    times: rows.map((row) => new Date(row.querySelector("[data-at]").dataset.at)),
    columns: [...table.querySelectorAll("thead [data-name]")].map((cell, at) => ({
      name: cell.dataset.name,
      label: cell.textContent,
      values: rows.map((row) => row.querySelectorAll("td")[at].textContent).map((text) => (text === "" ? null : Number(text))),
    })),
  };
}

function clock(times) {
  const day = times.length > 1 && times.at(-1) - times[0] > 86400000 ? { month: "2-digit", day: "2-digit" } : {};
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...day, hour: "2-digit", minute: "2-digit", hour12: false });
}

const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 2 }).replaceAll(",", "\u202f");

function series(figure, { columns, perMinute }) {
  const names = figure.dataset.series?.split(" ") ?? columns.map((column) => column.name);
  const isStacked = figure.dataset.kind === "stacked";
  const factor = names.includes("p50") ? 1 : perMinute;
  return names.map((name, at) => {
    const column = columns.find((each) => each.name === name);
    const ink = colour(COLOURS[name] ?? PALETTE[at % PALETTE.length]);
    return {
      label: column.label,
      data: column.values.map((value) => (value === null ? null : value * factor)),
      borderColor: ink,
      backgroundColor: ink,
      borderWidth: isStacked ? 0 : 1.75,
      borderDash: isStacked ? [] : DASHES[at % DASHES.length],
      pointRadius: names.includes("p50") ? 1.5 : 0,
      pointHitRadius: 8,
      cubicInterpolationMode: "monotone",
    };
  });
}

function draw(figure) {
  const table = read(document.getElementById(figure.dataset.table));
  const time = clock(table.times);
  const soft = colour("--soft");
  const line = colour("--line");
  const isStacked = figure.dataset.kind === "stacked";
  const isTime = figure.dataset.series?.includes("p50") ?? false;
  const datasets = series(figure, table);
  return new Chart(figure.querySelector("canvas"), {
    type: isStacked ? "bar" : "line",
    data: { labels: table.times.map((at) => time.format(at)), datasets },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      plugins: {
        legend: { display: !isStacked, labels: { color: soft, usePointStyle: true, pointStyle: "line", pointStyleWidth: 24 } },
        tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${number(item.parsed.y)}` } },
      },
      scales: {
        x: { stacked: isStacked, ticks: { color: soft, maxTicksLimit: 6, maxRotation: 0 }, grid: { display: false }, border: { color: line } },
        y: {
          stacked: isStacked,
          type: isTime ? "logarithmic" : "linear",
          beginAtZero: !isTime,
          suggestedMax: isTime ? undefined : 1,
          ticks: { color: soft, maxTicksLimit: 5, callback: number },
          grid: { color: line },
          border: { display: false },
        },
      },
    },
  });
}

let charts = [];
function drawAll() {
  charts.forEach((chart) => chart.destroy());
  charts = [...document.querySelectorAll("figure[data-table]")].filter((figure) => document.getElementById(figure.dataset.table)).map(draw);
}

drawAll();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
