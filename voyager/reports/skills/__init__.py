"""What there is to see of a skill library, read for the terminal and for the pages in a browser.

Import from the modules inside. All of it reads only, and returns values that become JSON by
`dataclasses.asdict`.
"""
