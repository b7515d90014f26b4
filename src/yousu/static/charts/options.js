// 画法: what ECharts is told for a line over days and for bars; colours and sizes come from the page.
export function options(data, figure) {
  const style = getComputedStyle(figure);
  const look = {
    colour: (name) => style.getPropertyValue(name).trim(),
    size: Math.round(parseFloat(style.fontSize) * 0.86),
    family: style.fontFamily,
    isNarrow: figure.clientWidth < 480,
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const own = data.kind === "line" ? line(data, look) : bars(data, look);
  return {
    animation: !still,
    animationDuration: 120,
    animationDurationUpdate: 0,
    textStyle: { color: look.colour("--ink"), fontFamily: look.family, fontSize: look.size },
    tooltip: tooltip(data, look),
    ...own,
  };
}

const spoken = (value) => value.toLocaleString("en-US");

function tooltip(data, look) {
  return {
    trigger: "axis",
    renderMode: "richText",
    confine: true,
    transitionDuration: 0,
    axisPointer: { type: data.kind === "line" ? "line" : "none", lineStyle: { color: look.colour("--line-strong") } },
    backgroundColor: look.colour("--sheet"),
    borderColor: look.colour("--line-strong"),
    textStyle: { color: look.colour("--ink"), fontFamily: look.family, fontSize: look.size },
    formatter: ([first]) => {
      const row = data.rows[first.dataIndex];
      const more = row.typical === undefined ? row.share : `${data.words.typical} ${spoken(row.typical)}`;
      const rest = row.is_rest ? ` · ${data.words.rest}` : "";
      return [`${row.label}${rest}`, `${spoken(row.value)} ${data.unit}`, more].filter(Boolean).join("\n");
    },
  };
}

function axis(look) {
  const line = { lineStyle: { color: look.colour("--line-strong") } };
  return { axisLine: line, axisTick: { show: false }, axisLabel: { color: look.colour("--soft"), fontSize: look.size } };
}

function line(data, look) {
  const values = data.rows.map((row) => row.value);
  const [low, high] = [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
  const place = { [low]: "bottom", [high]: "top" };
  const label = { color: look.colour("--ink"), fontSize: look.size, formatter: ({ value }) => spoken(value) };
  return {
    grid: { left: look.size * 3.5, right: look.size * 1.5, top: look.size * 2, bottom: look.size * 2.2 },
    xAxis: { ...axis(look), type: "category", data: data.rows.map((row) => row.short) },
    yAxis: [
      {
        ...axis(look),
        type: "value",
        axisLine: { show: false },
        splitLine: { lineStyle: { color: look.colour("--line") } },
        splitNumber: 3,
        minInterval: 1,
      },
      { type: "value", min: 0, max: 1, show: false },
    ],
    series: [
      {
        // Days of rest: a band behind the line.
        type: "bar",
        yAxisIndex: 1,
        silent: true,
        barWidth: "100%",
        itemStyle: { color: look.colour("--shade-0") },
        data: data.rows.map((row) => (row.is_rest ? 1 : null)),
        animation: false,
        z: 0,
      },
      {
        type: "line",
        silent: true,
        symbol: "none",
        lineStyle: { type: "dashed", width: 1.5, color: look.colour("--series-5") },
        data: data.rows.map((row) => row.typical),
      },
      {
        type: "line",
        symbol: "circle",
        symbolSize: look.isNarrow ? 6 : 8,
        showAllSymbol: true,
        lineStyle: { width: 2, color: look.colour("--series-1") },
        itemStyle: { color: look.colour("--series-1") },
        data: data.rows.map((row, at) => ({
          value: row.value,
          label: { ...label, show: at in place, position: place[at] ?? "top" },
        })),
      },
    ],
  };
}

function bars(data, look) {
  const names = look.isNarrow ? 7 : 12;
  return {
    grid: { left: look.size * (names + 0.8), right: look.size * 7, top: 0, bottom: 0 },
    yAxis: {
      ...axis(look),
      type: "category",
      inverse: true,
      data: data.rows.map((row) => row.label),
      axisLabel: {
        color: look.colour("--ink"),
        fontSize: look.size,
        width: look.size * names,
        overflow: "break",
        interval: 0,
      },
    },
    xAxis: { type: "value", show: false, minInterval: 1 },
    series: [
      {
        type: "bar",
        barMaxWidth: look.size * 1.6,
        itemStyle: { color: look.colour("--series-1") },
        label: {
          show: true,
          position: "right",
          color: look.colour("--ink"),
          fontSize: look.size,
          formatter: ({ dataIndex }) => `${spoken(data.rows[dataIndex].value)}  ${data.rows[dataIndex].share}`,
        },
        data: data.rows.map((row) => row.value),
      },
    ],
  };
}
