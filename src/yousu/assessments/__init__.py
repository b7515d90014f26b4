"""月度考核: a month's figures by unit, shown to the units, objected to, judged, and frozen as scores."""
