"""Where entities stand when the page opens."""
