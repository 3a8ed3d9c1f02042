// Draws the charts of an account. Without this script the table by month says the same.
'use strict';

const HEIGHTS = {users: 240, usage: 180};
const host = document.getElementById('charts');
const charts = [];

/** A token as the canvas can use it: custom properties keep their light and dark values unresolved. */
function token(name) {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  host.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function percent(value) {
  return value == null ? 'unknown' : `${Math.floor(value * 100 + 1e-9)} %`;
}

function people(value) {
  return value == null ? 'unknown' : String(Math.round(value * 10) / 10);
}

function stageAt(series, second) {
  const band = series.stages.findLast(one => one.from < second + 86400);
  return band && (band.to === null || band.to > second) ? band.stage : 'none';
}

/** Stages behind the lines: a faint band, and its colour as a strip on top. */
function bands(series) {
  return chart => {
    const {left, top, width, height} = chart.bbox;
    const right = left + width;
    const context = chart.ctx;
    context.save();
    for (const band of series.stages) {
      const from = Math.max(left, chart.valToPos(band.from, 'x', true));
      const to = Math.min(right, band.to === null ? right : chart.valToPos(band.to, 'x', true));
      if (to > from) {
        context.fillStyle = token(`--${band.stage.toLowerCase()}`);
        context.globalAlpha = 0.1;
        context.fillRect(from, top, to - from, height);
        context.globalAlpha = 1;
        context.fillRect(from, top, to - from, 3 * devicePixelRatio);
      }
    }
    context.restore();
  };
}

/** What the frame of a chart leaves to it. */
function chartWidth() {
  return document.getElementById('chart-users').clientWidth;
}

/** While no day is pointed at, the legend tells the last one. */
function lastDay(chart) {
  if (chart.data[0].length > 0) {
    chart.setLegend({idx: chart.data[0].length - 1}, false);
  }
}

function options(series, height, lines, format, range) {
  const grid = {stroke: token('--line'), width: 1};
  const axis = {stroke: token('--quiet'), grid, ticks: grid, font: '12px system-ui, sans-serif'};
  return {
    width: chartWidth(),
    height,
    tzDate: second => uPlot.tzDate(new Date(second * 1000), 'Etc/UTC'),
    cursor: {sync: {key: 'account'}, drag: {x: true, y: false}},
    scales: {y: {range}},
    axes: [axis, {...axis, size: 56, values: (chart, ticks) => ticks.map(format)}],
    series: [
      {label: 'Day', value: '{DD} {MMM} {YYYY}'},
      {label: 'Stage', stroke: 'transparent', value: (chart, value, index, at) => at == null ? '–' : stageAt(series, series.days[at])},
      ...lines.map(line => ({
        label: line.label,
        stroke: token(line.colour),
        width: line.width ?? 2,
        dash: line.dash,
        spanGaps: false,
        paths: line.stepped ? uPlot.paths.stepped({align: 1}) : undefined,
        points: {show: false},
        value: (chart, value, index, at) => at == null ? '–' : line.format(value),
      })),
    ],
    hooks: {drawClear: [bands(series)], ready: [lastDay], setCursor: [chart => chart.cursor.idx ?? lastDay(chart)]},
  };
}

function draw(series) {
  charts.splice(0).forEach(chart => chart.destroy());
  const none = series.days.map(() => null);
  const ofSeats = series.seats.map(seats => seats === null || series.utilizationTarget === null ? null : seats * series.utilizationTarget);
  const target = series.days.map(() => series.usageTarget);
  const toTop = (chart, low, high) => [0, Math.max(10, high * 1.08)];
  charts.push(new uPlot(
    options(series, HEIGHTS.users, [
      {label: 'Seats', colour: '--quiet', dash: [8, 4], stepped: true, format: people},
      {label: `${percent(series.utilizationTarget)} of seats`, colour: '--target', width: 1, dash: [2, 3], stepped: true, format: people},
      {label: 'Users of the last closed month', colour: '--text', stepped: true, format: people},
      {label: 'Daily users', colour: '--fill', width: 1.5, format: people},
    ], value => String(value), toTop),
    [series.days, none, series.seats, ofSeats, series.monthly, series.daily],
    document.getElementById('chart-users')));
  charts.push(new uPlot(
    options(series, HEIGHTS.usage, [
      {label: 'Target', colour: '--target', width: 1, dash: [2, 3], format: percent},
      {label: 'Mean daily of monthly users', colour: '--fill', format: percent},
    ], percent, (chart, low, high) => [0, Math.max((series.usageTarget ?? 0) * 1.5, high * 1.1, 0.1)]),
    [series.days, none, target, series.usage],
    document.getElementById('chart-usage')));
}

function follow(series) {
  const redraw = () => draw(series);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  new MutationObserver(redraw).observe(document.documentElement, {attributeFilter: ['data-theme']});
  let width = chartWidth();
  new ResizeObserver(() => {
    if (chartWidth() !== width) {
      width = chartWidth();
      charts.forEach(chart => chart.setSize({width, height: chart.height}));
    }
  }).observe(host);
}

async function start() {
  const problem = document.getElementById('charts-problem');
  try {
    const response = await fetch(host.dataset.series);
    if (!response.ok) {
      throw new Error(`the server answered ${response.status}`);
    }
    const series = await response.json();
    draw(series);
    follow(series);
  } catch (error) {
    problem.textContent = `▲ The charts could not be drawn: ${error.message}. The table below has the numbers; load the page again to try again.`;
    problem.hidden = false;
  }
}

if (host) {
  start();
}
