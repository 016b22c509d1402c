"""Forms in which the draft of a submission is written, by file ending."""
