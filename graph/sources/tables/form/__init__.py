"""Forms of a register: what its folder says of the table, how its rows are read, and what odd values mean."""
