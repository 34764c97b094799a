"""The bump: to the newest Keras and TensorFlow, and a report of what they print differently."""
