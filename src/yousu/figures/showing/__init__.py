"""数字的样子: what an overview shows of figures: cards and charts as plain data, for whichever door draws them."""
