"""Imported once by the server that children are forked from, so that no child pays for it.

It only imports. A process that has run a TensorFlow operation hangs the children forked from it.
"""

import gc
import os

# What is imported stays, and a child lives for seconds: looking for garbage only takes time, and
# would touch, and so copy, every imported object.
gc.disable()
# TensorFlow's C++ side greets on stderr while it is imported; each child gets a log of its own.
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

import keras  # noqa: E402, F401
import tf_keras  # noqa: E402, F401 -- many snippets ask it, too

import generator.execute.child  # noqa: E402, F401
