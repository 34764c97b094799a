"""Say which branches of Keras no case takes: `python branches.py <job.json> <report.json>`.

Runs the cases as `job.py` does, under coverage.py. Of the functions that choose a metric, and of
those that compute an accuracy, it reports the branches that no case takes, and the functions that
no case calls.

TensorFlow's functions run eagerly here, so that their lines are counted, and then every rank is
known. What asks for an unknown rank is therefore told as not taken, but for the loop of TensorFlow
1, where nothing runs eagerly.
"""

import ast
import json
import os
import re
import sys

import coverage
import job

WATCHED = re.compile(
    r"(handle_metrics|_handle_metrics|collect_metrics|collect_per_output_metric_info"
    r"|get_metric(_function|_name)?|_get_metric_(object|name)s?|is_binary_or_sparse_categorical"
    r"|_should_broadcast|_maybe_broadcast_to_outputs|_conform_to_outputs|map_to_output_names"
    r"|map_missing_dict_keys|_build_metrics_set|accuracy|binary_accuracy|(sparse_)?(top_k_)?categorical_accuracy"
    r"|\w+_matches|ragged_assert_compatible_and_get_flat_values|squeeze_or_expand_\w+)$"
)


def main():
    """Run the job, and write the report when it ends."""
    sys.argv, report = sys.argv[:2], sys.argv[2]
    with open(sys.argv[1]) as file:
        wanted = json.load(file)
    measured = coverage.Coverage(branch=True, data_file=None, include=["*/keras/*", "*/tf_keras/*"])
    ended = os._exit

    def end(code):
        measured.stop()
        with open(report, "w") as sink:
            json.dump(untaken(measured), sink)
        ended(code)

    os._exit = end
    if wanted["module"] != "keras" and not wanted["loop"]:
        run_eagerly()
    measured.start()
    job.main()


def run_eagerly():
    """Have functions called as they are written: a graph is made from a copy of their code."""
    import tensorflow as tf

    for name in ("run_functions_eagerly", "experimental_run_functions_eagerly"):
        if hasattr(getattr(tf, "config", None), name):
            getattr(tf.config, name)(True)
            return


def untaken(measured):
    """Return file -> function -> the lines with a branch that was not taken, or `null`."""
    found = {}
    for path in measured.get_data().measured_files():
        with open(path, encoding="utf-8") as file:
            source = file.read()
        analysis = measured._analyze(path)  # the public report has no branches for Python 3.6
        functions = dict(watched(ast.parse(source), ""))
        lines = source.splitlines()
        reported = {}
        for name, body in functions.items():
            run = analysis.statements & body - analysis.missing
            branches = sorted(set(analysis.missing_branch_arcs()) & run)
            reported[name] = [[line, lines[line - 1].strip()] for line in branches] if run else None
        # A file of which nothing was called is another Keras that TensorFlow brings.
        if any(one is not None for one in reported.values()):
            found[path] = reported
    return found


def watched(tree, prefix):
    """Yield name and lines of each watched function."""
    for node in ast.iter_child_nodes(tree):
        inner = prefix
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            inner = prefix + node.name + "."
        if isinstance(node, ast.FunctionDef) and WATCHED.match(node.name):
            last = max(getattr(one, "lineno", 0) for one in ast.walk(node))
            yield prefix + node.name, set(range(node.body[0].lineno, last + 1))
        yield from watched(node, inner)


if __name__ == "__main__":
    main()
