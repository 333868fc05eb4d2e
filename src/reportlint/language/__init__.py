"""What an editor shows of a report: functions of a result, in offsets. They know of no protocol."""
