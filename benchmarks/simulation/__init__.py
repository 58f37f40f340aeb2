"""Simulated people rate themselves and answer checks: what the model of levels gets right, and where it fails."""
