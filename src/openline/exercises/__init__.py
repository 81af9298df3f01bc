"""What an exercise is, what happens next in it, how it is judged, and its report; the incidents that ship lie beside.

Pure: the clock, the posts and the people are in `openline.cli.playing`. Exercises are written as
docs/guides/exercises.md says.
"""
