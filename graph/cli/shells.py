"""Scripts by which shells complete: click's own, but for no space after ``actor=``, where a value is to follow.

fish adds none there of its own accord.
"""

from click.shell_completion import BashComplete, ZshComplete, add_completion_class

_BASH_ADDS = "COMPREPLY+=($value)"
_ZSH_DESCRIBES = "_describe -V unsorted completions_with_descriptions -U"


class _Bash(BashComplete):
    """Completion in bash."""

    source_template = BashComplete.source_template.replace(
        _BASH_ADDS, f"{_BASH_ADDS}\n            [[ $value == *= ]] && compopt -o nospace"
    )


class _Zsh(ZshComplete):
    """Completion in zsh: what ends in ``=`` is offered with an empty suffix in place of a space."""

    source_template = ZshComplete.source_template.replace(
        _ZSH_DESCRIBES,
        f'if [[ "${{completions_with_descriptions[1]%%%%:*}}" == *= ]]; then\n            {_ZSH_DESCRIBES} -S ""\n'
        f"        else\n            {_ZSH_DESCRIBES}\n        fi",
    )


def register_shells() -> None:
    """Make click use these scripts."""
    add_completion_class(_Bash)
    add_completion_class(_Zsh)
