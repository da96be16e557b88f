"""`voyager skills ...`: a module for each group of actions; `skill_options.py` has the options."""
