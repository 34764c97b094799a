"""The machinery between a snippet and a page: execute, record, render; beside it the sweep.

Data walks one way: `snippets/<id>.py` is executed, its outputs are recorded in
`docs/notebooks/<id>.ipynb`, and pages embed recorded outputs. Nothing here holds prose, code that
readers copy, or results.
"""
