"""What there is to see of a skill library, read for the terminal and for the pages in a browser.

Import from the modules inside. All of it reads only, and returns values that become JSON by
`dataclasses.asdict`. Nowhere else outside of `skills` are its tables read by SQL: here a page of
100,000 skills has to be one query, and attempts stand beside uses. What the library tells of one
skill is asked of the library.
"""
