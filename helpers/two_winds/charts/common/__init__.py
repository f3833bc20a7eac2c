"""What all charts share: the look, selecting rows, showing, the timeline."""
