"""The positions of entities when the page opens."""
