"""What an editor shows of a report, as pure functions over a result: offsets in, offsets and words out."""
