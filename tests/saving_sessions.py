"""Every session of a flow is saved and loaded before each of its steps, in whatever test, as a restart would do.

Imported by conftest before anything that runs flows, and that is all that it takes. Easy to break: whoever imports
`resume_flow` earlier goes round it.
"""

from __future__ import annotations

from fs_control import flow
from fs_control.flow import FlowSession, Library, Resume, Sprint, engine, session_from_json, session_to_json

_resume_flow = engine.resume_flow


def resume_saved_flow(library: Library, session: FlowSession, resume: Resume) -> Sprint:
    """Go on with the session that was saved, which has to be the same."""
    loaded = session_from_json(session_to_json(session))
    assert loaded == session
    return _resume_flow(library, loaded, resume)


engine.resume_flow = flow.resume_flow = resume_saved_flow
