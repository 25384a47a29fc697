// Draws the table of rates. Without it, the table itself is there.

const COLOURS = {
  prepared: "--amber", confirmed: "--blue", consumed: "--green", redelivered: "--accent",
  dead: "--red", rejected: "--orange", p50: "--blue", p99: "--orange",
};

const probe = document.createElement("span");
probe.hidden = true;
document.body.append(probe);
function colour(name) {
  probe.className = `ink${name}`;
  return getComputedStyle(probe).color;
}

const table = document.getElementById("rates");
const columns = [...table.querySelectorAll("thead [data-name]")].map((cell) => ({ name: cell.dataset.name, label: cell.textContent }));
const rows = [...table.querySelectorAll("tbody tr")].map((row) => ({
  at: new Date(row.querySelector("[data-at]").dataset.at),
  values: [...row.querySelectorAll("td")].map((cell) => (cell.textContent === "" ? null : Number(cell.textContent))),
}));
const perMinute = 60000 / Number(document.getElementById("charts").dataset.bucket);
const days = rows.length > 1 && rows.at(-1).at - rows[0].at > 86400000;
const clock = new Intl.DateTimeFormat(document.documentElement.lang, days
  ? { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false }
  : { hour: "2-digit", minute: "2-digit", hour12: false });

let charts = [];
function draw() {
  charts.forEach((chart) => chart.destroy());
  const soft = colour("--soft");
  const line = colour("--line");
  charts = [...document.querySelectorAll("[data-series]")].map((figure) => {
    const names = figure.dataset.series.split(" ");
    const isTime = names.includes("p50");
    return new Chart(figure.querySelector("canvas"), {
      type: "line",
      data: {
        labels: rows.map((row) => clock.format(row.at)),
        datasets: names.map((name) => {
          const at = columns.findIndex((column) => column.name === name);
          return {
            label: columns[at].label,
            data: rows.map((row) => (row.values[at] === null || isTime ? row.values[at] : row.values[at] * perMinute)),
            borderColor: colour(COLOURS[name]),
            backgroundColor: colour(COLOURS[name]),
            borderWidth: 1.75,
            pointRadius: isTime ? 1.5 : 0,
            pointHitRadius: 8,
            tension: 0.2,
            spanGaps: true,
          };
        }),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        plugins: { legend: { labels: { color: soft, boxWidth: 10, boxHeight: 2 } } },
        scales: {
          x: { ticks: { color: soft, maxTicksLimit: 6, maxRotation: 0 }, grid: { display: false }, border: { color: line } },
          y: { type: isTime ? "logarithmic" : "linear", beginAtZero: !isTime, ticks: { color: soft, maxTicksLimit: 5 }, grid: { color: line }, border: { display: false } },
        },
      },
    });
  });
}

draw();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
