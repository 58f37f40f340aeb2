"""The data of a journey, read by DuckDB: files to counts, with an account of every row that was left out.

    journey = maps.load(path, catalog)                      journey/map.yaml, every fault at once
    counted = reading.read(journey, path.parent, units)     core.journey.counts.Counted, or InputError
    sources = reading.sources(counted, path.parent)         a found.Source a file, with its digest
    text = propose.propose(file, catalog)                   a map.yaml for a file of which nothing is known

`units` are the units of the catalog's metrics (`reading.units_of(catalog)`); `until` leaves out what is dated later.
Nothing here outlives a call: DuckDB has a folder of its own that is deleted, and people are hashes in it.
"""
