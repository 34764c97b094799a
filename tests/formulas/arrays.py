"""Arrays at random, made of the values that matter to the formulas."""

import ml_dtypes
import numpy as np
from hypothesis import strategies as st

FLOATS = ["float64", "float32", "float16", "bfloat16"]
floats = st.sampled_from(FLOATS)
integers = st.sampled_from(["int64", "int32", "uint8", "bool"])
# Multiples of an eighth: sums are exact in float32, and values meet each other and the threshold.
eighths = st.integers(-8, 16).map(lambda number: number / 8)
no_numbers = st.sampled_from([np.nan, np.inf, -np.inf])
# Few values, so that rows tie; nearly equal ones, so that half precision makes more of them tie.
numbers = st.sampled_from([-1.0, -0.0, 0.0, 0.125, 0.5, 0.5001, 0.5002, 1.0, 40.0, 1e30])
extremes = no_numbers | st.sampled_from([float(np.finfo("float32").min), -1e-30])
# The largest of these is often no number, or one of the two zeros.
lows = st.sampled_from([np.nan, -np.inf, -1.0, -0.0, 0.0])


def array(draw, elements, shape, dtype=None):
    """Draw an array of a shape; `dtype` is what it is cast to."""
    count = int(np.prod(shape))
    drawn = np.array(draw(st.lists(elements, min_size=count, max_size=count))).reshape(shape)
    with np.errstate(over="ignore"):  # a large number is infinite in half precision
        return drawn if dtype is None else drawn.astype(getattr(ml_dtypes, str(dtype), dtype))


@st.composite
def arrays_of(draw, shape, dtypes=floats | integers, kinds=(lows, numbers, numbers | extremes)):
    """Draw an array of a shape, of a dtype, and of values that this dtype can hold."""
    dtype, elements = draw(dtypes), draw(st.sampled_from(kinds))
    return array(draw, elements if dtype in FLOATS else st.integers(-1, 3), shape, dtype)
