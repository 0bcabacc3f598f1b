"""The process that reads one body under limits: question on stdin, answer on stdout (`apart`)."""

import sys

from itnews.markup.apart import OUT_OF_MEMORY, OUTCOME, QUESTION
from itnews.markup.failed import stumbled, too_deep
from itnews.markup.limits import MEMORY, SECONDS
from itnews.markup.reading import read_document

if sys.platform != "win32":
    import resource


def main() -> None:
    """Read, answer, end; the exit code is OUT_OF_MEMORY where memory ended, and 1 for a fault of ours."""
    _limit()
    try:
        sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def answer(asked: bytes) -> bytes:
    """The outcome of reading the body of the question *asked*. Whatever fails with any limits is part of it."""
    question = QUESTION.decode(asked)
    try:
        outcome = read_document(question.path, question.body_text, question.rules)
    except MemoryError:
        raise
    except RecursionError:
        outcome = too_deep(question.path)
    except Exception as reason:  # noqa: BLE001 - as in `parser`: one file's fault
        outcome = stumbled(question.path, reason)
    return OUTCOME.encode(outcome)


if sys.platform == "win32":

    def _limit() -> None:
        """Nothing: the time that `apart` waits has to do."""

else:

    def _limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
