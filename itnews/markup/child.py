"""The process that reads one body under limits: question on stdin, answer on stdout (`apart`)."""

import sys

from itnews.markup.apart import OUTCOME, QUESTION
from itnews.markup.limits import MEMORY, SECONDS
from itnews.markup.reading import read_document


def main() -> None:
    """Read, answer, end; any failure is an exit code other than 0."""
    _limit()
    question = QUESTION.validate_json(sys.stdin.buffer.read())
    outcome = read_document(question.path, question.body_text, question.rules)
    sys.stdout.buffer.write(OUTCOME.dump_json(outcome))


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has none: there the time that `apart` waits has to do
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
