"""Points for growth over last year (比上年增长)."""

from scorekit.plugin import Column, Number, Rule, hookimpl, rule


@rule(adds=True, says={"zh": "{of}比{last}增长{full_at:%}得满分,不足按比例", "en": "full marks for {of} at {full_at:%} over {last}"})
def growth(of: Column, last: Column, *, points: Number, full_at: Number) -> Column:
    """Points in proportion to the growth of *of* over *last*: full marks from *full_at* on, none without growth."""
    return points * ((of - last) / last / full_at).clip(0, 1)


@hookimpl
def scorekit_rules() -> list[Rule]:
    return [growth]
