"""Checkpoints: moments of the agent and its worlds that one can go back to, or branch from.

manifest.py      what a checkpoint says of itself
durable.py       files and folders that are whole at any moment
store.py         the checkpoints of a home folder: listed, found, verified, swept
worlds.py        the files of embedded worlds that nobody plays
taking.py        taking one
thinning.py      which automatic ones go
requests.py      asking the process that plays for one
automatic.py     those of a sitting: in time, on request, at its end
rewinding.py     going back, interrupted or not
branching.py     a second home folder that plays on from one
recovery.py      what a sitting does about a damaged world or database as it opens
"""
