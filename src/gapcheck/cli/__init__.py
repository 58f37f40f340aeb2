"""The command line: parse, build, write, exit. The only place that reads the clock."""
