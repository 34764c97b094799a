"""Imported once by the server that children are forked from, so that no child pays for it.

It only imports. A process that has run a TensorFlow operation hangs the children forked from it.
"""

import gc
import os

# What is imported stays: looking for what does not takes a tenth of the time.
gc.disable()
# TensorFlow's C++ side greets on stderr while it is imported; nobody can act on it.
visible = os.dup(2)
silent = os.open(os.devnull, os.O_WRONLY)
os.dup2(silent, 2)
try:
    import keras  # noqa: F401
    import tf_keras  # noqa: F401 -- many snippets ask it, too

    import generator.child  # noqa: F401
finally:
    os.dup2(visible, 2)
    os.close(visible)
    os.close(silent)

# Without this the first collection in a child touches, and so copies, every imported object.
gc.freeze()
gc.enable()
