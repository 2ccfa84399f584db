"""The API's customers: which agent called a number last (M1)."""

from __future__ import annotations

from apiflask import APIBlueprint

from fs_control.errors import UserMistake
from fs_control.ports import CallMemories
from fs_control.records import Scope
from fs_control.web.api.gate import Gate
from fs_control.web.api.shapes import MemoryShape, moment
from fs_control.web.control_api import Control


def customers_blueprint(control: Control, gate: Gate, memories: CallMemories) -> APIBlueprint:
    """Return the routes below /v1/customers; a token of one agent reads what that agent called."""
    routes = APIBlueprint("customers", __name__, tag="Customers", url_prefix="/v1")

    @routes.get("/customers/<number>/memory")
    @gate.needs(routes, Scope.CUSTOMERS_READ)
    @routes.output(MemoryShape)
    def show_memory(number: str) -> MemoryShape:
        """Which agent called this number last."""
        found = memories.remembered(number)
        own = gate.own_agent
        profile = None if own is None else control.centre().directory.agents.get(own)
        if own is not None and (profile is None or profile.number != found.agent):
            raise UserMistake("nothing_remembered", numbers=(number,))
        return MemoryShape(
            number=found.number,
            agent=found.agent,
            service_number=found.service_number,
            remembered_at=moment(found.remembered_at),
            customer_name=found.customer_name,
        )

    return routes
