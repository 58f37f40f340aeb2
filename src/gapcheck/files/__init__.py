"""In and out: the one door to YAML, the validation of what came through it, and writes that cannot tear."""
