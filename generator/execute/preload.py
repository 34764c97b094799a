"""Imported once by the server that children are forked from, so that no child pays for it.

It only imports. A process that has run a TensorFlow operation hangs the children forked from it.
"""

import gc
import os

# What is imported stays: looking for what does not takes a tenth of the time.
gc.disable()
# TensorFlow's C++ side greets on stderr while it is imported; each child gets a log of its own.
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

import keras  # noqa: E402, F401
import tf_keras  # noqa: E402, F401 -- many snippets ask it, too

import generator.execute.child  # noqa: E402, F401

# Without this the first collection in a child touches, and so copies, every imported object.
gc.freeze()
gc.enable()
