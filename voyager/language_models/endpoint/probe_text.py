"""How a probe is recognised: a tiny request that finds out what an endpoint can do.

Every probe's last message begins with this text, so that an endpoint that replays a recording
answers it by what it can do and keeps the recording for the play.
"""

PROBE_TEXT = "This only checks what the endpoint can do."
