"""What people look at: projection, rendering and the live channel. Never decides anything."""
