"""What `openline exercise run` is made of: posts of the parties as processes, the director, the loop, the proof."""
