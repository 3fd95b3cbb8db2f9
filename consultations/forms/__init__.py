"""Shape of input: remarks of people, entries of officials, the notice."""
