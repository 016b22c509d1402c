"""From a rubric and a catalogue to the plan of what is computed, from what, in which pass."""

from scorekit.compiling.checks import checks
from scorekit.compiling.metaschema import metaschema
from scorekit.compiling.paper import printed_standard
from scorekit.compiling.planning import compile_plan
from scorekit.compiling.table import standard_table

__all__ = ["checks", "compile_plan", "metaschema", "printed_standard", "standard_table"]
