"""``python -m casework``, the same as the command ``casework``."""

from casework.cli import main

if __name__ == "__main__":
    main(prog_name="casework")
