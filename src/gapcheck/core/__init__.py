"""The ground floor: pure functions over frozen values. No file, clock, print or prompt is reached from here."""
