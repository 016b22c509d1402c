"""Award rules: what a tie at the line where seats end does to the seats."""
