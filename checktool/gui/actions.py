"""Everything the window can be told to do, in one table: name, menu, keys.

The text of an action is ``[actions] <name>`` in gui.ja.toml. Which of them work now is up to the page that is
shown (``Page.commands``) and to the window.
"""

from dataclasses import dataclass

FILE, VIEW, MOVE, HELP = "file", "view", "move", "help"
MENUS = (FILE, MOVE, VIEW, HELP)


@dataclass(frozen=True, slots=True)
class Action:
    """One action; ``keys`` are key sequences in portable text, ``checkable`` ones can be on or off."""

    name: str
    menu: str
    keys: tuple[str, ...] = ()
    checkable: bool = False
    separated: bool = False


ACTIONS = (
    Action("choose_files", FILE, ("Ctrl+O",)),
    Action("choose_folder", FILE, ("Ctrl+Shift+O",)),
    Action("practice", FILE),
    Action("recheck", FILE, ("F5",), separated=True),
    Action("stop", FILE, ("Esc",)),
    Action("write", FILE, ("Ctrl+S",), separated=True),
    Action("excel", FILE, ("Ctrl+E",)),
    Action("pdf", FILE),
    Action("print", FILE, ("Ctrl+P",)),
    Action("print_preview", FILE, ("Ctrl+Shift+P",)),
    Action("copy_text", FILE, ("Ctrl+Shift+C",)),
    Action("operator", FILE, separated=True),
    Action("quit", FILE, ("Ctrl+Q",)),
    Action("go_choose", MOVE, ("Ctrl+1",)),
    Action("go_results", MOVE, ("Ctrl+2",)),
    Action("go_correct", MOVE, ("Ctrl+3",)),
    Action("go_write", MOVE, ("Ctrl+4",)),
    Action("go_history", MOVE, ("Ctrl+H",)),
    Action("go_manage", MOVE, ("Ctrl+M",)),
    Action("next_file", MOVE, ("Alt+Down",), separated=True),
    Action("previous_file", MOVE, ("Alt+Up",)),
    Action("next_finding", MOVE, ("F8",)),
    Action("previous_finding", MOVE, ("Shift+F8",)),
    Action("find", MOVE, ("Ctrl+F",)),
    Action("filter_clean", VIEW, ("1",)),
    Action("filter_confirm", VIEW, ("2",)),
    Action("filter_correct", VIEW, ("3",)),
    Action("filter_unchecked", VIEW, ("4",)),
    Action("filter_all", VIEW, ("0",)),
    Action("common_findings", VIEW, ("Ctrl+G",)),
    Action("switch_view", VIEW, ("F6",), separated=True),
    Action("hide_values", VIEW, ("Ctrl+Shift+H",), checkable=True),
    Action("larger", VIEW, ("Ctrl++", "Ctrl+="), separated=True),
    Action("smaller", VIEW, ("Ctrl+-",)),
    Action("normal_size", VIEW, ("Ctrl+0",)),
    Action("explain", HELP, ("F1",)),
    Action("manual", HELP, ("Ctrl+F1",)),
    Action("about", HELP, separated=True),
)
BY_NAME = {action.name: action for action in ACTIONS}
THEME_CHOICES = ("system", "light", "dark", "contrast")
