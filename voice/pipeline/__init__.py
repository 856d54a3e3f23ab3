"""Sound in, sound out: the line of processors between a person's microphone and their loudspeaker."""
