"""The plugins that come with scorekit: readers, rules, aggregators, awards and exporters, found as anyone's are."""
