"""Run every case that has no current result, on every environment, and write what came out."""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from generator.errors import ProblemError
from generator.versions import cases, environments, grid, probing, results
from generator.versions.cases import Case
from generator.versions.environments import Environment
from generator.versions.results import Outcome, Record

JOBS = 2
"""Installations that are there at the same time: a few GB each."""


@dataclass
class Summary:
    """What one environment did."""

    environment: str
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    different: dict[str, Outcome | None] = field(default_factory=dict)
    """Case -> what was recorded, where that is something else or nothing."""
    installing: float = 0.0
    """Seconds."""
    seconds: float = 0.0
    """Seconds that the cases took."""
    failed: str = ""


@dataclass
class Sweep:
    """The records, and what is to be run."""

    versions: Record = field(default_factory=lambda: results.read(results.VERSIONS))
    selection: Record = field(default_factory=lambda: results.read(results.SELECTION))
    product: Record = field(default_factory=lambda: results.read(results.PRODUCT))
    known: dict[str, Case] = field(default_factory=cases.load)
    reduced: dict[str, Case] = field(default_factory=grid.reduced)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wanted(self, environment: Environment) -> list[tuple[Record, dict[str, Case]]]:
        """Return each record with the cases that an environment has to have in it."""
        everywhere = [(self.versions, self.known), (self.selection, self.reduced)]
        if product := grid.product(environment.id):
            return [*everywhere, (self.product, product)]
        return everywhere

    def stale(self, environment: Environment) -> dict[str, Case]:
        """Return the cases of an environment that have no current result."""
        found: dict[str, Case] = {}
        for record, wanted in self.wanted(environment):
            found |= {name: wanted[name] for name in record.stale(environment, wanted)}
        return found

    def recorded(self, environment: Environment) -> dict[str, Outcome]:
        """Return the outcomes that are written down for the cases as they are now."""
        return {
            name: record.found[name][environment.id]
            for record, wanted in self.wanted(environment)
            for name, case in wanted.items()
            if record.keys.get(name) == cases.key(case) and environment.id in record.found[name]
        }

    def write(
        self, environment: Environment, versions: dict[str, str], outcomes: dict[str, Outcome]
    ) -> None:
        """Write the results of an environment."""
        with self.lock:
            for record, wanted in self.wanted(environment):
                new = {name: one for name, one in outcomes.items() if name in wanted}
                record.merge(environment, versions, new, wanted)
                record.forget(list(environments.load()), set(wanted))
                record.save()

    def give_up(self, environment: Environment, reason: str) -> None:
        """Write why an environment has no results."""
        with self.lock:
            for record, wanted in self.wanted(environment):
                record.fail(environment, reason)
                record.forget(list(environments.load()), set(wanted))
                record.save()


Work = list[tuple[Environment, dict[str, Case]]]


def run(
    work: Work, *, record: bool, done: Callable[[Summary], None], advance: Callable[[], None]
) -> None:
    """Run cases on environments, two installations at a time, each deleted when it is done.

    Each environment is written as it finishes, so an interruption loses only those under way.

    Args:
        work: the environments, and the cases to run on each.
        record: write what comes out; otherwise only compare.
        done: is given the summary of each environment.
        advance: is called when a case has ended.

    """
    sweep = Sweep()
    by_base: dict[str, Work] = defaultdict(list)
    for environment, wanted in work:
        by_base[environment.base.name].append((environment, wanted))

    def one_base(part: Work) -> None:
        for environment, wanted in part:
            done(one_environment(sweep, environment, wanted, advance, record=record))
            if environment.over:
                environments.remove([environment.folder])
        base = part[0][0].base
        if base.name != environments.PROJECT:
            environments.remove([base.folder])

    # The longest first, so that no core idles at the end.
    longest_first = sorted(by_base.values(), key=len, reverse=True)
    with ThreadPoolExecutor(JOBS) as pool:
        futures = [pool.submit(one_base, part) for part in longest_first]
        try:
            for future in futures:
                future.result()
        except BaseException:  # Ctrl-C above all: nothing may go on in the background
            pool.shutdown(wait=False, cancel_futures=True)
            probing.stop()
            raise


def one_environment(
    sweep: Sweep,
    environment: Environment,
    wanted: dict[str, Case],
    advance: Callable[[], None],
    *,
    record: bool,
) -> Summary:
    """Install an environment, run cases on it, and compare or write what comes out."""
    summary = Summary(environment.id)
    started = time.monotonic()
    try:
        environments.install(environment)
        summary.installing = time.monotonic() - started
        started = time.monotonic()
        versions, outcomes = probing.run(environment, list(wanted.values()), advance)
    except ProblemError as error:
        probing.go_on()  # Ctrl-C ends an installer, too: that is no answer of the environment
        summary.failed = str(error)
        if record:
            # What stands in the record is published, and paths of a machine are not.
            sweep.give_up(environment, re.sub(r"/\S*/", "…/", str(error).splitlines()[-1]))
        return summary
    finally:
        summary.seconds = time.monotonic() - started
    # Some releases of tf.keras do not say which Keras they are.
    versions = environment.pinned("keras") | versions
    # A process that was killed or hung says more of the machine than of Keras: it is run again.
    if died := [name for name, one in outcomes.items() if one.get("error") == "Died"]:
        summary.failed = f"to be run again: {', '.join(died)} ({outcomes[died[0]]['message']})"
        outcomes = {name: one for name, one in outcomes.items() if name not in died}
    summary.outcomes = outcomes
    before = sweep.recorded(environment)
    summary.different = {
        name: before.get(name)
        for name, outcome in outcomes.items()
        if not results.same(before.get(name), outcome)
    }
    if record:
        sweep.write(environment, versions, outcomes)
    return summary
