"""What an editor shows of a report: functions over a `Result`, with offsets into its text and no protocol."""
