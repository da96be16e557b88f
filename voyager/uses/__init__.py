"""What programs did with skills: from an execution to the uses that the library learns from.

    execution_uses.py   the uses in one execution, and what they ran on
    call_goals.py       what a call of a skill was to reach, and whether it did
    circumstances.py    circumstances as an observation tells them, and the other way round

Below all that plays, tries and keeps skills.
"""
