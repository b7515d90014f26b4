"""图表库: makes the vendored build of Apache ECharts, lines and bars alone, from npm; needs npm.

Run `python scripts/build_echarts.py`; equal versions give equal files. What these two kinds of chart on two plain axes
never use is left out, so that a page with charts loads half of what the whole library weighs.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

ECHARTS, ESBUILD = "6.1.0", "0.25.12"
OUT = Path(__file__).parents[1] / "src/yousu/static/vendor" / f"echarts-{ECHARTS}"
ENTRY = """
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer]);
export { init };
"""
_NOTHING = "export default {};\n"
# Left out: the dark theme (colours come from tokens.css), words of time axes, options of ECharts 2 and 3, tooltips of
# HTML (they would write markup), axes of time, patterns.
LEFT_OUT = {
    "theme/dark.js": _NOTHING,
    "i18n/langZH.js": _NOTHING,
    "preprocessor/backwardCompat.js": "export default function () {}\n",
    "component/tooltip/TooltipHTMLContent.js": "export default class {}\n",
    "scale/Time.js": "export default class { static type = 'time' }\nexport function calcNiceForTimeScale() {}\n",
    "util/decal.js": "export function createOrUpdatePatternFromDecal() { return null; }\n",
}


def main() -> None:
    """Fetches, leaves out, bundles, and lays the licence beside the result."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        (place / "package.json").write_text('{"private": true}')
        packages = [f"echarts@{ECHARTS}", f"esbuild@{ESBUILD}"]
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", *packages], cwd=place, check=True)
        echarts = place / "node_modules/echarts"
        for path, instead in LEFT_OUT.items():
            if not (echarts / "lib" / path).exists():
                raise FileNotFoundError(f"ECharts {ECHARTS} has no lib/{path} to leave out")
            (echarts / "lib" / path).write_text(instead)
        (place / "entry.js").write_text(ENTRY)
        OUT.mkdir(parents=True, exist_ok=True)
        built = OUT / "echarts.js"
        how = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none"]
        subprocess.run(
            [place / "node_modules/.bin/esbuild", "entry.js", *how, f"--outfile={built}"], cwd=place, check=True
        )
        for name in ("LICENSE", "NOTICE"):
            shutil.copyfile(echarts / name, OUT / name)
        shutil.copyfile(place / "node_modules/zrender/LICENSE", OUT / "LICENSE.zrender")
        shutil.copyfile(place / "node_modules/tslib/LICENSE.txt", OUT / "LICENSE.tslib")
        print(built.name, built.stat().st_size)


if __name__ == "__main__":
    main()
