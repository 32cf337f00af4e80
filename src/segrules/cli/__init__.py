"""The commands, one file each: they read what was typed, call the engine, and show what it gives."""
