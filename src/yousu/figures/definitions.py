"""指标定义: every figure, each one small function that gives the set it counts. Who imports this knows them all."""

from yousu.figures import bulletin_figures, unit_figures
from yousu.figures import supervision_figures as supervision_figures
from yousu.figures.registry import Definition as Definition
from yousu.figures.registry import catalogue as catalogue

COMPLETED, DECISIONS = bulletin_figures.COMPLETED, bulletin_figures.DECISIONS
RUNNING = unit_figures.RUNNING
