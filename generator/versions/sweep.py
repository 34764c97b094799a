"""Run every case that has no current result, on every environment, and write what came out."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from generator.errors import ProblemError
from generator.versions import cases as declared
from generator.versions import environments, probing, results
from generator.versions.cases import Case
from generator.versions.environments import Environment
from generator.versions.results import Outcome, Record

JOBS = 2
"""Installations that are there at the same time: a few GB each."""


@dataclass
class Summary:
    """What one environment did."""

    environment: str
    ran: int = 0
    changed: int = 0
    """Results that differ from the ones before, where there were any."""
    seconds: float = 0.0
    failed: str = ""


@dataclass
class Sweep:
    """The records, and what is to be run."""

    versions: Record = field(default_factory=lambda: results.read(results.VERSIONS))
    selection: Record = field(default_factory=lambda: results.read(results.SELECTION))
    product: Record = field(default_factory=lambda: results.read(results.PRODUCT))
    cases: dict[str, Case] = field(default_factory=declared.load)
    grid: dict[str, Case] = field(default_factory=declared.grid)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wanted(self, environment: Environment) -> list[tuple[Record, dict[str, Case]]]:
        """Return each record with the cases that an environment has to have in it."""
        everywhere = [(self.versions, self.cases), (self.selection, self.grid)]
        if product := declared.product(environment.id):
            return [*everywhere, (self.product, product)]
        return everywhere

    def stale(self, environment: Environment, *, everything: bool) -> dict[str, Case]:
        """Return the cases to run on an environment."""
        found: dict[str, Case] = {}
        for record, wanted in self.wanted(environment):
            names = list(wanted) if everything else record.stale(environment, wanted)
            found |= {name: wanted[name] for name in names}
        return found

    def take(
        self, environment: Environment, versions: dict[str, str], outcomes: dict[str, Outcome]
    ) -> int:
        """Write the results of an environment, and return how many differ from those before."""
        changed = 0
        with self.lock:
            for record, wanted in self.wanted(environment):
                new = {name: one for name, one in outcomes.items() if name in wanted}
                for name, outcome in new.items():
                    before = record.found.get(name, {}).get(environment.id)
                    changed += before is not None and before != outcome
                record.merge(environment, versions, new, wanted)
                self._save(record, set(wanted))
        return changed

    def give_up(self, environment: Environment, reason: str) -> None:
        """Write why an environment has no results."""
        with self.lock:
            for record, wanted in self.wanted(environment):
                record.fail(environment, reason)
                self._save(record, set(wanted))

    def _save(self, record: Record, names: set[str]) -> None:
        record.forget(list(environments.load()), names)
        record.save()


def run(
    chosen: list[Environment],
    *,
    everything: bool,
    plan: Callable[[int], None],
    advance: Callable[[], None],
) -> list[Summary]:
    """Run what is stale on some environments, two installations at a time.

    Each environment is written as it finishes, so an interruption loses only those under way.

    Args:
        chosen: the environments.
        everything: run the cases that have a current result, too.
        plan: is told how many cases there are to run.
        advance: is called when a case has ended.

    """
    sweep = Sweep()
    by_base: dict[str, list[tuple[Environment, dict[str, Case]]]] = defaultdict(list)
    for environment in chosen:
        if stale := sweep.stale(environment, everything=everything):
            by_base[environment.base.name].append((environment, stale))
    plan(sum(len(stale) for work in by_base.values() for _, stale in work))
    summaries: list[Summary] = []

    def one_base(work: list[tuple[Environment, dict[str, Case]]]) -> None:
        for environment, stale in work:
            summaries.append(one_environment(sweep, environment, stale, advance))
            if environment.over:
                environments.remove([environment.folder])
        base = work[0][0].base
        if base.name != environments.PROJECT:
            environments.remove([base.folder])

    # The longest first, so that no core idles at the end.
    longest_first = sorted(by_base.values(), key=len, reverse=True)
    with ThreadPoolExecutor(JOBS) as pool:
        for done in [pool.submit(one_base, work) for work in longest_first]:
            done.result()
    return summaries


def one_environment(
    sweep: Sweep,
    environment: Environment,
    stale: dict[str, Case],
    advance: Callable[[], None],
) -> Summary:
    """Install an environment, run its cases and write them."""
    summary = Summary(environment.id)
    started = time.monotonic()
    try:
        environments.install(environment)
        started = time.monotonic()
        versions, outcomes = probing.run(environment, list(stale.values()), advance)
        summary.ran = len(outcomes)
        summary.changed = sweep.take(environment, versions, outcomes)
    except ProblemError as error:
        summary.failed = str(error)
        sweep.give_up(environment, str(error).splitlines()[-1])
    summary.seconds = time.monotonic() - started
    return summary


def compare(
    environment: Environment, wanted: dict[str, Case], advance: Callable[[], None]
) -> list[tuple[str, Outcome | None, Outcome]]:
    """Run some cases and return id, recorded outcome and outcome now, of each; write nothing."""
    sweep = Sweep()
    environments.install(environment)
    _, outcomes = probing.run(environment, list(wanted.values()), advance)
    recorded = sweep.versions.found | sweep.selection.found | sweep.product.found
    return [
        (name, recorded.get(name, {}).get(environment.id), outcome)
        for name, outcome in outcomes.items()
    ]
