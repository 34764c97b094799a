"""What goes into Keras and what comes out, as arrays and as JSON."""

import contextlib
import importlib
import logging
import re
import sys
import warnings

import numpy as np

# First lines that say nothing; what happened stands in the last line, or in the next one.
LAST_LINE_SAYS = (
    "in user code:",
    "in converted code:",
    "Graph execution error:",
)
NEXT_LINE_SAYS = ("Exception encountered when calling",)
VARYING = (
    (re.compile("\x1b" + r"\[\d*m"), ""),
    (re.compile(r"\{\{(function_)?node [^}]*\}\} ?"), ""),
    (re.compile(r"\[Op:\w+\]( name:)?"), ""),
    (re.compile(r"0x[0-9a-f]+"), "0x…"),
    (re.compile(r"/[^\s'\"]*/"), "…/"),
    (re.compile(r"(?<=[A-Za-z])(_\d+)+\b"), ""),
    (re.compile(r"(?<=[A-Za-z])_\d+(?=[/:])"), ""),
    (re.compile(r"\s+"), " "),
)
MESSAGE_LENGTH = 160


@contextlib.contextmanager
def listening():
    """Collect what is said as a warning or in a log; releases differ in which they use."""
    heard = []

    class Listener(logging.Handler):
        def emit(self, record):
            heard.append(record.getMessage())

    listener = Listener()
    loggers = [logging.getLogger(name) for name in ("tensorflow", "absl")]
    for logger in loggers:
        logger.addHandler(listener)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield heard
    for logger in loggers:
        logger.removeHandler(listener)
    heard.extend(str(one.message) for one in caught)


def structured(case, values):
    """Return what belongs to several outputs in a list, or put where `structure` has their names.

    A list inside becomes a tuple: Keras takes a list of lists of arrays for one array.
    """
    if "structure" not in case:
        return values
    named = dict(zip(case["outputs"], values))

    def placed(part):
        if isinstance(part, dict):
            return {key: placed(one) for key, one in part.items()}
        return named[part] if isinstance(part, str) else tuple(placed(one) for one in part)

    return placed(case["structure"])


def calls_of(case):
    """Return the calls of a case, in order."""
    calls = case.get("call", "evaluate")
    return [calls] if isinstance(calls, str) else calls


def names_of(model):
    """Return the list that belongs to the values of evaluate, or that it is not there."""
    try:
        return [str(name) for name in model.metrics_names]
    except Exception as error:  # some releases refuse before the first batch
        return type(error).__name__


def name_of(metric):
    """Return the name of the function behind a metric, or of its class where there is none."""
    function = getattr(metric, "_fn", None) or getattr(metric, "fn", None) or metric
    return str(getattr(function, "__name__", None) or type(metric).__name__)


def arrays(value, case, dtype):
    """Return the arrays of a case: one, or one for each output."""
    several = "outputs" in case
    dtype = case.get("dtype" if dtype else "label_dtype", dtype)
    return [array(one, dtype) for one in (value if several else [value])]


def array(value, dtype):
    """Return one array; `{zeros = [4, 3]}` and the like stand for a shape."""
    if isinstance(value, dict):
        ((kind, shape),) = value.items()
        size = int(np.prod(shape))
        value = getattr(np, kind)(shape) if kind != "arange" else np.arange(size).reshape(shape)
    if dtype == "bfloat16":
        dtype = bfloat16()
    return np.asarray(value, dtype=dtype)


def bfloat16():
    """Return NumPy's name for the dtype, which TensorFlow had before there was a package for it."""
    try:
        return importlib.import_module("ml_dtypes").bfloat16
    except ImportError:
        found = sys.modules["tensorflow"].bfloat16.as_numpy_dtype
    if np.dtype(found).name != "bfloat16":  # whole numbers stood for it once
        raise TypeError("no bfloat16 in NumPy")
    return found


def plain(value):
    """Return a number as JSON can hold it: six significant digits, since the seventh varies."""
    if isinstance(value, (list, tuple)) or getattr(value, "ndim", 0):
        return [plain(one) for one in value]
    if isinstance(value, (str, bool)):
        return value
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):
        return str(number)
    return float("%.6g" % number)


def failure(error):
    """Return type and first telling line of an error, without what differs between equal runs."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    line = lines[0] if lines else ""
    if line.startswith(LAST_LINE_SAYS):
        line = [one for one in lines if not one.startswith("[[")][-1]
    elif line.startswith(NEXT_LINE_SAYS) and len(lines) > 1:
        line = lines[1]
    line = line.replace(type(error).__name__ + ": ", "")
    for pattern, replacement in VARYING:
        line = pattern.sub(replacement, line)
    return {
        "error": type(error).__name__,
        "message": line[:MESSAGE_LENGTH],
    }
