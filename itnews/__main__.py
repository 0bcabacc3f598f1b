"""`python -m itnews` is the command `itnews`."""

from itnews.cli.start import main

if __name__ == "__main__":
    main()
