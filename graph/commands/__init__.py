"""The commands of ``motegraf``: a module a group of commands, imported only when one of them is used.

At its top a module of commands imports click and what is as light; all else is imported in the functions that use it,
so that ``--help`` and completion are quick. The function of a command has the command's name.
"""

# Which module has which commands, in the order in which ``--help`` shows them.
MODULES = {
    "building": ("build", "check", "status", "schema"),
}
