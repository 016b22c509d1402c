"""From paths to rubrics, notices, submissions and earlier results."""
