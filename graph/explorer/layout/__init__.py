"""Where things stand when the page opens."""
