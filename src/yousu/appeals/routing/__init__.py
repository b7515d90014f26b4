"""转交规则: which unit a case should go to, as data: conditions in a small language, tried before they hold."""
