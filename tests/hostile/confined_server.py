"""The worker of these tests, as one that stays and is asked again and again."""

from __future__ import annotations

from gehoor.adapters.sandbox.child import serve_confined
from tests.hostile.confined_worker import TASKS

if __name__ == "__main__":
    serve_confined(lambda asked: TASKS[asked["task"]](asked))
