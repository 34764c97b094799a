"""The sweep: the same cases on every release of Keras, and the tables made from it."""
